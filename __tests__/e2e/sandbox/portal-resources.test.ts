import { konnectProvider } from '../../../packages/sandbox/src/fake-providers/konnect';
import type { ApiClient, Attributes, ResourceType } from '../../../packages/sandbox/src/providers/definition';
import { plan } from '../../../packages/sandbox/src/providers/planner';
import { ProviderSchema } from '../../../packages/sandbox/src/providers/schema';

/*
 * Developers, applications and registrations, which konnect has from 3.21 on: what the fake providers send and
 * plan. No recording of the real provider holds them; the source is its documentation.
 */
const { resources, schemaFile } = konnectProvider({ url: 'http://127.0.0.1:9', token: 'token' });
const types = [
  'konnect_portal_developer',
  'konnect_portal_application',
  'konnect_portal_application_registration',
] as const;
const [developer, application, registration] = types.map((type) => resources[type]);
const later = Object.fromEntries(
  types.map((type) => [type, resources[type].schema ?? { version: 0, block: {} }]),
);
const schema = ProviderSchema.fromFile(schemaFile, later);

type Write = [method: string, path: string, body?: unknown];
let writes: Write[];

const api: ApiClient = {
  send: async (method, path, body) => {
    writes.push(body === undefined ? [method, path] : [method, path, body]);
    return { status: 200, body: { ...(body as object), id: 'i' }, headers: new Headers() };
  },
};

beforeEach(() => {
  writes = [];
});

const person = { portal_id: 'p', email: 'dev@example.com', full_name: 'Dev', send_invitation_email: false };
const app = {
  portal_id: 'p',
  name: 'My app',
  client_id: '0oa1',
  auth_strategy_id: 's',
  owner: { type: 'developer', id: 'd' },
};
const request = { portal_id: 'p', application_id: 'a', api_id: 'x' };

test('a developer is created, let in later, and deleted', async () => {
  const created = await developer.create(api, person);
  expect(created).toMatchObject({ id: 'i', portal_id: 'p', send_invitation_email: false });
  await developer.update(api, { ...created, status: 'approved' }, created);
  await developer.delete(api, created);
  const { portal_id: _, ...body } = person;
  expect(writes).toEqual([
    ['POST', '/v3/portals/p/developers', body],
    ['PATCH', '/v3/portals/p/developers/i', { status: 'approved' }],
    ['DELETE', '/v3/portals/p/developers/i'],
  ]);
});

test('an application is created, given to somebody else, and deleted', async () => {
  const created = await application.create(api, app);
  expect(created).toMatchObject({ id: 'i', portal_id: 'p', auth_strategy_id: 's', client_id: '0oa1' });
  const owner = { type: 'developer', id: 'e' };
  await application.update(api, { ...created, owner }, created);
  await application.delete(api, created);
  const { portal_id: _, ...body } = app;
  expect(writes).toEqual([
    ['POST', '/v3/portals/p/applications', body],
    ['PATCH', '/v3/portals/p/applications/i', { owner }],
    ['DELETE', '/v3/portals/p/applications/i'],
  ]);
});

test('a registration is created, approved later, and deleted', async () => {
  const created = await registration.create(api, request);
  expect(created).toMatchObject({ id: 'i', ...request });
  await registration.update(api, { ...created, status: 'approved' }, created);
  await registration.delete(api, created);
  expect(writes).toEqual([
    ['POST', '/v3/portals/p/applications/a/registrations', { api_id: 'x' }],
    ['PATCH', '/v3/portals/p/applications/a/registrations/i', { status: 'approved' }],
    ['DELETE', '/v3/portals/p/applications/a/registrations/i'],
  ]);
});

describe('a change', () => {
  /** Attributes that replace the resource when all of `changed` change. */
  function replaces(
    type: (typeof types)[number],
    before: Attributes,
    changed: Attributes,
  ): readonly string[] {
    const configuration = { ...before, ...changed };
    const prior = { id: 'i', ...before };
    const proposed = { ...prior, ...changed };
    return plan(schema.resource(type), resources[type], { prior, proposed, configuration }).replacedBy;
  }

  test.each<[(typeof types)[number], Attributes, Attributes, string[]]>([
    [types[0], person, { email: 'e@example.com', full_name: 'E', status: 'revoked' }, ['email', 'full_name']],
    [types[0], { ...person, status: 'pending' }, { status: 'approved' }, []],
    [types[1], app, { name: 'n', auth_strategy_id: 't' }, ['name', 'auth_strategy_id']],
    [
      types[1],
      app,
      { client_id: 'c', description: 'd', labels: { a: 'b' } },
      ['client_id', 'description', 'labels'],
    ],
    [types[1], app, { owner: { type: 'developer', id: 'e' }, portal_id: 'q' }, []],
    [types[2], request, { api_id: 'y' }, ['api_id']],
    [types[2], request, { status: 'approved', application_id: 'b' }, []],
  ])('of %s %j to %j replaces it by %j', (type, before, changed, expected) => {
    expect(replaces(type, before, changed)).toEqual(expected);
  });
});

test.each<[ResourceType, object]>([
  [developer, { id: 'i', portal_id: 'p' }],
  [application, { id: 'i', portal_id: 'p' }],
  [registration, { application_id: 'a', id: 'i', portal_id: 'p' }],
])('is imported by its own id and those of its parents', ({ import: importId }, id) => {
  expect(importId(JSON.stringify(id))).toEqual(id);
  expect(() => importId('i')).toThrow('invalid import id i');
});

test('strategies are replaced, or changed in place where the later provider is asked for', async () => {
  const later = konnectProvider({ url: 'http://127.0.0.1:9', token: 'token' }, { strategiesInPlace: true });
  const [before, after] = [resources, later.resources].map((all) => all.konnect_application_auth_strategy);
  expect([before.replacedBy, after.replacedBy]).toEqual([['openid_connect', 'key_auth'], undefined]);
  const openidConnect = { name: 'n', display_name: 'd', configs: { openid_connect: { scopes: ['a'] } } };
  await after.update(api, { id: 'i', openid_connect: openidConnect }, { id: 'i' });
  expect(writes).toEqual([
    [
      'PUT',
      '/v2/application-auth-strategies/i',
      {
        strategy_type: 'openid_connect',
        name: 'n',
        display_name: 'd',
        dcr_provider_id: null,
        configs: { 'openid-connect': { scopes: ['a'] } },
      },
    ],
  ]);
});
