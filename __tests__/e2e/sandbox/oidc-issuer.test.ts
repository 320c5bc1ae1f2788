import { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/*
 * The issuer other than Okta: endpoints, claims and errors of a Keycloak realm.
 */
let sandbox: Sandbox;
let issuer: string;

beforeAll(async () => {
  sandbox = await Sandbox.start({
    issuer: {
      realm: 'apis',
      scopes: ['orders.read'],
      clients: [{ clientId: 'job', clientSecret: 'secret' }],
    },
  });
  issuer = String(sandbox.issuer?.url);
});

afterAll(() => sandbox.stop());

async function requestToken(form: { readonly [field: string]: string }, credentials = 'job:secret') {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: credentials ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : {},
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as { [field: string]: string } };
}

const GRANT = { grant_type: 'client_credentials' };

test('the token has the client id as azp and client_id, and the scopes', async () => {
  expect(issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/realms\/apis$/);
  const { status, body } = await requestToken({ ...GRANT, scope: 'orders.read' });
  expect(status).toBe(200);
  const [, payload = ''] = String(body.access_token).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(claims).toMatchObject({
    iss: issuer,
    aud: 'account',
    azp: 'job',
    client_id: 'job',
    scope: 'profile email orders.read',
  });
  expect(claims.exp - claims.iat).toBe(300);
  expect(sandbox.issuer?.secrets()).toEqual(['secret', body.access_token]);
});

test('a client may send its secret in the form', async () => {
  const form = { ...GRANT, client_id: 'job', client_secret: 'secret' };
  expect((await requestToken(form, '')).status).toBe(200);
});

test.each([
  ['an unknown client', GRANT, 'other:secret', 401, 'invalid_client'],
  ['a wrong secret', GRANT, 'job:other', 401, 'unauthorized_client'],
  ['no credentials', GRANT, '', 401, 'invalid_client'],
  ['an unknown scope', { ...GRANT, scope: 'orders.write' }, 'job:secret', 400, 'invalid_scope'],
  ['another grant type', { grant_type: 'password' }, 'job:secret', 400, 'unsupported_grant_type'],
  ['no grant type', { scope: 'orders.read' }, 'job:secret', 400, 'invalid_request'],
])('%s is refused', async (_name, form, credentials, expected, error) => {
  const { status, body } = await requestToken(form as { [field: string]: string }, credentials);
  expect([status, body.error]).toEqual([expected, error]);
});

test('there is no other realm, and no issuer unless asked for', async () => {
  const response = await fetch(`${issuer.replace('apis', 'other')}/.well-known/openid-configuration`);
  expect([response.status, await response.json()]).toEqual([404, { error: 'Realm does not exist' }]);
  const other = await Sandbox.start();
  expect([other.issuer, other.environment().OIDC_ISSUER]).toEqual([undefined, undefined]);
  await other.stop();
});
