import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../support/command';
import { ManualSetup } from '../support/manual-setup';
import { type Fault, RequestFaults } from '../support/request-faults';
import { SecretScanner } from '../support/secret-scanner';
import { writeHowToApp } from '../support/synthesized-app';
import { only } from './deploy-faults/faulty-deployments';

/*
 * `register`, `verify` and `adopt` while one request after the other meets a fault. When the fault is gone, one more
 * run comes to the same end, and nothing is there twice.
 */
let sandbox: Sandbox;
let faults: RequestFaults;
let made: ManualSetup;
let command: CommandRunner;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  faults = new RequestFaults(sandbox);
  made = await ManualSetup.create(sandbox);
  command = CommandRunner.forSandbox(sandbox);
  command.writeState(made.state());
  writeHowToApp(command.folder);
});

afterEach(async () => {
  expect(SecretScanner.of(sandbox).find({ command: command.everything })).toEqual([]);
  command.remove();
  faults.remove();
  await sandbox.stop();
});

const REGISTER = ['register', '--state', 'state.json', '--developer', 'dev@example.test'];
const VERIFY = ['verify', '--state', 'state.json', '--wait', '0'];
const ADOPT = ['adopt'];
const PRINT_APP = ['adopt', '--print-app'];

const FAULTS: [string, Fault][] = [
  ['429', { status: 429 }],
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '0' } }],
  ['500', { status: 500 }],
  ['502', { status: 502 }],
  ['500 after it was done', { status: 500, afterwards: true }],
  ['a reset connection', { reset: true }],
  ['a reset connection after it was done', { reset: true, afterwards: true }],
  ['an answer that is cut in half', { cut: true }],
  ['a slow answer', { delay: 100 }],
];

/** The requests of a run in which nothing goes wrong. */
async function requestsOf(argv: readonly string[]): Promise<readonly string[]> {
  faults.forget();
  expect((await command.run(...argv)).exitCode).toBe(0);
  expect(faults.requests.length).toBeGreaterThan(5);
  return [...faults.requests];
}

/** Runs the command while a request meets the fault, and once more. */
async function twice(argv: readonly string[], request: string, fault: Fault) {
  faults.forget();
  faults.faultFor = (each) => (only(request)(each) ? fault : undefined);
  const first = await command.run(...argv);
  faults.faultFor = () => undefined;
  return [first, await command.run(...argv)] as const;
}

/** No exit code but those that the command has, and no trace of a crash. */
function expectNoCrash({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof command.run>>): void {
  expect([0, 1, 3]).toContain(exitCode);
  expect(stdout + stderr).not.toMatch(/\n\s+at .+:\d+:\d+/);
}

const registered = () => {
  const { developers, applications, registrations } = sandbox.konnect.snapshot() as {
    [collection: string]: object[];
  };
  return [developers.length, applications.length, registrations.length];
};

test.each(FAULTS)('register: %s', async (_, fault) => {
  const requests = await requestsOf(REGISTER);
  for (const request of requests) {
    await made.removeDevelopers();
    const [first, second] = await twice(REGISTER, request, fault);
    expectNoCrash(first);
    expect([request, second.exitCode, registered()]).toEqual([request, 0, [1, 1, 1]]);
  }
});

test.each(FAULTS)('verify: %s', async (_, fault) => {
  await command.run(...REGISTER);
  for (const request of await requestsOf(VERIFY)) {
    const [first, second] = await twice(VERIFY, request, fault);
    expectNoCrash(first);
    expect([request, second.exitCode]).toEqual([request, 0]);
    expect(second.stdout).toContain(', 0 broken,');
  }
});

test.each(FAULTS)('adopt: %s', async (_, fault) => {
  const written = () => readFileSync(join(command.folder, 'adoption.json'), 'utf8');
  const requests = await requestsOf(ADOPT);
  const whole = written();
  const before = [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];
  for (const request of requests) {
    const [first, second] = await twice(ADOPT, request, fault);
    expectNoCrash(first);
    expect([request, second.exitCode, written()]).toEqual([request, 0, whole]);
  }
  expect([sandbox.okta.snapshot(), sandbox.konnect.snapshot()]).toEqual(before);
});

test.each(FAULTS)('adopt --print-app: %s', async (_, fault) => {
  const requests = await requestsOf(PRINT_APP);
  const { stdout: app } = await command.run(...PRINT_APP);
  for (const request of requests) {
    const [first, second] = await twice(PRINT_APP, request, fault);
    expectNoCrash(first);
    expect([request, second.exitCode, second.stdout]).toEqual([request, 0, app]);
  }
});
