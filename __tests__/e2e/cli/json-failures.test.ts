import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';

/*
 * What `--json` prints when a command has no result. CommandRunner holds every output against its schema.
 */
const COMMANDS = [
  ['register', '--developer', 'dev@example.com', '--state', 'state.json'],
  ['verify', '--state', 'state.json'],
  ['rotate', '--state', 'state.json', '--file', 'secret'],
];

let sandbox: Sandbox;
let command: CommandRunner;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  const made = await ManualSetup.create(sandbox);
  command = CommandRunner.forSandbox(sandbox, {
    KONNECT_SERVER_URL: 'http://127.0.0.1:1',
    OKTA_CLIENT_SECRET: 's',
  });
  command.writeState(made.state());
});

afterAll(async () => {
  command.remove();
  await sandbox.stop();
});

/** The failure that a command prints, and its exit code. */
async function failureOf(...argv: string[]) {
  const { exitCode, stdout, stderr } = await command.run(...argv, '--json');
  const failure = JSON.parse(stdout);
  expect(failure).toMatchObject({ ok: false, remedy: expect.any(String) });
  return { exitCode, failure, stderr };
}

test('an unreachable tenant', async () => {
  const { exitCode, failure, stderr } = await failureOf('adopt', '--print-app');
  expect([exitCode, failure.error]).toEqual([3, expect.stringContaining('127.0.0.1:1')]);
  expect(stderr).toContain(`${failure.error}\n    → ${failure.remedy}\n`);
});

test.each([...COMMANDS, ['adopt']])('%s, nothing to read', async (...argv) => {
  const [name = '', ...options] = argv.filter((each) => each !== '--state' && each !== 'state.json');
  const { exitCode } = await failureOf(name, ...options, '--output', 'none');
  expect(exitCode).toBe(2);
});

test.each([...COMMANDS, ['adopt']])('%s, wrong usage', async (...argv) => {
  const { exitCode, failure } = await failureOf(...argv, '--no-such-option');
  expect([exitCode, failure.error]).toEqual([
    2,
    expect.stringContaining("unknown option '--no-such-option'"),
  ]);
});

test('a report that cannot be written', async () => {
  const reachable = CommandRunner.forSandbox(sandbox, { OKTA_CLIENT_SECRET: 's' });
  reachable.writeState(JSON.parse(command.state));
  const options = ['--state', 'state.json', '--wait', '0', '--junit', 'none/verify.xml', '--json'];
  const { exitCode, stdout } = await reachable.run('verify', ...options);
  reachable.remove();
  expect([exitCode, JSON.parse(stdout).error]).toEqual([2, expect.stringContaining('none/verify.xml')]);
});

test('a mistake of the command itself', async () => {
  const mistaken = jest.spyOn(URL, 'canParse').mockImplementation(() => {
    throw new RangeError('broken');
  });
  const { exitCode, failure, stderr } = await failureOf('adopt', '--print-app');
  mistaken.mockRestore();
  expect([exitCode, failure.error]).toEqual([1, 'RangeError: broken']);
  expect(stderr).toMatch(/^RangeError: broken\n {4}at /);
});
