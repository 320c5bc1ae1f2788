import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { type CommandResult, CommandRunner } from '../support/command';
import { synthesizeExample } from '../support/examples';
import { describeWithTerraform } from '../support/sandbox';
import { SecretScanner } from '../support/secret-scanner';

const CLIENT = { clientId: 'orders-job', clientSecret: 'secret-of-orders-job' };
const UNREGISTERED = { clientId: 'unregistered-job', clientSecret: 'secret-of-unregistered-job' };

/*
 * The example with Keycloak's paths and claims, from the stack to 200, without any variable of Okta.
 */
describeWithTerraform('an issuer other than Okta', () => {
  let sandbox: Sandbox;
  let deployed: object;
  let printed: string;

  beforeAll(async () => {
    sandbox = await Sandbox.start({ issuer: { clients: [CLIENT, UNREGISTERED] } });
    const { OIDC_ISSUER = '' } = sandbox.environment();
    const [stack] = synthesizeExample('other-issuer', { OIDC_ISSUER }).stacks;
    await sandbox.deployJson('other-issuer', stack?.json ?? '');
    expect(await sandbox.planJson('other-issuer', stack?.json ?? '')).toEqual({ changes: [] });
    deployed = (await sandbox.workspace('other-issuer').show()) as object;
    printed = '';
  }, 60_000);

  afterAll(async () => {
    expect(SecretScanner.of(sandbox).find({ printed })).toEqual([]);
    await sandbox.stop();
  });

  async function run(
    state: object,
    env: { readonly [name: string]: string },
    ...args: string[]
  ): Promise<CommandResult> {
    const { KONNECT_SERVER_URL, KONNECT_TOKEN, KONNECT_PROXY_URL } = sandbox.environment();
    const command = new CommandRunner({ KONNECT_SERVER_URL, KONNECT_TOKEN, KONNECT_PROXY_URL, ...env });
    command.writeState(state);
    try {
      return await command.run(...args, '--state', 'state.json');
    } finally {
      printed += command.everything;
      command.remove();
    }
  }

  const register = () =>
    run(deployed, {}, 'register', '--client-id', CLIENT.clientId, '--developer', 'dev@example.test');

  /** `verify` with another setting of the strategy, in Konnect and in the state. */
  async function verifyWith(setting: string, other: string, env: { readonly [name: string]: string } = {}) {
    const state = JSON.parse(JSON.stringify(deployed).replaceAll(setting, other));
    const secrets = { OKTA_CLIENT_SECRET: CLIENT.clientSecret, ...env };
    const { stdout } = await run(state, secrets, 'verify', '--client-id', CLIENT.clientId, '--wait', '0');
    return stdout;
  }

  test('its registered client gets 200, others 401 and 403', async () => {
    expect(await register()).toMatchObject({ exitCode: 0, stderr: '' });
    const { exitCode, stdout, stderr } = await run(
      deployed,
      {
        OKTA_CLIENT_SECRET: CLIENT.clientSecret,
        OKTA_UNREGISTERED_CLIENT_SECRET: UNREGISTERED.clientSecret,
      },
      ...['verify', '--require-all', '--client-id', CLIENT.clientId],
      ...['--unregistered-client-id', UNREGISTERED.clientId],
    );
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      `✓ Issuer: ${sandbox.issuer?.url}`,
      '✓ Token: orders-job gets one with api.access',
      '✓ Signature: signed by a key of the issuer, not expired',
      '✓ Claim: azp is orders-job',
      '✓ Auth strategy: Keycloak: client_credentials; claim azp; scopes api.access',
      '✓ Publication: Orders, public',
      '✓ Gateway service and route: linked, GET /orders',
      '✓ Registration: application orders-job is approved for the API',
      '✓ Request with the credentials: 200',
      '✓ Request without credentials: 401',
      '✓ Request with a wrong secret: 401',
      '✓ Request of an unregistered client: 403',
      '12 links OK, 0 broken, 0 not checked',
      '',
    ]);
    expect(exitCode).toBe(0);
  });

  test('a claim that the token lacks: names those with the client id', async () => {
    const stdout = await verifyWith('azp', 'appid');
    expect(stdout).toContain('✗ Claim: the token lacks the claim appid; its claims are exp, iat, jti');
    expect(stdout).toContain(
      '→ Set the credential claim of the strategy to a claim with the client id, azp or client_id, and deploy.',
    );
  });

  test('a claim with another value: names those with the client id', async () => {
    const stdout = await verifyWith('azp', 'aud');
    expect(stdout).toContain('✗ Claim: claim aud is "account", but the client is orders-job');
    expect(stdout).toContain('azp or client_id');
  });

  test('a wrong secret', async () => {
    const stdout = await verifyWith('azp', 'azp', { OKTA_CLIENT_SECRET: 'another-secret' });
    expect(stdout).toContain('✗ Token: the issuer refuses it with 401 unauthorized_client');
    expect(stdout).toContain('→ Check that OKTA_CLIENT_SECRET is a secret of orders-job');
  });

  test('a scope that the issuer does not know', async () => {
    const stdout = await verifyWith('api.access', 'api.write');
    expect(stdout).toContain('✗ Token: the issuer refuses it with 400 invalid_scope');
    expect(stdout).toContain('→ Allow the scopes api.write for orders-job at the issuer');
  });

  test('another realm', async () => {
    const stdout = await verifyWith('realms/sandbox', 'realms/other');
    expect(stdout).toMatch(/✗ Issuer: \S+\/realms\/other: 404 Realm does not exist/);
    expect(stdout).toContain('Check the host and the realm or tenant in issuer.');
  });

  test('needs the id of the client, and its secret', async () => {
    expect(await run(deployed, {}, 'verify')).toMatchObject({
      exitCode: 2,
      stderr: 'The stacks have no client\n    → Name one by its client id: --client-id.\n',
    });
    expect(await run(deployed, {}, 'verify', '--client', 'orders-job')).toMatchObject({
      exitCode: 2,
      stderr: 'The stacks have no client orders-job\n    → Name one by its client id: --client-id.\n',
    });
    expect(await run(deployed, {}, 'verify', '--client-id', 'orders-job')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('→ Set it to the secret of orders-job: export OKTA_CLIENT_SECRET=...'),
    });
    expect(await run(deployed, {}, 'verify', '--client-id', 'a', '--client', 'b')).toMatchObject({
      exitCode: 2,
      stderr: '--client has no effect with --client-id\n    → Leave one of them out.\n',
    });
  });
});
