import { konnectProvider } from '../../../packages/sandbox/src/fake-providers/konnect';
import { oktaProvider } from '../../../packages/sandbox/src/fake-providers/okta';
import {
  type ApiClient,
  type Attributes,
  type ResourceType,
  UNKNOWN,
} from '../../../packages/sandbox/src/providers/definition';

/*
 * What the resources send beyond what was recorded, against an API that keeps what it is sent.
 */
const { resources: okta } = oktaProvider({ url: 'http://127.0.0.1:9', apiToken: 'token' });
const { resources: konnect } = konnectProvider({ url: 'http://127.0.0.1:9', token: 'token' });

type Write = [method: string, path: string, body?: unknown];
let writes: Write[];
let kept: object;

const api: ApiClient = {
  send: async (method, path, body) => {
    const answer = (content: unknown) => ({ status: 200, body: content, headers: new Headers() });
    if (path.startsWith('/api/v1/policies')) {
      return answer([{ id: 'rst1', system: true }]);
    }
    if (method !== 'GET') {
      writes.push(body === undefined ? [method, path] : [method, path, body]);
    } else if (path.endsWith('/idToken')) {
      return answer({});
    }
    kept = { ...kept, ...(body as object | undefined) };
    return answer(JSON.parse(JSON.stringify({ ...kept, id: 'id1' })));
  },
};

beforeEach(() => {
  writes = [];
  kept = {};
});

const planned = ({ defaults = {} }: ResourceType, attributes: Attributes): Attributes => ({
  ...defaults,
  ...attributes,
});

const web = { label: 'x', type: 'web', redirect_uris: ['https://a/c'] };

test('konnect_application_auth_strategy reads back neither labels nor settings where there are none', async () => {
  const { konnect_application_auth_strategy: strategy } = konnect;
  const openid_connect = {
    ...{ name: 'n', display_name: 'd', labels: {} },
    configs: { openid_connect: { scopes: ['a'], additional_properties: '{}' } },
  };
  const { id } = await strategy.create(api, planned(strategy, { openid_connect }));
  expect(await strategy.read(api, { id })).toMatchObject({
    openid_connect: {
      labels: null,
      configs: { openid_connect: { scopes: ['a'], additional_properties: null } },
    },
  });
});

describe('okta_app_oauth', () => {
  const { okta_app_oauth: application } = okta;

  test('takes the grant types that its type needs when it has none', async () => {
    await application.create(api, planned(application, web));
    expect(writes[0]).toMatchObject([
      'POST',
      '/api/v1/apps?activate=true',
      { settings: { oauthClient: { grant_types: ['authorization_code'], response_types: ['code'] } } },
    ]);
    expect(writes.slice(1)).toEqual([['PUT', '/api/v1/apps/id1/policies/rst1']]);
  });

  test('reads back every attribute that it sent', async () => {
    const attributes = {
      ...web,
      grant_types: ['authorization_code', 'refresh_token'],
      client_uri: 'https://a',
      login_uri: 'https://a/login',
      logo_uri: 'https://a/logo.png',
      tos_uri: 'https://a/tos',
      policy_uri: 'https://a/policy',
      admin_note: 'note',
      profile: '{"a": 1}',
      refresh_token_leeway: 10,
      refresh_token_rotation: 'ROTATE',
      user_name_template_suffix: 'suffix',
    };
    expect(await application.create(api, planned(application, attributes))).toMatchObject(attributes);
  });

  test.each([
    [
      'web',
      ['client_credentials'],
      /of type "web".* must contain authorization_code, received client_credentials$/,
    ],
    ['service', ['authorization_code'], /of type "service".* must contain client_credentials/],
    ['browser', ['password'], /of type "browser", it can contain implicit.*, received password$/],
  ])('of type %s does not take %j', async (type, grants, message) => {
    const attempt = application.create(api, planned(application, { label: 'x', type, grant_types: grants }));
    await expect(attempt).rejects.toThrow(message);
    expect(writes).toEqual([]);
  });

  test('is not activated when it is created inactive, and deleted without being deactivated', async () => {
    await application.create(api, planned(application, { ...web, status: 'INACTIVE' }));
    expect(writes[0].slice(0, 2)).toEqual(['POST', '/api/v1/apps?activate=false']);
    writes = [];
    await application.delete(api, { id: 'id1', status: 'INACTIVE' });
    expect(writes).toEqual([['DELETE', '/api/v1/apps/id1']]);
  });

  test('changes its status alone with one request', async () => {
    const prior = planned(application, { ...web, id: 'id1' });
    await application.update(api, { ...prior, status: 'INACTIVE' }, prior);
    expect(writes).toEqual([['POST', '/api/v1/apps/id1/lifecycle/deactivate']]);
  });

  test('is replaced when its type or its client id changes', () => {
    expect(application.replacedBy).toEqual(['client_id', 'type']);
  });
});

test('okta_auth_server_policy changes its status with a separate request', async () => {
  const { okta_auth_server_policy: policy } = okta;
  const attributes = { id: 'id1', auth_server_id: 'default', name: 'P', description: 'd', priority: 1 };
  const prior = planned(policy, { ...attributes, client_whitelist: ['ALL_CLIENTS'] });
  await policy.update(api, { ...prior, status: 'INACTIVE' }, prior);
  const path = '/api/v1/authorizationServers/default/policies/id1';
  expect(writes.map(([method, url]) => [method, url])).toEqual([
    ['PUT', path],
    ['POST', `${path}/lifecycle/deactivate`],
  ]);
});

test('okta_auth_server without a description sends none', async () => {
  const { okta_auth_server: server } = okta;
  const state = await server.create(api, planned(server, { name: 's', audiences: ['a'], description: null }));
  expect(writes[0][2]).not.toHaveProperty('description');
  expect(state.description).toBeNull();
});

test('a key_auth strategy keeps its time to live', async () => {
  const { konnect_application_auth_strategy: strategy } = konnect;
  const configs = { key_auth: { key_names: ['x'], ttl: { unit: 'days', value: 3 } } };
  const key_auth = { name: 'k', display_name: 'k', strategy_type: 'key_auth', configs };
  expect(await strategy.create(api, { key_auth, openid_connect: null })).toMatchObject({ key_auth });
  expect(writes[0][2]).toMatchObject({ configs: { 'key-auth': configs.key_auth } });
});

test('konnect_api_version sends the content of its specification only', async () => {
  const { konnect_api_version: version } = konnect;
  const prior = { api_id: 'a', id: 'id1', version: '1', spec: { content: 'c', type: 'oas3' } };
  await version.update(api, prior, prior);
  expect(writes).toEqual([['PATCH', '/v3/apis/a/versions/id1', { version: '1', spec: { content: 'c' } }]]);
});

test('konnect_api_document sends the place of a document, also at the top', async () => {
  const { konnect_api_document: document } = konnect;
  const prior = { api_id: 'a', id: 'id1', slug: 's', content: 'c', status: 'published', title: 't' };
  await document.update(api, { ...prior, title: UNKNOWN, parent_document_id: null }, prior);
  const body = { parent_document_id: null, slug: 's', content: 'c', status: 'published', title: 't' };
  expect(writes).toEqual([['PATCH', '/v3/apis/a/documents/id1', body]]);
});

test('konnect_api keeps the text of its attributes when it means the same', async () => {
  const { konnect_api: catalogued } = konnect;
  const attributes = '{ "env": ["prod"] }';
  expect((await catalogued.create(api, { name: 'a', attributes })).attributes).toBe(attributes);
  expect(catalogued.ignoresChange?.('attributes', attributes, '{"env":["prod"]}')).toBe(true);
});

test('a gateway service and a route without a name send null', async () => {
  const { konnect_gateway_service: service, konnect_gateway_route: route } = konnect;
  await service.create(api, planned(service, { control_plane_id: 'cp', host: 'h' }));
  await route.create(api, planned(route, { control_plane_id: 'cp', paths: ['/x'] }));
  expect(writes[0][2]).toMatchObject({ name: null, path: null });
  expect(writes[1][2]).toMatchObject({ name: null, service: null });
});
