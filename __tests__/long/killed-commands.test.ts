import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandSetup } from '../support/command-setup';
import { RequestFaults } from '../support/request-faults';
import { end } from '../support/sandbox';
import { writeHowToApp } from '../support/synthesized-app';

/*
 * The command is killed at each of its requests, before and after the request is done. One more run comes to the
 * same end, and nothing is there twice.
 */
const ROOT = resolve(__dirname, '..', '..');
/** Found from here, because the command runs in a folder outside of the repository. */
const TSX = pathToFileURL(require.resolve('tsx')).href;
const REGISTER = ['register', '--state', 'state.json', '--developer', 'dev@example.test'];
const VERIFY = ['verify', '--state', 'state.json', '--wait', '0'];
const ROTATE = [
  ...['rotate', '--state', 'state.json', '--file', 'secret'],
  ...['--grace', '0', '--wait', '0', '--delete-old'],
];

let setup: CommandSetup;

beforeEach(async () => {
  setup = await CommandSetup.create();
});

afterEach(() => setup.stop());

/** Runs the command as a process that is killed at its nth request; returns whether it came that far. */
async function killAt(nth: number, isDone: boolean, argv: readonly string[]): Promise<boolean> {
  let asked = 0;
  let reached = () => {};
  const hangs = new Promise<boolean>((resolve) => {
    reached = () => resolve(true);
  });
  const faults = new RequestFaults(setup.sandbox);
  faults.faultFor = () => {
    asked += 1;
    return asked === nth + 1 ? { hangs: reached, afterwards: isDone } : undefined;
  };
  const child = spawn(process.execPath, ['--import', TSX, join(ROOT, 'cli', 'main.ts'), ...argv], {
    cwd: setup.command.folder,
    env: { ...process.env, ...setup.sandbox.environment() },
    stdio: 'ignore',
  });
  const ended = new Promise<boolean>((resolve) => child.once('close', () => resolve(false)));
  const cameSoFar = await Promise.race([hangs, ended]);
  await (cameSoFar ? end(child, 'SIGKILL') : ended);
  faults.remove();
  return cameSoFar;
}

describe.each([
  ['before it is done', false],
  ['after it is done', true],
])('killed at each request, %s', (_, isDone) => {
  test('register', async () => {
    let nth = 0;
    for (; await killAt(nth, isDone, REGISTER); nth += 1) {
      expect([nth, (await setup.command.run(...REGISTER)).exitCode]).toEqual([nth, 0]);
      const { developers, applications, registrations } = setup.sandbox.konnect.snapshot() as {
        [collection: string]: object[];
      };
      expect([nth, developers.length, applications.length, registrations.length]).toEqual([nth, 1, 1, 1]);
      await setup.made.removeDevelopers();
    }
    expect(nth).toBeGreaterThan(5);
  });

  test('verify', async () => {
    await setup.command.run(...REGISTER);
    const before = [setup.sandbox.okta.snapshot(), setup.sandbox.konnect.snapshot()];
    let nth = 0;
    for (; await killAt(nth, isDone, VERIFY); nth += 1) {
      expect([nth, (await setup.command.run(...VERIFY)).exitCode]).toEqual([nth, 0]);
    }
    expect(nth).toBeGreaterThan(5);
    expect([setup.sandbox.okta.snapshot(), setup.sandbox.konnect.snapshot()]).toEqual(before);
  });

  test('rotate', async () => {
    await setup.command.run(...REGISTER);
    setup.command.writeState(setup.made.state({ keepsSecret: false }));
    const secrets = `/apps/${setup.made.clientId}/credentials/secrets`;
    let nth = 0;
    for (; await killAt(nth, isDone, ROTATE); nth += 1) {
      expect([nth, (await setup.command.run(...ROTATE)).exitCode]).toEqual([nth, 0]);
      const left = (await setup.made.admin.okta('GET', secrets)) as unknown as {
        status: string;
        client_secret: string;
      }[];
      const delivered = readFileSync(join(setup.command.folder, 'secret'), 'utf8');
      expect(left.map((each) => [each.status, each.client_secret])).toEqual([['ACTIVE', delivered]]);
    }
    expect(nth).toBeGreaterThan(15);
  });

  test('adopt', async () => {
    const file = join(setup.command.folder, 'adoption.json');
    writeHowToApp(setup.command.folder);
    const before = [setup.sandbox.okta.snapshot(), setup.sandbox.konnect.snapshot()];
    let nth = 0;
    for (; await killAt(nth, isDone, ['adopt']); nth += 1) {
      // There is no half file: it is written when everything is known.
      expect([nth, existsSync(file)]).toEqual([nth, false]);
    }
    const whole = readFileSync(file, 'utf8');
    expect((await setup.command.run('adopt')).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(whole);
    expect(nth).toBeGreaterThan(5);
    expect([setup.sandbox.okta.snapshot(), setup.sandbox.konnect.snapshot()]).toEqual(before);
  });
});
