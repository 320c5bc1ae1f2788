import { writtenSecrets } from '../../../testing';

const app = (body: object) => ({ resource: { okta_app_oauth: { A: { label: 'a', ...body } } } });
const provider = (name: string, body: object) => ({ provider: { [name]: [body] } });
const secret = (value: unknown) => app({ client_basic_secret: value });
const strategyWith = (additional_properties: string) => ({
  resource: {
    konnect_application_auth_strategy: {
      S: { openid_connect: { name: 's', configs: { openid_connect: { additional_properties } } } },
    },
  },
});
const output = (value: unknown, sensitive = true) => ({ output: { o: { value, sensitive } } });
const variable = (value: unknown, sensitive: unknown = true) => ({
  variable: { v: { type: 'string', default: value, sensitive } },
});
const backend = (type: string, body: object) => ({ terraform: { backend: { [type]: body } } });

describe('secrets that are written into a configuration', () => {
  test('are literals of attributes that the schema calls sensitive', () => {
    expect(writtenSecrets(secret('hunter2hunter2'), {})).toEqual([
      'okta_app_oauth.A: client_basic_secret is written into the configuration',
    ]);
  });

  test('are literals of attributes that are called like a secret, as most of Konnect are', () => {
    const resource = {
      konnect_portal_auth: { P: { portal_id: 'p', oidc_client_secret: 'hunter2' } },
      konnect_gateway_plugin_openid_connect: { O: { config: { client_secret: ['hunter2'] } } },
    };
    expect(writtenSecrets({ resource }, {})).toEqual([
      'konnect_gateway_plugin_openid_connect.O: config.client_secret is written into the configuration',
      'konnect_portal_auth.P: oidc_client_secret is written into the configuration',
    ]);
  });

  test.each([
    ['{"client_secret":["hunter2"],"ssl_verify":true}', 'additional_properties.client_secret is'],
    ['{"session":{"secret":"hunter2"}}', 'additional_properties.session.secret is'],
    [
      '{"ssl_verify":${jsonencode(var.x)},"session_secret":"hunter2hunter2"}',
      'additional_properties.session_secret is partly',
    ],
  ])('are those in further settings of a strategy: %s', (text, found) => {
    expect(writtenSecrets(strategyWith(text), {})).toEqual([
      `konnect_application_auth_strategy.S: openid_connect.configs.openid_connect.${found} written into the configuration`,
    ]);
  });

  test.each([
    '{"ssl_verify":true,"client_secret":"${var.secret}","session_secret":"{vault://env/secret}"}',
    '{"ssl_verify":${jsonencode(var.x)},"session_secret":"${var.secret}","hint":"hunter2hunter2"}',
  ])('are none of those that come from elsewhere: %s', (text) => {
    expect(writtenSecrets(strategyWith(text), {})).toEqual([]);
  });

  test('are no examples in a specification', () => {
    const content = JSON.stringify({ example: { password: 'hunter2hunter2' } });
    const resource = { konnect_api_version: { V: { api_id: 'a', spec: { content } } } };
    expect(writtenSecrets({ resource }, {})).toEqual([]);
  });

  test('are literal credentials of providers, of those without a schema too', () => {
    expect(writtenSecrets(provider('okta', { org_name: 'o', api_token: '00abc' }), {})).toEqual([
      'provider.okta: api_token is written into the configuration',
    ]);
    expect(writtenSecrets(provider('konnect', { personal_access_token: 'kpat_1' }), {})).toEqual([
      'provider.konnect: personal_access_token is written into the configuration',
    ]);
    const aws = { region: 'r', secret_key: 'x', proxy: 'http://me:hunter2@proxy', nested: [{ token: 't' }] };
    expect(writtenSecrets(provider('aws', { alias: 'eu', ...aws }), {})).toEqual([
      'provider.aws.eu: nested.token is written into the configuration',
      'provider.aws.eu: proxy is partly written into the configuration',
      'provider.aws.eu: secret_key is written into the configuration',
    ]);
  });

  test.each<[string, unknown]>([
    ['an empty expression', '00abcdefgh${""}'],
    ['a function of a literal', '${sensitive("00abcdefgh")}'],
    ['functions of literals in each other', '${base64encode(join(":", ["me", "hunter2"]))}'],
    ['an escaped expression', '$${not_a_reference}'],
  ])('are those that %s hides', (_, value) => {
    expect(writtenSecrets(secret(value), {})).toEqual([
      'okta_app_oauth.A: client_basic_secret is written into the configuration',
    ]);
  });

  test.each(['hunter2-${var.suffix}', '${var.prefix}-hunter2', '%{ if var.x }hunter2!%{ endif }'])(
    'are those that stand beside an expression: %s',
    (value) => {
      expect(writtenSecrets(secret(value), {})).toEqual([
        'okta_app_oauth.A: client_basic_secret is partly written into the configuration',
      ]);
    },
  );

  test.each([['hunter2'], [{ a: 'hunter2' }], [['hunter2']], ['hunter2hunter2${""}']])(
    'are defaults of sensitive variables: %j',
    (value) => {
      expect(writtenSecrets(variable(value), {})).toEqual([
        'variable.v: default is written into the configuration',
      ]);
    },
  );

  test.each([['hunter2'], [{ id: 'a', secret: 'hunter2' }], ['${upper("hunter2")}']])(
    'are literal values of sensitive outputs: %j',
    (value) => {
      expect(writtenSecrets(output(value), {})).toEqual([
        'output.o: value is written into the configuration',
      ]);
    },
  );

  test.each<[string, object, string]>([
    ['pg', { conn_str: 'postgres://me:hunter2@db/states' }, 'backend.pg.conn_str is partly'],
    ['pg', { conn_str: 'host=db user=me password=hunter2' }, 'backend.pg.conn_str is partly'],
    ['s3', { bucket: 'b', secret_key: 'x' }, 'backend.s3.secret_key is'],
    ['http', { address: 'https://states.test', password: 'x' }, 'backend.http.password is'],
    ['azurerm', { sas_token: 'x' }, 'backend.azurerm.sas_token is'],
    ['gcs', { credentials: '-----BEGIN PRIVATE KEY-----x' }, 'backend.gcs.credentials is partly'],
  ])('are credentials of the backend %s: %j', (type, body, message) => {
    const written = `${message} written into the configuration`;
    expect(writtenSecrets(backend(type, body), {})).toEqual([`terraform: ${written}`]);
    const read = { data: { terraform_remote_state: { r: { backend: type, config: body } } } };
    expect(writtenSecrets(read, {})).toEqual([
      `data.terraform_remote_state.r: ${written.replace(/^backend\.\w+/, 'config')}`,
    ]);
  });

  test('are a token of HCP Terraform', () => {
    const json = { terraform: { cloud: { organization: 'o', token: 'x' } } };
    expect(writtenSecrets(json, {})).toEqual(['terraform: cloud.token is written into the configuration']);
  });

  test('are values of the environment, also where they need escapes', () => {
    const environment = { OKTA_API_TOKEN: '00"quoted"', HOME: 'a label', KONNECT_TOKEN: 'short' };
    expect(writtenSecrets(app({ label: 'x 00"quoted" a label short' }), environment)).toEqual([
      'the value of OKTA_API_TOKEN is written into the configuration',
    ]);
  });

  test.each([
    'TF_VAR_client_secret',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'PG_CONN_STR',
    'ARM_ACCESS_KEY',
    'GOOGLE_CREDENTIALS',
    'TF_HTTP_PASSWORD',
    'TF_TOKEN_app_terraform_io',
  ])('are the value of %s', (name) => {
    expect(writtenSecrets(app({ label: 'with hunter2hunter2' }), { [name]: 'hunter2hunter2' })).toEqual([
      `the value of ${name} is written into the configuration`,
    ]);
  });

  test('are the value of a variable that the configuration calls sensitive', () => {
    const environment = { TF_VAR_v: 'hunter2hunter2', TF_VAR_region: 'eu-central-1' };
    const json = { ...app({ label: 'hunter2hunter2 in eu-central-1' }), ...variable(undefined) };
    expect(writtenSecrets(json, environment)).toEqual([
      'the value of TF_VAR_v is written into the configuration',
    ]);
    expect(writtenSecrets({ ...json, ...variable(undefined, false) }, environment)).toEqual([]);
  });

  test.each<[string, object]>([
    ['a reference', secret('${var.secret}')],
    ['a reference with a word before it', secret('Bearer ${var.secret}')],
    ['a file', secret('${file("/run/secrets/client")}')],
    ['a function of a reference', secret('${lookup(local.secrets, "client_secret")}')],
    ['a function with a text', secret('${join("hunter2hunter2", [random_password.p.result])}')],
    ['a reference to a vault of Kong', secret('{vault://env/client-secret}')],
    ['a reference in a provider', provider('okta', { api_token: '${var.token}' })],
    ['an empty text', provider('okta', { api_token: '' })],
    ['nothing', app({})],
    ['a default of a variable that is not sensitive', variable('eu-central-1', false)],
    ['an empty default', variable('')],
    ['no default', variable(null)],
    ['an output with a reference', output({ id: 'a long literal', secret: '${var.v}' })],
    ['an output that is not sensitive', output('a long literal', false)],
    ['a backend without credentials', backend('s3', { bucket: 'b', key: 'k', region: 'eu-central-1' })],
    ['an address without a password', backend('pg', { conn_str: 'postgres://me@db:5432/a?sslmode=disable' })],
    ['a reference in an address', provider('aws', { proxy: 'http://me:${var.password}@proxy' })],
    ['a path to credentials', backend('gcs', { bucket: 'b', credentials: '/etc/google.json' })],
  ])('are not %s', (_, json) => {
    expect(writtenSecrets(json, { GOOGLE_APPLICATION_CREDENTIALS: '/etc/google.json' })).toEqual([]);
  });
});
