import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';
import { RequestFaults } from '../../support/request-faults';
import { SecretScanner } from '../../support/secret-scanner';

/*
 * `rotate`: the secret of a client changes in Okta, the client gets the new one, and at no time is it without a valid one.
 */
interface Secret {
  readonly id: string;
  readonly status: string;
  readonly client_secret: string;
}

let sandbox: Sandbox;
let made: ManualSetup;
let command: CommandRunner;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  made = await ManualSetup.create(sandbox);
  command = CommandRunner.forSandbox(sandbox);
  command.writeState(made.state({ keepsSecret: false }));
  await command.run('register', '--state', 'state.json', '--developer', 'dev@example.test');
});

afterEach(async () => {
  expect(SecretScanner.of(sandbox).find({ command: command.everything })).toEqual([]);
  command.remove();
  await sandbox.stop();
});

const rotate = (...options: string[]) =>
  command.run('rotate', '--state', 'state.json', '--grace', '0', '--wait', '0', ...options);
const secretsPath = () => `/apps/${made.clientId}/credentials/secrets`;
const listSecrets = async () => (await made.admin.okta('GET', secretsPath())) as unknown as Secret[];
const delivered = () => readFileSync(join(command.folder, 'secret'), 'utf8');

async function request(secret: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${made.clientId}:${secret}`).toString('base64')}`;
  const response = await fetch(`${sandbox.gateway.url}/anything`, { headers: { authorization } });
  await response.text();
  return response.status;
}

/** Expects one active secret, the delivered one, and at most one inactive. */
async function expectRotated(count: number): Promise<void> {
  const secrets = await listSecrets();
  expect(secrets).toHaveLength(count);
  const active = secrets.filter(({ status }) => status === 'ACTIVE');
  expect(active.map(({ client_secret: value }) => value)).toEqual([delivered()]);
  expect(delivered()).not.toBe(made.clientSecret);
  expect([await request(delivered()), await request(made.clientSecret)]).toEqual([200, 401]);
}

test('creates, delivers, proves and deactivates, and the next run deletes', async () => {
  const { exitCode, stdout, stderr } = await rotate('--file', 'secret');
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    '✓ Secrets of Dev Portal app: 1 active',
    '✓ New secret: created',
    '✓ Delivery: to secret',
    '✓ Proof: 11 links OK with the new secret',
    '✓ Grace period: 0 s, both secrets were active',
    '✓ Old secret: deactivated, the next run deletes it',
    '',
  ]);
  expect(exitCode).toBe(0);
  await expectRotated(2);
  const first = delivered();
  const { stdout: again } = await rotate('--file', 'secret');
  expect(again).toContain('Secrets of Dev Portal app: 1 active, 1 inactive deleted');
  expect(delivered()).not.toBe(first);
  await expectRotated(2);
});

test('writes the file with mode 0600 at once, and leaves no other', async () => {
  writeFileSync(join(command.folder, 'secret'), 'old', { mode: 0o644 });
  await rotate('--file', 'secret', '--delete-old');
  expect(statSync(join(command.folder, 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(command.folder).sort()).toEqual(['secret', 'state.json']);
  await expectRotated(1);
});

test('hands the secret to a command on standard input, and not in its arguments or environment', async () => {
  const script = 'cat > secret; cat /proc/$$/environ /proc/$$/cmdline > seen; printf "$OKTA_CLIENT_ID" > id';
  const { exitCode } = await rotate('--exec', script, '--delete-old');
  expect(exitCode).toBe(0);
  await expectRotated(1);
  expect(readFileSync(join(command.folder, 'seen'), 'utf8')).not.toContain(delivered());
  expect(readFileSync(join(command.folder, 'id'), 'utf8')).toBe(made.clientId);
});

test('keeps both secrets active for the lifetime of a token, or as long as --grace says', async () => {
  const start = performance.now();
  expect((await rotate('--grace', '1', '--file', 'secret')).stdout).toContain('Grace period: 1 s');
  expect(performance.now() - start).toBeGreaterThan(1_000);
  const { stdout } = await command.run('rotate', '--state', 'state.json', '--file', 'x', '--dry-run');
  expect(stdout).toContain('Grace period: the lifetime of an access token');
});

describe('keeps the old secret active', () => {
  const expectOldActive = async () => expect(await request(made.clientSecret)).toBe(200);

  test('when the command fails, prints its output without the secret, and delivers the same one next time', async () => {
    const { exitCode, stdout } = await rotate('--exec', 'cat; echo no vault >&2; exit 3');
    expect(stdout).toMatch(/✗ Delivery: the command of --exec ended with 3: \*+no vault/);
    expect(stdout).toContain('– Proof: not done, because an earlier step failed');
    expect(exitCode).toBe(1);
    await expectOldActive();
    const [, created] = await listSecrets();
    const { stdout: again } = await rotate('--file', 'secret', '--delete-old');
    expect(again).toContain('resuming a rotation');
    expect(delivered()).toBe(created.client_secret);
    await expectRotated(1);
  });

  test('when the file cannot be written', async () => {
    const { exitCode, stdout } = await rotate('--file', 'none/secret');
    expect(stdout).toContain('✗ Delivery: none/secret cannot be written');
    expect(exitCode).toBe(1);
    await expectOldActive();
  });

  test('when no API can prove the new one', async () => {
    const state = made.state({ keepsSecret: false }) as {
      values: { root_module: { resources: { type: string; values: { [name: string]: unknown } }[] } };
    };
    for (const { type, values } of state.values.root_module.resources) {
      if (type === 'konnect_application_auth_strategy') {
        Object.assign(values, { openid_connect: null, key_auth: {} });
      }
    }
    command.writeState(state);
    const { exitCode, stdout } = await rotate('--file', 'secret');
    expect(stdout).toContain('✗ Proof: no selected API has an OpenID Connect strategy');
    expect(exitCode).toBe(1);
    await expectOldActive();
  });

  test('when the new one is not proved', async () => {
    await made.admin.konnect('DELETE', `/v3/apis/${made.apiId}/publications/${made.portalId}`);
    const { exitCode, stdout } = await rotate('--file', 'secret');
    expect(stdout).toMatch(/✗ Proof: Publication: MyAPI is not published\n.*The old secret stays active/);
    expect(exitCode).toBe(1);
    expect((await listSecrets()).map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
  });
});

describe('interrupted', () => {
  let faults: RequestFaults;

  beforeEach(() => {
    faults = new RequestFaults(sandbox);
  });

  afterEach(() => faults.remove());

  test.each([
    ['when the secret was created and nobody heard of it', /^POST okta:.*secrets #/],
    ['when the old secret was deactivated and nobody heard of it', /^POST okta:.*deactivate #/],
    ['when the old secret was deleted and nobody heard of it', /^DELETE okta:/],
  ])('%s, ends as if nothing had happened', async (_, pattern) => {
    let isFirst = true;
    faults.faultFor = (each) => {
      if (!pattern.test(each) || !isFirst) {
        return undefined;
      }
      isFirst = false;
      return { reset: true, afterwards: true };
    };
    const { exitCode } = await rotate('--file', 'secret', '--delete-old');
    expect(isFirst).toBe(false);
    expect(exitCode).toBe(0);
    await expectRotated(1);
  });

  test('at any request, can be run again and ends in the same state', async () => {
    faults.forget();
    expect((await rotate('--file', 'secret', '--delete-old')).exitCode).toBe(0);
    // Ids of secrets differ in every run.
    const nameOf = (each: string) => each.replace(/ocs\w+/, '…');
    const requests = faults.requests.map(nameOf);
    expect(requests.length).toBeGreaterThan(15);
    for (const request of requests) {
      faults.forget();
      let isGone = false;
      // From this request on nothing is answered, as after Ctrl-C.
      faults.faultFor = (each) => {
        isGone ||= nameOf(each) === request;
        return isGone ? { status: 400 } : undefined;
      };
      expect([request, (await rotate('--file', 'secret', '--delete-old')).exitCode]).not.toEqual([
        request,
        0,
      ]);
      faults.faultFor = () => undefined;
      const { exitCode } = await rotate('--file', 'secret', '--delete-old');
      expect([request, exitCode]).toEqual([request, 0]);
      await expectRotated(1);
    }
  }, 120_000);
});

test('with --dry-run changes nothing', async () => {
  sandbox.requests.clear();
  const { exitCode, stdout } = await rotate('--file', 'secret', '--dry-run');
  expect(stdout).toContain('New secret: would be created');
  expect(exitCode).toBe(0);
  expect(sandbox.requests.writes()).toEqual([]);
  expect(readdirSync(command.folder)).toEqual(['state.json']);
});

test('with --json prints every step', async () => {
  const { stdout } = await rotate('--file', 'secret', '--json');
  const { ok, steps } = JSON.parse(stdout) as { ok: boolean; steps: { name: string; status: string }[] };
  expect(ok).toBe(true);
  expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'secrets ok',
    'create ok',
    'deliver ok',
    'prove ok',
    'wait ok',
    'deactivate ok',
  ]);
});

test.each<[string, string[], RegExp]>([
  ['no sink', [], /Neither --exec nor --file is set/],
  ['two sinks', ['--exec', 'cat', '--file', 'secret'], /both set/],
])('refuses %s', async (_, options, message) => {
  const { exitCode, stderr } = await rotate(...options);
  expect(stderr).toMatch(message);
  expect(exitCode).toBe(2);
  expect(await listSecrets()).toHaveLength(1);
});

test('refuses a client whose secret is in the state, and says what would happen', async () => {
  command.writeState(made.state());
  const { exitCode, stderr } = await rotate('--file', 'secret');
  expect(stderr).toContain('The state holds the secret of Dev Portal app, and would keep the old one');
  expect(stderr).toContain('ClientSecretStorage.OKTA_ONLY');
  expect(exitCode).toBe(2);
  expect(await listSecrets()).toHaveLength(1);
});
