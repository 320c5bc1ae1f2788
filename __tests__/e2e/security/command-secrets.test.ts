import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Console } from '../../../cli/console';
import { OktaAdminClient } from '../../../cli/okta-admin-client';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';
import { type Fault, RequestFaults } from '../../support/request-faults';
import { SecretScanner } from '../../support/secret-scanner';

/*
 * The command prints no secret and writes none, for every answer of the APIs.
 */
const ROOT = join(__dirname, '..', '..', '..');
/** Every character that is escaped on the way. */
const OWN_SECRET = `a "secret" <of> & the/client \\ 100% +!'()*~`;
const MASK = '********';

const REGISTER = ['register', '--state', 'state.json', '--developer', 'dev@example.test'];
const VERIFY = ['verify', '--state', 'state.json', '--wait', '0'];
const ADOPT = ['adopt', '--print-app', '--policy', 'Clients'];
const DELIVER = ['--exec', 'cat > /dev/null'];
const ROTATE = ['rotate', '--state', 'state.json', '--grace', '0', '--wait', '0', '--delete-old', ...DELIVER];
const COMMANDS = [REGISTER, VERIFY, ADOPT, ROTATE];

let sandbox: Sandbox;
let made: ManualSetup;
let faults: RequestFaults;
let scanner: SecretScanner;
let unregisteredClient: { readonly clientId: string; readonly clientSecret: string };
const runners: CommandRunner[] = [];

beforeAll(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  unregisteredClient = await made.addUnregisteredClient();
  scanner = SecretScanner.of(sandbox);
  await made.admin.okta('POST', `/apps/${made.clientId}/credentials/secrets`, { client_secret: OWN_SECRET });
  faults = new RequestFaults(sandbox);
});

afterEach(async () => {
  faults.faultFor = () => undefined;
  const found = runners.splice(0).flatMap((runner) => {
    const files = scanner.findInFolder(runner.folder).filter((each) => !each.startsWith('state.json:'));
    runner.remove();
    return [...scanner.find({ printed: runner.everything }), ...files];
  });
  expect(found).toEqual([]);
});

afterAll(async () => {
  faults.remove();
  await sandbox.stop();
});

/** The command with the secret in its environment, or in the state. */
function runner(
  changes: { readonly [name: string]: string | undefined } = {},
  keepsSecret = false,
): CommandRunner {
  const created = CommandRunner.forSandbox(sandbox, {
    ...(keepsSecret ? {} : { OKTA_CLIENT_SECRET: OWN_SECRET }),
    ...changes,
  });
  created.writeState(made.state({ keepsSecret }));
  runners.push(created);
  return created;
}

describe.each([
  ['in the state', true],
  ['in the environment', false],
])('with the secret of the client %s', (_where, keepsSecret) => {
  test.each(['', '--debug', '--json', '--json --debug'])(
    'registers, verifies and adopts %s',
    async (flags) => {
      await made.removeDevelopers();
      const command = runner(
        { OKTA_UNREGISTERED_CLIENT_SECRET: unregisteredClient.clientSecret },
        keepsSecret,
      );
      const options = flags.split(' ').filter((each) => each !== '');
      const verify = [...VERIFY, '--unregistered-client-id', unregisteredClient.clientId, '--require-all'];
      for (const argv of [REGISTER, verify, ADOPT]) {
        const { exitCode, stdout, stderr } = await command.run(...argv, ...options);
        expect([exitCode, stdout]).toEqual([0, stdout]);
        expect(/^debug: (GET|POST) http/m.test(stderr)).toBe(options.includes('--debug'));
      }
      expect(readdirSync(command.folder).sort()).toEqual(['state.json']);
    },
  );
});

describe.each<[string, RegExp, readonly string[][]]>([
  ['Konnect', / konnect:/, COMMANDS],
  ["Okta's Management API", / okta:\/api\//, [ADOPT, ROTATE]],
  ["Okta's token endpoint", / okta:.*\/token /, [VERIFY, ROTATE]],
  ['the gateway', / gateway:/, [VERIFY, ROTATE]],
])('when %s', (_name, requests, commands) => {
  test.each<[string, Fault]>([
    ...[302, 400, 401, 500].map((status): [string, Fault] => [
      `repeats what it was sent, with ${status}`,
      { status, echoes: true },
    ]),
    ['repeats what it was sent, and cuts it', { status: 400, echoes: true, cut: true }],
    ['closes the connection', { reset: true }],
    ['cuts its answers', { cut: true }],
  ])('%s', async (_what, fault) => {
    await runner().run(...REGISTER);
    faults.faultFor = (request) => (requests.test(request) ? fault : undefined);
    for (const argv of commands) {
      const command = runner();
      expect((await command.run(...argv, '--debug')).exitCode).not.toBe(0);
      await command.run(...argv, '--json');
    }
  });
});

test('what Konnect and Okta say is shown, so that there is something to mask', async () => {
  faults.faultFor = (request) =>
    / konnect:|token /.test(request) ? { status: 400, echoes: true } : undefined;
  for (const argv of [REGISTER, VERIFY]) {
    const { stdout } = await runner().run(...argv);
    expect(stdout).toContain(`Bearer ${MASK}`);
  }
  faults.faultFor = (request) => (request.includes('token ') ? { status: 400, echoes: true } : undefined);
  expect((await runner().run(...VERIFY)).stdout).toContain(`Basic ${MASK}`);
});

test('when the command itself makes a mistake', async () => {
  const mistaken = jest.spyOn(URL, 'canParse').mockImplementation(() => {
    throw new RangeError(`${sandbox.okta.apiToken} ${OWN_SECRET}`);
  });
  const { exitCode, stderr } = await runner().run(...ADOPT);
  mistaken.mockRestore();
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`RangeError: ${MASK} ${MASK}\n    at `)]);
});

test('when Terraform fails and prints its environment', async () => {
  const command = runner({
    TERRAFORM_BINARY_NAME: './failing.sh',
    PG_CONN_STR: `postgres://user:${encodeURIComponent(OWN_SECRET)}@127.0.0.1/states`,
  });
  const script = join(command.folder, 'failing.sh');
  writeFileSync(script, '#!/bin/sh\nenv >&2\nexit 1\n');
  chmodSync(script, 0o700);
  const { exitCode, stderr } = await command.run('verify', '--chdir', '.');
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`KONNECT_TOKEN=${MASK}`)]);
});

test('when somebody calls it wrongly', async () => {
  const token = sandbox.konnect.token;
  for (const argv of [
    [`--${token}`],
    [token],
    ['verify', '--wait', token],
    ['verify', '--state', token],
    ['verify', '--chdir', OWN_SECRET],
    [...VERIFY, '--client', OWN_SECRET],
    [...REGISTER, '--api', token],
    [...ADOPT, '--portal', token],
  ]) {
    expect((await runner().run(...argv)).exitCode).not.toBe(0);
  }
});

test.each(['KONNECT_SERVER_URL', 'KONNECT_PROXY_URL', 'OKTA_HTTP_PROXY'])('in a URL in %s', async (name) => {
  for (const argv of COMMANDS) {
    const { stdout, stderr } = await runner({ [name]: 'http://admin:pass%20word@127.0.0.1:9' }).run(...argv);
    expect(stdout + stderr).not.toContain('pass%20word');
  }
});

test('sends the token of an administrator to the org only, for every host of the next page', async () => {
  const org = createServer(({ url, headers }, response) => {
    const isFirst = url === '/api/v1/apps';
    response
      .setHeader('link', isFirst ? '<http://127.0.0.1:9/api/v1/apps?after=1>; rel="next"' : '')
      .end(JSON.stringify([{ id: isFirst ? '1' : `2, ${url}, ${headers.authorization}` }]));
  });
  await new Promise<void>((resolve) => org.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(org.address() as AddressInfo).port}`;
  const env = { OKTA_HTTP_PROXY: url, OKTA_API_TOKEN: 'token' };
  const io = { env, cwd: ROOT, isTerminal: false, stdout: () => {}, stderr: () => {} };
  try {
    const client = await OktaAdminClient.create(new Console(io, false));
    const ids = (await client.list('/apps')).map(({ id }) => id);
    expect(ids).toEqual(['1', '2, /api/v1/apps?after=1, SSWS token']);
  } finally {
    org.closeAllConnections();
    org.close();
  }
});

test('shows its progress in a terminal without them, whether it goes well or not', async () => {
  const good = await live([...VERIFY, '--debug']);
  faults.faultFor = (request) => (request.includes(' konnect:') ? { status: 400, echoes: true } : undefined);
  const bad = await live(VERIFY);
  for (const { printed } of [good, bad]) {
    expect(printed).toContain('\u001b[');
    expect(scanner.find({ terminal: printed })).toEqual([]);
  }
  expect([good.code, bad.code]).toEqual([0, 1]);
  expect(bad.printed).toContain(MASK);
}, 30_000);

/** Runs the command in a terminal, in a separate process. */
async function live(argv: readonly string[]): Promise<{ readonly code: unknown; readonly printed: string }> {
  const { folder } = runner();
  const script = `
    const { processIo } = require(${JSON.stringify(join(ROOT, 'cli', 'console'))});
    const { run } = require(${JSON.stringify(join(ROOT, 'cli', 'program'))});
    const io = { ...processIo(), isTerminal: true, retryDelay: () => 1 };
    run(${JSON.stringify(argv)}, io).then((code) => { process.exitCode = code; });`;
  const loader = join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const child = spawn(process.execPath, ['--import', loader, '--input-type=commonjs', '-e', script], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      ...sandbox.environment(),
      OKTA_CLIENT_SECRET: OWN_SECRET,
      LISTR_FORCE_TTY: '1',
      COLUMNS: '60',
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, printed };
}

// Last, because it changes the secret of the client.
test.each(['', '--debug', '--json', '--json --debug'])('rotates %s', async (flags) => {
  const options = flags.split(' ').filter((each) => each !== '');
  const { exitCode, stdout } = await runner().run(...ROTATE, ...options);
  expect([exitCode, stdout]).toEqual([0, stdout]);
});
