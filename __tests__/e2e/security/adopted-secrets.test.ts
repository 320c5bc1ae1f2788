import { randomUUID } from 'node:crypto';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { CommandRunner } from '../../support/command';
import { ManualSetup } from '../../support/manual-setup';
import { ManualSetupExtras } from '../../support/manual-setup-extras';
import { PrintedApp } from '../../support/printed-app';
import { SecretScanner } from '../../support/secret-scanner';

/*
 * `adopt` neither prints nor writes a secret in a setting.
 */
const secrets: string[] = [];

/** Every character that code, JSON or a template escapes. */
function secret(): string {
  const written = `${randomUUID()} "a" 'b' \${c} \\`;
  secrets.push(written);
  return written;
}

const KEY = ['-----BEGIN PRIVATE KEY-----', secret(), '-----END PRIVATE KEY-----'].join('\n');

/** Settings of Kong's openid-connect plugin that hold secrets. */
const SETTINGS = {
  client_id: ['gateway'],
  client_secret: [secret(), secret(), '{vault://env/third}'],
  session_secret: secret(),
  client_jwk: [{ kty: 'RSA', kid: 'one', n: 'public', d: secret(), qi: secret() }],
  redis: {
    host: 'redis.internal',
    password: secret(),
    sentinel_password: secret(),
    cloud_authentication: {
      aws_secret_access_key: secret(),
      azure_client_secret: secret(),
      gcp_service_account_json: secret(),
    },
  },
  http_proxy: `http://proxy:${encodeURIComponent(secret())}@proxy.internal`,
  https_proxy_authorization: secret(),
  token_headers_names: ['x-key'],
  token_headers_values: [secret()],
  token_post_args_values: [secret()],
  introspection_headers_values: [secret()],
  introspection_post_args_values: [secret()],
  userinfo_query_args_values: [secret()],
  some_new_setting: { 'api-key': secret(), tokens: [KEY] },
};

let sandbox: Sandbox;
let command: CommandRunner;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  const made = await ManualSetup.create(sandbox, { settings: SETTINGS });
  const extras = new ManualSetupExtras(made);
  const { clientId } = await made.admin.createApplication(
    'With a profile',
    {
      initiate_login_uri: `https://user:${encodeURIComponent(secret())}@app.example.test`,
    },
    { profile: { apiKey: secret(), team: 'one' } },
  );
  await extras.changePolicy({ clients: [made.clientId, clientId] });
  const serviceId = await extras.addService({ name: 'orders' }, ['/orders'], {
    headers: { authorization: [secret()], 'x-stage': ['test'] },
  });
  await extras.addApi({ name: 'Orders' }, { serviceId });
});

beforeEach(() => {
  command = CommandRunner.forSandbox(sandbox);
});

afterEach(() => {
  const scanner = new SecretScanner(() => [
    ...secrets,
    ...sandbox.okta.secrets(),
    ...sandbox.konnect.secrets(),
  ]);
  const found = [...scanner.find({ printed: command.everything }), ...scanner.findInFolder(command.folder)];
  command.remove();
  expect(found).toEqual([]);
});

afterAll(() => sandbox.stop());

const run = (flags: string) => command.run('adopt', ...flags.split(' '));

test.each(['--print-app', '--print-app --debug', '--print-app --json --debug'])('adopt %s', async (flags) => {
  const { exitCode, stdout } = await run(flags);
  expect([exitCode, stdout]).toEqual([0, stdout]);
});

test('adopt, on the app that it printed', async () => {
  const { stdout: app } = await run('--print-app');
  new PrintedApp(command.folder, app).synthesize();
  for (const flags of ['--debug', '--json --debug', '--partial --debug']) {
    const { exitCode, stdout } = await run(flags);
    expect([exitCode, stdout]).toEqual([0, stdout]);
  }
});

test('the app has what is beside them, and says which variables take their place', async () => {
  const { stdout, stderr } = await run('--print-app');
  for (const kept of [
    "client_id: ['gateway']",
    "clientSecret1Secret.stringValue, '{vault://env/third}']",
    "n: 'public'",
    "host: 'redis.internal'",
    "token_headers_names: ['x-key']",
    "'x-stage': ['test']",
  ]) {
    expect(stdout).toContain(kept);
  }
  expect(stdout).toContain(
    "const sessionSecret = new TerraformVariable(stack, 'session_secret', { type: 'string', sensitive: true });\n",
  );
  expect(stderr).toContain(
    '! Auth strategy Okta OIDC: redis.password is a secret, so the app takes it from the variable redis_password\n    → Set TF_VAR_redis_password.\n',
  );
});
