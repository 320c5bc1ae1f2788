import { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/*
 * A sandbox remembers every secret, also replaced or deleted ones: every match in any answer, cookie or mail is among
 * them.
 */
const SECRET_FIELD = /^(client_secret|access_token|token)$/;
const PASSWORDS = ['correct horse battery', 'staple "quoted" <b>&'];
const OWN_SECRETS = ['a-secret-of-the-client-1', 'a "secret" <of> & the/client', 'a-secret-of-the-client-3'];

let sandbox: Sandbox;
let seen: string[];

beforeAll(async () => {
  sandbox = await Sandbox.start();
});

beforeEach(() => {
  seen = [];
});

afterAll(() => sandbox.stop());

interface Answer {
  readonly [field: string]: unknown;
  readonly id: string;
}

/** Sends a request, and takes every secret from the answer. */
async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  expect([url, response.status < 300, text]).toEqual([url, true, text]);
  for (const cookie of response.headers.getSetCookie()) {
    seen.push(cookie.split(/[=;]/)[1] ?? '');
  }
  return JSON.parse(text || '{}', (name, value) => {
    if (SECRET_FIELD.test(name) && typeof value === 'string') {
      seen.push(value);
    }
    return value;
  }) as Answer;
}

const json = (method: string, authorization: string, body?: object): RequestInit => ({
  method,
  headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
  ...(body && { body: JSON.stringify(body) }),
});

const okta = (method: string, path: string, body?: object) =>
  send(`${sandbox.okta.url}/api/v1${path}`, json(method, `SSWS ${sandbox.okta.apiToken}`, body));

const konnect = (method: string, path: string, body?: object) =>
  send(`${sandbox.konnect.url}${path}`, json(method, `Bearer ${sandbox.konnect.token}`, body));

function application(secret?: string): object {
  const client = {
    application_type: 'service',
    grant_types: ['client_credentials'],
    response_types: ['token'],
  };
  return {
    name: 'oidc_client',
    label: 'App',
    signOnMode: 'OPENID_CONNECT',
    credentials: {
      oauthClient: { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret },
    },
    settings: { oauthClient: client },
  };
}

test('of clients: issued, brought along, set, rotated, and of clients that are gone', async () => {
  const [first, second, third] = OWN_SECRETS;
  const { id } = await okta('POST', '/apps', application());
  await okta('PUT', `/apps/${id}`, application(second));
  await okta('POST', '/apps', application(first));
  const secrets = `/apps/${id}/credentials/secrets`;
  const { id: old } = ((await okta('GET', secrets)) as unknown as Answer[])[0] as Answer;
  await okta('POST', secrets);
  await okta('POST', `${secrets}/${old}/lifecycle/deactivate`);
  await okta('DELETE', `${secrets}/${old}`);
  await okta('POST', secrets, { client_secret: third });
  await okta('POST', `/apps/${id}/lifecycle/deactivate`);
  await okta('DELETE', `/apps/${id}`);

  expect(seen).toEqual(expect.arrayContaining(OWN_SECRETS));
  expect(new Set(seen).size).toBe(5);
  expect(sandbox.okta.secrets()).toEqual(expect.arrayContaining([...seen, sandbox.okta.apiToken]));
});

test('of the token endpoint: every access token', async () => {
  const server = '/authorizationServers/default';
  const { id } = await okta('POST', '/apps', application());
  await okta('POST', `${server}/scopes`, { name: 'api.access' });
  const { id: policy } = await okta('POST', `${server}/policies`, {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    name: 'Clients',
    description: 'Clients',
    conditions: { clients: { include: [id] } },
  });
  await okta('POST', `${server}/policies/${policy}/rules`, {
    type: 'RESOURCE_ACCESS',
    name: 'Client credentials',
    conditions: {
      people: { users: { include: [] }, groups: { include: ['EVERYONE'] } },
      grantTypes: { include: ['client_credentials'] },
      scopes: { include: ['*'] },
    },
    actions: { token: { accessTokenLifetimeMinutes: 60 } },
  });
  const secret = seen[0];
  seen = [];
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    await send(`${sandbox.okta.url}/oauth2/default/v1/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api.access' }),
    });
  }
  expect(new Set(seen).size).toBe(2);
  expect(seen.every((token) => token.startsWith('eyJ'))).toBe(true);
  expect(sandbox.okta.secrets()).toEqual(expect.arrayContaining(seen));
});

test('of developers: mails, passwords, sessions, and those that ended', async () => {
  const [password, changed] = PASSWORDS;
  const { id: portal } = await konnect('POST', '/v3/portals', {
    name: 'portal',
    auto_approve_developers: true,
  });
  const visit = (path: string, body?: object, cookie = '') =>
    send(`${sandbox.portal.url}/${portal}/api/v3/developer${path}`, {
      method: 'POST',
      headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  const email = 'dev@example.test';
  await visit('', { email, full_name: 'Dev' });
  await visit('/verify-email', { token: sandbox.portal.mailsTo(email)[0]?.token });
  await visit('/reset-password', { token: seen.at(-1), password });
  await visit('/authenticate', { username: email, password });
  await visit('/refresh', undefined, `portalrefreshtoken=${seen.at(-1)}`);
  await visit('/logout', undefined, `portalaccesstoken=${seen.at(-2)}`);
  await visit('/forgot-password', { email });
  await visit('/reset-password', { token: sandbox.portal.mailsTo(email).at(-1)?.token, password: changed });
  await konnect('POST', `/v3/portals/${portal}/developers`, {
    email: 'invited@example.test',
    full_name: 'Invited',
    send_invitation_email: true,
  });
  await konnect('DELETE', `/v3/portals/${portal}`);

  const mailed = [email, 'invited@example.test'].flatMap((to) => sandbox.portal.mailsTo(to));
  expect(mailed).toHaveLength(3);
  const secrets = [...seen.filter((each) => each !== ''), ...mailed.map(({ token }) => token), ...PASSWORDS];
  // One token to set the password with, two sessions of two cookies, three mails, two passwords.
  expect(new Set(secrets).size).toBe(1 + 4 + 3 + 2);
  expect(sandbox.konnect.secrets()).toEqual(expect.arrayContaining([...secrets, sandbox.konnect.token]));
});
