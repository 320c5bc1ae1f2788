import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';
import { RequestFaults } from '../../support/request-faults';
import { SecretScanner } from '../../support/secret-scanner';

/*
 * `register` and `verify` with APIs that are overloaded, failing or unreachable. Every request meets every fault in
 * __tests__/long/command-faults.test.ts.
 */
let sandbox: Sandbox;
let made: ManualSetup;
let runners: CommandRunner[];
let faults: RequestFaults;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  runners = [];
  faults = new RequestFaults(sandbox);
});

afterEach(async () => {
  const scanner = SecretScanner.of(sandbox);
  for (const runner of runners) {
    expect(scanner.find({ command: runner.everything })).toEqual([]);
    runner.remove();
  }
  faults.remove();
  await sandbox.stop();
});

function runner(changes: { readonly [name: string]: string | undefined } = {}): CommandRunner {
  const created = CommandRunner.forSandbox(sandbox, changes);
  created.writeState(made.state());
  runners.push(created);
  return created;
}

const REGISTER = ['register', '--state', 'state.json', '--developer', 'dev@example.test'];
const VERIFY = ['verify', '--state', 'state.json', '--wait', '0'];
const counts = () => {
  const { developers, applications, registrations } = sandbox.konnect.snapshot() as {
    [collection: string]: object[];
  };
  return [developers.length, applications.length, registrations.length];
};

describe('register', () => {
  test('waits for the time in Retry-After', async () => {
    let index = 0;
    faults.faultFor = () => (index++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined);
    const begun = performance.now();
    const { exitCode, stderr } = await runner().run(...REGISTER);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/: answered 429; attempt 2 of 5\n$/);
    expect(performance.now() - begun).toBeGreaterThan(900);
  });

  test('gives up after the last retry, and says so', async () => {
    faults.faultFor = () => ({ status: 503 });
    const { exitCode, stdout } = await runner().run(...REGISTER);
    expect(stdout).toContain('Konnect answers GET /v3/portals/');
    expect(stdout).toContain('with 503 at every attempt');
    expect(exitCode).toBe(3);
  });
});

describe('verify', () => {
  test('retries after the rate limit of Okta', async () => {
    await runner().run(...REGISTER);
    const reset = String(Math.floor(Date.now() / 1000));
    let index = 0;
    faults.faultFor = (request) =>
      request.includes(' okta:') && [0, 2].includes(index++)
        ? { status: 429, headers: { 'x-rate-limit-reset': reset } }
        : undefined;
    const { exitCode, stdout, stderr } = await runner().run(...VERIFY);
    expect(stderr).toContain('answered 429; attempt 2 of 5');
    expect(stdout).toContain(', 0 broken,');
    expect(exitCode).toBe(0);
  });

  test('waits until the gateway knows the registration', async () => {
    await runner().run(...REGISTER);
    let index = 0;
    faults.faultFor = (request) =>
      request.includes(' gateway:') && index++ < 2 ? { status: 403 } : undefined;
    const { exitCode, stdout } = await runner().run(...VERIFY, '--wait', '10');
    expect(stdout).toContain('✓ Request with the credentials: 200');
    expect(exitCode).toBe(0);
    expect(index).toBeGreaterThanOrEqual(5);
  }, 20_000);

  test('an unreachable Okta is a broken link', async () => {
    const state = JSON.stringify(made.state()).replaceAll(sandbox.okta.url, 'http://127.0.0.1:9');
    const command = runner();
    command.writeState(JSON.parse(state));
    const { exitCode, stdout } = await command.run(...VERIFY);
    expect(stdout).toMatch(
      /✗ Issuer: http:\/\/127\.0\.0\.1:9\/oauth2\/default: .*ECONNREFUSED|✗ Issuer: .*bad port/,
    );
    expect(stdout).toContain('– Token: not checked, depends on Issuer');
    expect(exitCode).toBe(1);
  });

  test('an unreachable gateway ends with 3', async () => {
    await runner().run(...REGISTER);
    const { exitCode, stdout } = await runner({ KONNECT_PROXY_URL: 'http://127.0.0.1:1' }).run(...VERIFY);
    expect(stdout).toContain('the gateway cannot be reached at http://127.0.0.1:1');
    expect(exitCode).toBe(3);
  });
});

describe.each([
  ['register', REGISTER],
  ['verify', VERIFY],
])('%s explains', (_, argv) => {
  test.each<[string, { [name: string]: string | undefined }, number, string]>([
    ['a wrong token', { KONNECT_TOKEN: 'kpat_wrong-token' }, 3, 'Konnect refuses the token (401) at'],
    ['a missing token', { KONNECT_TOKEN: undefined }, 2, 'KONNECT_TOKEN is not set'],
    ['a missing URL', { KONNECT_SERVER_URL: undefined }, 2, 'KONNECT_SERVER_URL is not set'],
    ['no URL', { KONNECT_SERVER_URL: 'eu.api.konghq.com' }, 2, 'KONNECT_SERVER_URL is not a URL'],
    ['the global URL', { KONNECT_SERVER_URL: 'https://global.api.konghq.com' }, 2, 'live in a region'],
    [
      'a host that does not exist',
      { KONNECT_SERVER_URL: 'https://konnect.invalid' },
      3,
      'Konnect cannot be reached at https://konnect.invalid',
    ],
  ])('%s', async (_name, changes, code, message) => {
    const { exitCode, stdout, stderr } = await runner(changes).run(...argv);
    expect(stdout + stderr).toContain(message);
    expect(exitCode).toBe(code);
    expect(counts()).toEqual([0, 0, 0]);
  });

  test('the URL of another region', async () => {
    const other = await Sandbox.start();
    const { KONNECT_SERVER_URL, KONNECT_TOKEN } = other.environment();
    const { exitCode, stdout } = await runner({ KONNECT_SERVER_URL, KONNECT_TOKEN }).run(...argv);
    await other.stop();
    expect(stdout).toMatch(/another region/);
    expect(exitCode).toBe(1);
  });
});
