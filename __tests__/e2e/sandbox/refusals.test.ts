import { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/*
 * The sandbox refuses what the real APIs refuse: each row is a request, the status, and what the error says.
 */
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await Sandbox.start();
});

afterAll(() => sandbox.stop());

async function send(base: string, authorization: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(method !== 'GET' && method !== 'DELETE' && { body: JSON.stringify(body ?? {}) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text ? JSON.parse(text) : {},
  };
}

describe('Okta', () => {
  const servers = '/api/v1/authorizationServers';
  const okta = (method: string, path: string, body?: unknown) =>
    send(sandbox.okta.url, `SSWS ${sandbox.okta.apiToken}`, method, path, body);
  const claim = { name: 'clientId', claimType: 'RESOURCE', valueType: 'EXPRESSION', value: 'app.clientId' };
  const policy = (clients: string[]) => ({ name: 'p', conditions: { clients: { include: clients } } });
  const app = (client: object) => ({
    ...{ name: 'oidc_client', label: 'app', signOnMode: 'OPENID_CONNECT', credentials: {} },
    settings: { oauthClient: client },
  });
  const redirect = { redirect_uris: ['https://localhost/callback'] };

  test.each<[string, string, string, unknown, number, string, string]>([
    [
      'no name',
      'POST',
      `${servers}/default/scopes`,
      {},
      400,
      'E0000001',
      'name: The field cannot be left blank',
    ],
    [
      'a name that is taken',
      'POST',
      `${servers}/default/scopes`,
      { name: 'openid' },
      400,
      'E0000001',
      'name: An object with this field already exists in the current organization',
    ],
    [
      'a scope with a space',
      'POST',
      `${servers}/default/scopes`,
      { name: 'a b' },
      400,
      'E0000001',
      'name: The scope name must not contain whitespace, quotes or backslashes.',
    ],
    [
      'a reserved claim',
      'POST',
      `${servers}/default/claims`,
      { ...claim, name: 'cid' },
      400,
      'E0000001',
      'name: cid is reserved and cannot be used in an access token.',
    ],
    [
      'an invalid expression',
      'POST',
      `${servers}/default/claims`,
      { ...claim, value: 'app.' },
      400,
      'E0000001',
      'value: Invalid expression app..',
    ],
    [
      'a claim of an unknown scope',
      'POST',
      `${servers}/default/claims`,
      { ...claim, conditions: { scopes: ['x'] } },
      400,
      'E0000001',
      'scopes: x not found in the authorization server.',
    ],
    [
      'a policy of an unknown client',
      'POST',
      `${servers}/default/policies`,
      policy(['0oa1']),
      400,
      'E0000001',
      'clients: Invalid client id 0oa1.',
    ],
    [
      'a policy without clients',
      'POST',
      `${servers}/default/policies`,
      policy([]),
      400,
      'E0000001',
      'clients: A policy needs at least one client.',
    ],
    [
      'two audiences',
      'POST',
      servers,
      { name: 'x', audiences: ['a', 'b'] },
      400,
      'E0000001',
      'audiences: The authorization server must have one audience.',
    ],
    [
      'a web app without authorization_code',
      'POST',
      '/api/v1/apps',
      app({ application_type: 'web', grant_types: ['client_credentials'], ...redirect }),
      400,
      'E0000001',
      "grant_types: 'web' applications may have authorization_code, implicit, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:saml2-bearer and must have authorization_code.",
    ],
    [
      'a web app without redirect URI',
      'POST',
      '/api/v1/apps',
      app({ application_type: 'web', grant_types: ['authorization_code'] }),
      400,
      'E0000001',
      "redirect_uris: 'redirect_uris' must have at least 1 redirect URI.",
    ],
  ])('refuses %s', async (_what, method, path, body, status, errorCode, cause) => {
    const answer = await okta(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ errorCode, errorCauses: [{ errorSummary: cause }] });
  });

  test.each([
    ['an unknown scope', 'GET', `${servers}/default/scopes/scp1`, 404, 'E0000007'],
    ['an unknown server', 'GET', `${servers}/aus1`, 404, 'E0000007'],
    ['an unknown app', 'DELETE', '/api/v1/apps/0oa1', 404, 'E0000007'],
    ['the deletion of the default server', 'DELETE', `${servers}/default`, 403, 'E0000006'],
  ])('refuses %s', async (_what, method, path, status, errorCode) => {
    expect(await okta(method, path)).toMatchObject({ status, body: { errorCode, errorCauses: [] } });
  });

  test('refuses a rule with an unknown grant, an unknown scope or a lifetime out of range', async () => {
    const { body: made } = await okta('POST', `${servers}/default/policies`, policy(['ALL_CLIENTS']));
    const rule = (grant: string, scope: string, minutes: number) => ({
      name: 'r',
      type: 'RESOURCE_ACCESS',
      conditions: { grantTypes: { include: [grant] }, scopes: { include: [scope] } },
      actions: { token: { accessTokenLifetimeMinutes: minutes } },
    });
    const rules = `${servers}/default/policies/${made.id}/rules`;
    const answers = [
      await okta('POST', rules, rule('magic', '*', 60)),
      await okta('POST', rules, rule('client_credentials', 'nowhere', 60)),
      await okta('POST', rules, rule('client_credentials', '*', 4)),
      await okta('POST', rules, rule('client_credentials', '*', 1441)),
    ];
    expect(answers.map(({ status, body }) => [status, body.errorCauses[0].errorSummary])).toEqual([
      [400, 'grantTypes: Invalid grant type magic.'],
      [400, 'scopes: nowhere not found in the authorization server.'],
      [400, 'accessTokenLifetimeMinutes: must be between 5 and 1440.'],
      [400, 'accessTokenLifetimeMinutes: must be between 5 and 1440.'],
    ]);
    expect((await okta('POST', rules, rule('client_credentials', '*', 60))).status).toBe(201);
    expect((await okta('DELETE', `${servers}/default/policies/${made.id}`)).status).toBe(204);
  });

  test('refuses to delete an active application and an active server', async () => {
    const grants = { application_type: 'service', grant_types: ['client_credentials'] };
    const { body: made } = await okta('POST', '/api/v1/apps', app(grants));
    const { body: server } = await okta('POST', servers, { name: 'own', audiences: ['api://own'] });
    for (const path of [`/api/v1/apps/${made.id}`, `${servers}/${server.id}`]) {
      expect(await okta('DELETE', path)).toMatchObject({ status: 403, body: { errorCode: 'E0000056' } });
      await okta('POST', `${path}/lifecycle/deactivate`);
      expect((await okta('DELETE', path)).status).toBe(204);
    }
  });

  test('refuses another token', async () => {
    const answer = await send(sandbox.okta.url, 'SSWS wrong', 'GET', servers);
    expect(answer).toMatchObject({
      status: 401,
      body: { errorCode: 'E0000011', errorSummary: 'Invalid token provided' },
    });
  });

  test('leads through a list page by page', async () => {
    const first = await fetch(`${sandbox.okta.url}${servers}/default/scopes?limit=5`, {
      headers: { authorization: `SSWS ${sandbox.okta.apiToken}` },
    });
    expect(((await first.json()) as unknown[]).length).toBe(5);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await fetch(next, { headers: { authorization: `SSWS ${sandbox.okta.apiToken}` } });
    expect(((await second.json()) as { name: string }[]).map(({ name }) => name)).toEqual([
      'offline_access',
      'device_sso',
    ]);
    expect(second.headers.get('link')).not.toContain('rel="next"');
  });
});

describe('Konnect', () => {
  const konnect = (method: string, path: string, body?: unknown) =>
    send(sandbox.konnect.url, `Bearer ${sandbox.konnect.token}`, method, path, body);
  const unknown = '11111111-1111-4111-8111-111111111111';
  const oidc = {
    issuer: 'https://issuer.example/oauth2/default',
    credential_claim: ['a'],
    scopes: ['b'],
    auth_methods: ['bearer'],
  };
  const strategy = (change: object) => ({
    name: 's',
    display_name: 's',
    strategy_type: 'openid_connect',
    configs: { 'openid-connect': { ...oidc, ...change } },
  });

  test.each<[string, string, string, unknown, number, string]>([
    ['a portal without name', 'POST', '/v3/portals', {}, 400, 'Invalid Parameters: name is required'],
    [
      'a visibility',
      'POST',
      '/v3/portals',
      { name: 'p', default_api_visibility: 'x' },
      400,
      'Invalid Parameters: default_api_visibility must be one of public, private',
    ],
    [
      'a reserved label',
      'POST',
      '/v3/apis',
      { name: 'a', labels: { kong: 'x' } },
      400,
      'Invalid Parameters: labels must not have the key kong',
    ],
    [
      'a label that ends in a dash',
      'POST',
      '/v3/apis',
      { name: 'a', labels: { team: 'x-' } },
      400,
      'Invalid Parameters: labels.team must match pattern "^[a-z0-9A-Z]{1}([a-z0-9A-Z-._]*[a-z0-9A-Z]+)?$"',
    ],
    [
      'an issuer that is too long',
      'POST',
      '/v2/application-auth-strategies',
      strategy({ issuer: `https://a/${'x'.repeat(256)}` }),
      400,
      'Invalid Parameters: configs.openid-connect.issuer must have at most 256 characters',
    ],
    [
      'an issuer that is no URL',
      'POST',
      '/v2/application-auth-strategies',
      strategy({ issuer: 'nowhere' }),
      400,
      'Invalid Parameters: configs.openid-connect.issuer must match pattern "^https?://": configs.openid-connect.issuer must be of format uri',
    ],
    [
      '11 claims',
      'POST',
      '/v2/application-auth-strategies',
      strategy({ credential_claim: Array(11).fill('a') }),
      400,
      'Invalid Parameters: configs.openid-connect.credential_claim must have at most 10 items',
    ],
    [
      '51 scopes',
      'POST',
      '/v2/application-auth-strategies',
      strategy({ scopes: Array(51).fill('a') }),
      400,
      'Invalid Parameters: configs.openid-connect.scopes must have at most 50 items',
    ],
    [
      'a long auth method',
      'POST',
      '/v2/application-auth-strategies',
      strategy({ auth_methods: ['x'.repeat(65)] }),
      400,
      'Invalid Parameters: configs.openid-connect.auth_methods[0] must have at most 64 characters',
    ],
    ['an unknown API', 'GET', `/v3/apis/${unknown}`, undefined, 404, `API ${unknown} not found`],
    [
      'a publication of an unknown API',
      'PUT',
      `/v3/apis/${unknown}/publications/${unknown}`,
      {},
      404,
      `API ${unknown} not found`,
    ],
    [
      'an unknown control plane',
      'POST',
      `/v2/control-planes/${unknown}/core-entities/services`,
      { host: 'h' },
      404,
      `Control plane ${unknown} not found`,
    ],
  ])('refuses %s', async (_what, method, path, body, status, detail) => {
    const answer = await konnect(method, path, body);
    const { detail: said, invalid_parameters: invalid = [] } = answer.body as {
      detail: string;
      invalid_parameters?: { field: string; reason: string }[];
    };
    const reasons = invalid.map(({ field, reason }) => `${field} ${reason}`);
    expect(answer).toMatchObject({ status, body: { status } });
    expect([said, ...reasons].join(': ')).toBe(detail);
    expect(answer.type).toContain('application/problem+json');
  });

  test('refuses what is in use, and what is there already', async () => {
    const { body: portal } = await konnect('POST', '/v3/portals', { name: 'portal' });
    const { body: api } = await konnect('POST', '/v3/apis', { name: 'api' });
    const { body: used } = await konnect('POST', '/v2/application-auth-strategies', strategy({}));
    const publication = `/v3/apis/${api.id}/publications/${portal.id}`;
    const publish = (ids: string[]) => konnect('PUT', publication, { auth_strategy_ids: ids });
    expect((await publish([used.id])).status).toBe(200);

    const conflict = (answer: Awaited<ReturnType<typeof konnect>>) =>
      expect(answer).toMatchObject({ status: 409 });
    conflict(await konnect('DELETE', `/v2/application-auth-strategies/${used.id}`));
    conflict(await konnect('DELETE', `/v3/portals/${portal.id}`));
    conflict(await konnect('POST', '/v3/portals', { name: 'portal' }));
    conflict(await konnect('POST', '/v3/apis', { name: 'api' }));

    const developers = `/v3/portals/${portal.id}/developers`;
    const { body: developer } = await konnect('POST', developers, {
      email: 'd@example.test',
      full_name: 'D',
    });
    expect(developer.status).toBe('pending');
    conflict(await konnect('POST', developers, { email: 'd@example.test', full_name: 'D' }));
    const applications = `/v3/portals/${portal.id}/applications`;
    const owner = { type: 'developer', id: developer.id };
    const application = { name: 'app', client_id: 'c', auth_strategy_id: used.id, owner };
    const { body: made } = await konnect('POST', applications, application);
    conflict(await konnect('POST', applications, application));
    expect(await konnect('PATCH', `${applications}/${made.id}`, { auth_strategy_id: used.id })).toMatchObject(
      { status: 400 },
    );
    const registrations = `${applications}/${made.id}/registrations`;
    expect((await konnect('POST', registrations, { api_id: api.id })).status).toBe(201);
    conflict(await konnect('POST', registrations, { api_id: api.id }));

    expect(await publish([used.id, used.id])).toMatchObject({ status: 400 });
    expect(await publish([unknown])).toMatchObject({ status: 400 });
    expect((await konnect('DELETE', `/v3/portals/${portal.id}?force=true`)).status).toBe(204);
    expect((await konnect('GET', publication)).status).toBe(404);
    expect((await konnect('DELETE', `/v2/application-auth-strategies/${used.id}`)).status).toBe(204);
  });

  test('refuses another token', async () => {
    expect(await send(sandbox.konnect.url, 'Bearer wrong', 'GET', '/v3/apis')).toMatchObject({ status: 401 });
  });
});
