import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import type { Io } from '../../../cli/console';
import { CommandError, ExitCode } from '../../../cli/exit';
import { run } from '../../../cli/program';
import { TestKitError } from '../../../testing';
import { asKitError, runCommand } from '../../../testing/command';

jest.mock('../../../cli/program');

const states = [{ stack: 'orders', state: { format_version: '1.0' } }];

/** Mocks the end of the command. */
function mockEnd(exitCode: ExitCode, stdout: string, stderr: string): void {
  jest.mocked(run).mockImplementation(async (_, io: Io) => {
    io.stdout(stdout);
    io.stderr(stderr);
    return exitCode;
  });
}

describe('the command of the kit', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
  });

  afterEach(() => sandbox.stop());

  const verify = () =>
    runCommand(sandbox, states, ['verify'], { client: 'a', api: undefined }, { OKTA_CLIENT_SECRET: 's' });

  test('reads states with the names of their stacks, in the environment of the sandbox', async () => {
    mockEnd(ExitCode.FAILED, '{ "ok": false }', '');
    expect(await verify()).toEqual({ ok: false });
    const [args, { env }] = jest.mocked(run).mock.calls[0];
    const file = `${sandbox.folder}/orders.state.json`;
    expect(args).toEqual(['verify', '--client', 'a', '--json', '--state', file]);
    expect(env).toMatchObject({ ...sandbox.environment(), OKTA_CLIENT_SECRET: 's' });
  });

  test('throws the message of a failure once', async () => {
    const failure = { ok: false, error: 'Two clients', remedy: 'Name one with --client.' };
    mockEnd(ExitCode.FAILED, JSON.stringify(failure), 'Two clients\n    → Name one with --client.\n');
    await expect(verify()).rejects.toThrow(
      new TestKitError(
        'okta-dev-portal-oidc verify exited with code 1:\nTwo clients\n    → Name one with client.\n',
      ),
    );
  });

  test.each([
    ['nothing on stdout', ExitCode.FAILED, ''],
    ['half of a result', ExitCode.FAILED, '{ "ok": '],
    ['a result of an unreachable tenant', ExitCode.UNREACHABLE, '{ "ok": false }'],
  ])('throws its message if it ends with %s', async (_case, exitCode, stdout) => {
    mockEnd(exitCode, stdout, 'TypeError: x is no function\n    at register.ts; use --client or --portal\n');
    await expect(verify()).rejects.toThrow(
      new TestKitError(
        `okta-dev-portal-oidc verify exited with code ${exitCode}:\nTypeError: x is no function\n    at register.ts; use client or portal\n${stdout}`,
      ),
    );
  });
});

test.each([
  'If another repository does, add --state, or use --client.',
  'As developer ada@example.test add --replace: Ada has one.',
  "Register it with register --developer ada@example.test --client 'v1.2 app', or in the portal.",
])('messages do not name options that the kit does not have: %s', (sentence) => {
  expect(asKitError(CommandError.usage('No API', `Publish it in v1.2. ${sentence}`))).toEqual(
    new TestKitError('No API\n    → Publish it in v1.2.'),
  );
});

test('only errors of the command become errors of the kit', () => {
  const error = asKitError(CommandError.usage('Two clients', 'Name one with --client.'));
  expect(error).toEqual(new TestKitError('Two clients\n    → Name one with client.'));
  expect(error).toBeInstanceOf(TestKitError);
  const mistake = new TypeError('x');
  expect(asKitError(mistake)).toBe(mistake);
});
