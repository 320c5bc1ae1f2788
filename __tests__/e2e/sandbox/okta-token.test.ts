import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { Clock } from '../../../packages/sandbox/src/clock';
import { RequestLog } from '../../../packages/sandbox/src/http/request-log';
import { OktaOrg } from '../../../packages/sandbox/src/okta/okta-org';

/*
 * The token endpoint: everything that it grants and every way in which it refuses. Each test has a client and a
 * separate authorization server, in an org that they share.
 */
type Json = { readonly [field: string]: unknown };

const SERVERS = '/api/v1/authorizationServers';
const DENIED = {
  error: 'access_denied',
  error_description: 'Policy evaluation failed for this request, please check the policy configurations.',
};

const appWith = (client: object, credentials: object = {}) => ({
  label: 'Dev Portal app',
  name: 'oidc_client',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic', ...credentials } },
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code', 'client_credentials'],
      redirect_uris: ['https://localhost/callback'],
      response_types: ['code'],
      ...client,
    },
  },
});
const scope = { name: 'api.access', consent: 'IMPLICIT', default: false };
const claim = { name: 'clientId', claimType: 'RESOURCE', valueType: 'EXPRESSION', value: 'app.clientId' };
const policy = (...clients: string[]) => ({
  name: 'Dev Portal',
  type: 'OAUTH_AUTHORIZATION_POLICY',
  priority: 1,
  conditions: { clients: { include: clients } },
});
const rule = {
  name: 'client credentials',
  type: 'RESOURCE_ACCESS',
  priority: 1,
  actions: { token: { accessTokenLifetimeMinutes: 60 } },
  conditions: { grantTypes: { include: ['client_credentials'] }, scopes: { include: ['api.access'] } },
};

const clock = new Clock();
let org: OktaOrg;
let serverId: string;
let client: { id: string; secret: string };
let ids: { scope: string; claim: string; policy: string; rule: string };

beforeAll(async () => {
  org = await OktaOrg.start({ clock, log: new RequestLog() });
});

afterAll(() => org.stop());

beforeEach(async () => {
  client = await createClient(appWith({}));
  serverId = await create(SERVERS, { name: `server of ${client.id}`, audiences: ['api://test'] });
  ids = { scope: await create(own('scopes'), scope), claim: '', policy: '', rule: '' };
  ids.claim = await create(own('claims'), claim);
  ids.policy = await create(own('policies'), policy(client.id));
  ids.rule = await create(own(`policies/${ids.policy}/rules`), rule);
});

const own = (path: string) => `${SERVERS}/${serverId}/${path}`;

async function send(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${org.url}${path}`, {
    method,
    headers: { authorization: `SSWS ${org.apiToken}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {} };
}

const create = async (path: string, body: object) => (await send('POST', path, body)).body.id as string;
const put = (path: string, body: object) => send('PUT', own(path), body);

async function createClient(app: object) {
  const { body } = await send('POST', '/api/v1/apps?activate=true', app);
  const { oauthClient } = body.credentials as { oauthClient: { client_secret: string } };
  return { id: body.id as string, secret: oauthClient.client_secret };
}

interface Ask {
  readonly as?: { readonly id: string; readonly secret: string };
  readonly form?: { readonly [field: string]: string };
  readonly server?: string;
}

async function ask({ as = client, form = {}, server = serverId }: Ask = {}) {
  const response = await fetch(`${org.url}/oauth2/${server}/v1/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${as.id}:${as.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api.access', ...form }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const claimsOf = (body: Json) => decodeJwt(body.access_token as string);
test('grants a token that verifies against the published keys and carries what Okta puts in', async () => {
  const before = clock.epochSeconds();
  const { status, body } = await ask();
  expect({ status, ...body }).toEqual({
    status: 200,
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'api.access',
    access_token: expect.any(String),
  });
  const issuer = `${org.url}/oauth2/${serverId}`;
  const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Json;
  const keys = createRemoteJWKSet(new URL(discovery.jwks_uri as string));
  const { payload } = await jwtVerify(body.access_token as string, keys, {
    issuer,
    audience: 'api://test',
    algorithms: ['RS256'],
  });
  const { iat = 0 } = payload;
  expect(iat).toBeGreaterThanOrEqual(before);
  expect(payload).toEqual({
    ver: 1,
    jti: expect.stringMatching(/^AT\./),
    iss: issuer,
    aud: 'api://test',
    iat,
    exp: iat + 3600,
    cid: client.id,
    sub: client.id,
    scp: ['api.access'],
    clientId: client.id,
  });
});

test('publishes both discovery documents', async () => {
  const issuer = `${org.url}/oauth2/${serverId}`;
  const documents = await Promise.all(
    ['openid-configuration', 'oauth-authorization-server'].map(
      async (name) => (await fetch(`${issuer}/.well-known/${name}`)).json() as Promise<object>,
    ),
  );
  expect(documents[0]).toEqual({ ...documents[1], id_token_signing_alg_values_supported: ['RS256'] });
  expect(documents[0]).toMatchObject({
    issuer,
    token_endpoint: `${issuer}/v1/token`,
    jwks_uri: `${issuer}/v1/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  });
});

test('takes client_secret_post, but not together with a Basic header', async () => {
  const form = { grant_type: 'client_credentials', scope: 'api.access', client_id: client.id };
  const response = await fetch(`${org.url}/oauth2/${serverId}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, client_secret: client.secret }),
  });
  expect(response.status).toBe(200);
  const both = await ask({ form: { client_secret: client.secret } });
  expect([both.status, both.body.error]).toEqual([400, 'invalid_request']);
});

test('refuses JSON', async () => {
  const response = await fetch(`${org.url}/oauth2/${serverId}/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${client.id}:x`)}` },
    body: JSON.stringify({ grant_type: 'client_credentials' }),
  });
  expect([response.status, ((await response.json()) as Json).error]).toEqual([400, 'invalid_request']);
});

test.each<[string, () => Ask, number, string]>([
  ['an unknown client', () => ({ as: { id: '0oaunknown', secret: 'x' } }), 401, 'invalid_client'],
  ['a wrong secret', () => ({ as: { id: client.id, secret: 'wrong' } }), 401, 'invalid_client'],
  ['no secret', () => ({ as: { id: client.id, secret: '' } }), 401, 'invalid_client'],
  ['no grant type', () => ({ form: { grant_type: '' } }), 400, 'invalid_request'],
  ['an unknown grant type', () => ({ form: { grant_type: 'magic' } }), 400, 'unsupported_grant_type'],
  [
    'another grant than the app has',
    () => ({ form: { grant_type: 'refresh_token' } }),
    400,
    'unauthorized_client',
  ],
  [
    'a code that was never issued',
    () => ({ form: { grant_type: 'authorization_code' } }),
    400,
    'invalid_grant',
  ],
  ['no scope without a default one', () => ({ form: { scope: '' } }), 400, 'invalid_scope'],
  ['an unknown scope', () => ({ form: { scope: 'api.access other' } }), 400, 'invalid_scope'],
  ['openid', () => ({ form: { scope: 'openid api.access' } }), 400, 'invalid_scope'],
])('refuses %s', async (_what, request, status, error) => {
  const answer = await ask(request());
  expect({ status: answer.status, error: answer.body.error }).toEqual({ status, error });
});

test('refuses an app without the client credentials grant', async () => {
  const other = await createClient(appWith({ grant_types: ['authorization_code'] }));
  expect(await ask({ as: other })).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
});

test('refuses an app that authenticates with a key', async () => {
  const other = await createClient(appWith({}, { token_endpoint_auth_method: 'private_key_jwt' }));
  expect(await ask({ as: other })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
});

test('refuses an inactive app until it is active again', async () => {
  await send('POST', `/api/v1/apps/${client.id}/lifecycle/deactivate`);
  expect(await ask()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  await send('POST', `/api/v1/apps/${client.id}/lifecycle/activate`);
  expect((await ask()).status).toBe(200);
});

test('follows a rotation of secrets', async () => {
  const path = `/api/v1/apps/${client.id}/credentials/secrets`;
  const { body: made } = await send('POST', path, {});
  const next = { id: client.id, secret: made.client_secret as string };
  expect([(await ask()).status, (await ask({ as: next })).status]).toEqual([200, 200]);
  const [old] = (await send('GET', path)).body as unknown as { id: string }[];
  await send('POST', `${path}/${old.id}/lifecycle/deactivate`);
  expect([(await ask()).status, (await ask({ as: next })).status]).toEqual([401, 200]);
  expect(org.secrets()).toEqual(expect.arrayContaining([org.apiToken, client.secret, next.secret]));
});

test('denies a client that no policy names, and grants one of a policy for all', async () => {
  const other = await createClient(appWith({}));
  expect(await ask({ as: other })).toEqual({ status: 400, body: DENIED });
  await put(`policies/${ids.policy}`, policy('ALL_CLIENTS'));
  expect((await ask({ as: other })).status).toBe(200);
});

test.each([
  ['policy', () => `policies/${ids.policy}`],
  ['rule', () => `policies/${ids.policy}/rules/${ids.rule}`],
])('denies while the %s is inactive', async (_what, path) => {
  await send('POST', own(`${path()}/lifecycle/deactivate`));
  expect(await ask()).toEqual({ status: 400, body: DENIED });
  await send('POST', own(`${path()}/lifecycle/activate`));
  expect((await ask()).status).toBe(200);
});

test.each([
  ['scope', { grantTypes: { include: ['client_credentials'] }, scopes: { include: ['other'] } }],
  ['grant', { grantTypes: { include: ['authorization_code'] }, scopes: { include: ['*'] } }],
])('denies a %s that the rule does not have', async (_what, conditions) => {
  await create(own('scopes'), { ...scope, name: 'other' });
  await put(`policies/${ids.policy}/rules/${ids.rule}`, { ...rule, conditions });
  expect(await ask()).toEqual({ status: 400, body: DENIED });
});

test('denies when only some of the scopes are allowed, and a rule for * allows all', async () => {
  await create(own('scopes'), { ...scope, name: 'other' });
  const form = { scope: 'api.access other' };
  expect(await ask({ form })).toEqual({ status: 400, body: DENIED });
  const conditions = { ...rule.conditions, scopes: { include: ['*'] } };
  await put(`policies/${ids.policy}/rules/${ids.rule}`, { ...rule, conditions });
  expect((await ask({ form })).body.scope).toBe('api.access other');
});

test('takes the first matching rule by the priority of policies, then of rules', async () => {
  const minutes = (accessTokenLifetimeMinutes: number, name: string) => ({
    ...rule,
    name,
    actions: { token: { accessTokenLifetimeMinutes } },
  });
  await create(own(`policies/${ids.policy}/rules`), minutes(5, 'first rule'));
  expect((await ask()).body.expires_in).toBe(300);
  const first = await create(own('policies'), { ...policy(client.id), name: 'first policy' });
  expect((await ask()).body.expires_in).toBe(300);
  await create(own(`policies/${first}/rules`), minutes(1440, 'rule'));
  expect((await ask()).body.expires_in).toBe(86400);
});

test('grants default scopes when none is asked for', async () => {
  await put(`scopes/${ids.scope}`, { ...scope, default: true });
  expect((await ask({ form: { scope: '' } })).body.scope).toBe('api.access');
});

test.each([
  ["'fixed'", 'fixed'],
  ['"double"', 'double'],
  ['app.label', 'Dev Portal app'],
  ['String.append("urn:", app.name)', 'urn:oidc_client'],
  ['(appuser != null) ? appuser.userName : "no, user: really?"', 'no, user: really?'],
  ["app.name == 'oidc_client' ? 'yes' : 'no'", 'yes'],
  ['appuser.email', undefined],
])('evaluates the claim %s', async (value, expected) => {
  await put(`claims/${ids.claim}`, { ...claim, value });
  expect(claimsOf((await ask()).body).clientId).toBe(expected);
});

test.each([
  ['inactive claims', { status: 'INACTIVE' }],
  ['claims of ID tokens', { claimType: 'IDENTITY' }],
  ['claims of scopes that are not granted', { conditions: { scopes: ['other'] } }],
  ['groups, which only users have', { valueType: 'GROUPS', value: 'x' }],
])('leaves out %s', async (_what, over) => {
  await create(own('scopes'), { ...scope, name: 'other' });
  expect((await put(`claims/${ids.claim}`, { ...claim, ...over })).status).toBe(200);
  expect(claimsOf((await ask()).body)).not.toHaveProperty('clientId');
});

test('no claim overwrites what the protocol says', async () => {
  await create(own('claims'), { ...claim, name: 'aud', value: "'elsewhere'" });
  expect(claimsOf((await ask()).body).aud).toBe('api://test');
});

test.each<[string, object, number]>([
  ['everybody', { groups: { include: ['EVERYONE'] }, users: { include: [] } }, 200],
  ['nobody by name', { groups: {}, users: {} }, 200],
  ['another group', { groups: { include: ['00g1'] } }, 400],
  ['a user', { users: { include: ['00u1'] } }, 400],
])('a rule for %s', async (_what, people, status) => {
  const conditions = { ...rule.conditions, people };
  await put(`policies/${ids.policy}/rules/${ids.rule}`, { ...rule, conditions });
  const answer = await ask();
  expect(answer.status).toBe(status);
  expect(status === 200 ? DENIED : answer.body).toEqual(DENIED);
});

test.each([
  ['REQUIRED', 400],
  ['FLEXIBLE', 200],
  ['IMPLICIT', 200],
])('a scope with the consent %s', async (consent, status) => {
  await put(`scopes/${ids.scope}`, { ...scope, consent });
  const answer = await ask();
  expect([answer.status, answer.body.error]).toEqual([status, status === 400 ? 'invalid_scope' : undefined]);
});

test('a custom client id is used in tokens, claims and policies, not the id of the application', async () => {
  const app = appWith({}, { client_id: 'orders-client', client_secret: 'correct horse battery' });
  const { id } = await createClient(app);
  expect(id).toMatch(/^0oa/);
  expect(await send('POST', '/api/v1/apps', app)).toMatchObject({ status: 400 });
  expect(await put(`policies/${ids.policy}`, policy(id))).toMatchObject({ status: 400 });
  await put(`policies/${ids.policy}`, policy('orders-client'));
  const { body } = await ask({ as: { id: 'orders-client', secret: 'correct horse battery' } });
  expect(claimsOf(body)).toMatchObject({
    sub: 'orders-client',
    cid: 'orders-client',
    clientId: 'orders-client',
  });
  expect(await ask({ as: { id, secret: 'correct horse battery' } })).toMatchObject({ status: 401 });
});

test('the default authorization server has an id, and paths accept its name', async () => {
  const { body } = await send('GET', `${SERVERS}/default`);
  expect(body.id).toMatch(/^aus/);
  expect(body.issuer).toBe(`${org.url}/oauth2/default`);
  expect(await send('GET', `${SERVERS}/${body.id}`)).toMatchObject({ status: 200, body });
  expect(await send('GET', `${SERVERS}?q=default`)).toMatchObject({ body: [{ id: body.id }] });
  expect(await send('DELETE', `${SERVERS}/${body.id}`)).toMatchObject({ status: 403 });
});

test('what is below one server or policy is not found below another', async () => {
  const other = await create(SERVERS, { name: `other of ${client.id}`, audiences: ['api://other'] });
  const policies = `${SERVERS}/${other}/policies`;
  const otherPolicy = await create(policies, policy(client.id));
  const answers = [
    await send('PUT', `${SERVERS}/${other}/scopes/${ids.scope}`, scope),
    await send('PUT', `${SERVERS}/${other}/claims/${ids.claim}`, claim),
    await send('PUT', `${policies}/${ids.policy}`, policy(client.id)),
    await send('PUT', `${policies}/${otherPolicy}/rules/${ids.rule}`, rule),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
});

test('keeps authorization servers apart', async () => {
  expect(await ask({ server: 'default' })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
});

test('an authorization server that is inactive, deleted or unknown answers nothing', async () => {
  const gone = { status: 404, body: { errorCode: 'E0000007' } };
  await send('POST', own('lifecycle/deactivate'));
  expect(await ask()).toMatchObject(gone);
  const issuer = `${org.url}/oauth2/${serverId}`;
  const paths = ['.well-known/openid-configuration', '.well-known/oauth-authorization-server', 'v1/keys'];
  const answers = await Promise.all(paths.map((path) => fetch(`${issuer}/${path}`)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  await send('DELETE', `${SERVERS}/${serverId}`);
  expect(await ask()).toMatchObject(gone);
  expect(await ask({ server: 'unknown' })).toMatchObject(gone);
});

test('dates tokens by the clock', async () => {
  clock.advance(7200);
  const { iat = 0 } = claimsOf((await ask()).body);
  expect(iat - Math.floor(Date.now() / 1000)).toBeGreaterThanOrEqual(7199);
});
