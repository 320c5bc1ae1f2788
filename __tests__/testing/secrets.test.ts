import { writtenSecrets } from '../../testing';

const app = (body: object) => ({ resource: { okta_app_oauth: { A: { label: 'a', ...body } } } });
const provider = (name: string, body: object) => ({ provider: { [name]: [body] } });

describe('secrets that are written into a configuration', () => {
  test('are literals of attributes that the schema calls sensitive', () => {
    expect(writtenSecrets(app({ client_basic_secret: 'hunter2hunter2' }), {})).toEqual([
      'okta_app_oauth.A: client_basic_secret is written into the configuration',
    ]);
  });

  test('are literal credentials of providers', () => {
    expect(writtenSecrets(provider('okta', { org_name: 'o', api_token: '00abc' }), {})).toEqual([
      'provider.okta: api_token is written into the configuration',
    ]);
    expect(writtenSecrets(provider('konnect', { personal_access_token: 'kpat_1' }), {})).toEqual([
      'provider.konnect: personal_access_token is written into the configuration',
    ]);
  });

  test('are values of the environment, also where they need escapes', () => {
    const environment = { OKTA_API_TOKEN: '00"quoted"', HOME: 'a label', KONNECT_TOKEN: 'short' };
    expect(writtenSecrets(app({ label: 'x 00"quoted" a label short' }), environment)).toEqual([
      'the value of OKTA_API_TOKEN is written into the configuration',
    ]);
  });

  test('are no references, no empty texts and nothing that is left out', () => {
    expect(writtenSecrets(app({ client_basic_secret: '${var.secret}' }), {})).toEqual([]);
    expect(writtenSecrets(provider('okta', { api_token: '${var.token}' }), {})).toEqual([]);
    expect(writtenSecrets(provider('okta', { api_token: '' }), {})).toEqual([]);
    expect(writtenSecrets(app({}), {})).toEqual([]);
  });
});
