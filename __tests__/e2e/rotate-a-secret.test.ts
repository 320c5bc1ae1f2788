import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ClientSecretStorage } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { CommandRunner } from '../support/command';
import { describeWithTerraform, end, howToStack } from '../support/sandbox';

const COMMAND = resolve(__dirname, '..', '..', 'cli', 'main.ts');
/** Found from here, because the command runs in a folder outside of the repository. */
const TSX = pathToFileURL(require.resolve('tsx')).href;

interface Secret {
  readonly id: string;
  readonly client_secret: string;
}

/*
 * docs/rotate-a-secret.md, step by step: a second secret, both valid, the first one deactivated and deleted.
 */
describeWithTerraform('rotation of a secret', () => {
  let sandbox: Sandbox;
  let admin: Admin;
  let outputs: { readonly [name: string]: unknown };

  const stack = (label = 'Job') =>
    howToStack({
      oidc: {
        clients: {
          job: {
            label,
            redirectUris: ['https://job/callback'],
            secretStorage: ClientSecretStorage.OKTA_ONLY,
          },
        },
      },
    });
  const secretsOf = (clientId: string) => `/apps/${clientId}/credentials/secrets`;
  const listSecrets = async (clientId: string) =>
    (await admin.okta('GET', secretsOf(clientId))) as unknown as Secret[];
  const clientIdOf = async (label: string) => {
    const all = (await admin.okta('GET', '/apps')) as unknown as { id: string; label: string }[];
    return all.find((each) => each.label === label)?.id ?? '';
  };

  /** A request with Basic credentials to the gateway. */
  async function request(clientId: string, secret: string): Promise<number> {
    const credentials = Buffer.from(`${clientId}:${secret}`).toString('base64');
    const response = await fetch(`${sandbox.gateway.url}/anything`, {
      headers: { authorization: `Basic ${credentials}` },
    });
    await response.text();
    return response.status;
  }

  /** Runs the command as a process, and interrupts it as Ctrl+C does when it prints a text. */
  async function interruptAt(text: string, cwd: string, argv: readonly string[]): Promise<void> {
    const child = spawn(process.execPath, ['--import', TSX, COMMAND, ...argv], {
      cwd,
      env: { ...process.env, ...sandbox.environment() },
    });
    let output = '';
    const found = new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          output += chunk;
          if (output.includes(text)) {
            resolve();
          }
        });
      }
      child.once('close', () =>
        reject(new Error(`The command ended before it printed "${text}": ${output}`)),
      );
    });
    await found;
    await end(child, 'SIGINT');
  }

  async function register(clientId: string): Promise<void> {
    const portal = `/v3/portals/${String(outputs.portal_id)}`;
    const { id: developer } = await admin.konnect('POST', `${portal}/developers`, {
      email: `${clientId}@example.com`,
      full_name: 'Developer',
      status: 'approved',
    });
    const { id: application } = await admin.konnect('POST', `${portal}/applications`, {
      name: clientId,
      client_id: clientId,
      auth_strategy_id: outputs.strategy_id,
      owner: { type: 'developer', id: developer },
    });
    await admin.konnect('POST', `${portal}/applications/${application}/registrations`, {
      api_id: outputs.api_id,
      status: 'approved',
    });
  }

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    ({ outputs } = await sandbox.deploy(stack()));
  }, 60_000);

  afterAll(() => sandbox.stop());

  test('goes without an interruption, and Terraform has nothing to do', async () => {
    const clientId = await clientIdOf('Job');
    await register(clientId);
    const [old] = await listSecrets(clientId);
    const next = (await admin.okta('POST', secretsOf(clientId), {})) as Secret;
    expect([await request(clientId, old.client_secret), await request(clientId, next.client_secret)]).toEqual(
      [200, 200],
    );

    await admin.okta('POST', `${secretsOf(clientId)}/${old.id}/lifecycle/deactivate`);
    expect([await request(clientId, old.client_secret), await request(clientId, next.client_secret)]).toEqual(
      [401, 200],
    );
    await admin.okta('DELETE', `${secretsOf(clientId)}/${old.id}`);
    expect((await sandbox.plan(stack())).changes).toEqual([]);
  }, 60_000);

  test('outlives the next change of the application', async () => {
    const clientId = await clientIdOf('Job');
    const [secret] = await listSecrets(clientId);
    await sandbox.deploy(stack('Nightly job'));
    expect(await clientIdOf('Nightly job')).toBe(clientId);
    expect(await request(clientId, secret.client_secret)).toBe(200);
  }, 60_000);

  test('is unknown to a state that holds the secret', async () => {
    const clientId = String(outputs.client_id);
    const next = (await admin.okta('POST', secretsOf(clientId), {})) as Secret;
    expect((await sandbox.plan(stack('Nightly job'))).changes).toEqual([]);
    const { outputs: after } = await sandbox.deploy(stack('Nightly job'));
    expect(after.client_secret).toBe(outputs.client_secret);
    expect(after.client_secret).not.toBe(next.client_secret);
  }, 60_000);

  test('is proved by the command with the secret of the environment', async () => {
    const clientId = await clientIdOf('Nightly job');
    const [secret] = await listSecrets(clientId);
    const command = CommandRunner.forSandbox(sandbox, { OKTA_CLIENT_SECRET: secret.client_secret });
    const { exitCode, stdout } = await command.run(
      ...['verify', '--chdir', sandbox.workspace('how-to').folder, '--client', clientId],
    );
    command.remove();
    expect(stdout).toContain('✓ Request with the credentials: 200');
    expect(exitCode).toBe(0);
  }, 60_000);

  test('can be interrupted in the grace period, and is ended by the next run', async () => {
    const clientId = await clientIdOf('Nightly job');
    const [{ client_secret: old }] = await listSecrets(clientId);
    const command = CommandRunner.forSandbox(sandbox);
    const rotate = ['rotate', '--chdir', sandbox.workspace('how-to').folder, '--client', clientId];
    const options = [...rotate, '--file', 'secret'];
    await interruptAt('The old secret stays active', command.folder, options);
    const next = readFileSync(join(command.folder, 'secret'), 'utf8');
    expect([await request(clientId, old), await request(clientId, next)]).toEqual([200, 200]);

    expect((await command.run(...options, '--grace', '0')).exitCode).toBe(0);
    expect(readFileSync(join(command.folder, 'secret'), 'utf8')).toBe(next);
    expect([await request(clientId, old), await request(clientId, next)]).toEqual([401, 200]);
    command.remove();
  }, 60_000);
});
