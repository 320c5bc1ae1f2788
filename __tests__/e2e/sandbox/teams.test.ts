import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { konnectProvider } from '../../../packages/sandbox/src/fake-providers/konnect';
import type { ApiClient, ResourceType } from '../../../packages/sandbox/src/providers/definition';
import { Admin } from '../../support/admin';

/*
 * Teams of developers, their members and roles: what the tenant refuses, and what the resources of the provider
 * make of it.
 */
const UNKNOWN = '11111111-1111-4111-8111-111111111111';

let sandbox: Sandbox;
let admin: Admin;
let before: object;
let portal: string;
let api: string;
let team: string;
let developer: string;

const teams = () => `/v3/portals/${portal}/teams`;
const role = (change: object = {}) => ({
  role_name: 'API Viewer',
  entity_id: api,
  entity_type_name: 'Services',
  entity_region: 'us',
  ...change,
});

beforeEach(async () => {
  sandbox = await Sandbox.start();
  admin = new Admin(sandbox);
  before = sandbox.konnect.snapshot();
  ({ id: portal } = await admin.konnect('POST', '/v3/portals', { name: 'portal', rbac_enabled: true }));
  ({ id: api } = await admin.konnect('POST', '/v3/apis', { name: 'api' }));
  ({ id: team } = await admin.konnect('POST', teams(), { name: 'team' }));
  const person = { email: 'd@example.test', full_name: 'D', status: 'approved' };
  ({ id: developer } = await admin.konnect('POST', `/v3/portals/${portal}/developers`, person));
});

afterEach(() => sandbox.stop());

const list = async (path: string) =>
  ((await admin.konnect('GET', path)) as unknown as { data: object[] }).data;

const refusal = (method: string, path: string, body?: object) =>
  admin.konnect(method, path, body).then(
    () => 'accepted',
    ({ message }: Error) => /: (\d{3} .*)$/.exec(message)?.[1] ?? message,
  );

test('a team has members and roles, and takes both with it', async () => {
  expect(await admin.konnect('GET', `${teams()}/${team}`)).toMatchObject({
    name: 'team',
    description: null,
    can_own_applications: false,
  });
  const changed = { name: 'team', description: 'd', can_own_applications: null };
  expect(await admin.konnect('PATCH', `${teams()}/${team}`, changed)).toMatchObject({
    description: 'd',
    can_own_applications: false,
  });
  await admin.konnect('POST', `${teams()}/${team}/developers`, { id: developer });
  const assigned = await admin.konnect('POST', `${teams()}/${team}/assigned-roles`, role());
  expect(assigned).toEqual({ id: assigned.id, ...role() });
  expect(await list(`${teams()}/${team}/assigned-roles`)).toEqual([assigned]);
  expect(await list(`${teams()}/${team}/developers`)).toMatchObject([{ id: developer, active: true }]);
  expect(await list(`/v3/portals/${portal}/developers/${developer}/teams`)).toMatchObject([{ id: team }]);
  expect(await list(teams())).toMatchObject([{ id: team }]);
  await admin.konnect('DELETE', `${teams()}/${team}`);
  expect(sandbox.konnect.snapshot()).toMatchObject({ teams: [], teamMembers: [], teamRoles: [] });
  expect(await list(`/v3/portals/${portal}/developers/${developer}/teams`)).toEqual([]);
});

test('developers, APIs and portals leave nothing behind', async () => {
  await admin.konnect('POST', `${teams()}/${team}/developers`, { id: developer });
  await admin.konnect('POST', `${teams()}/${team}/assigned-roles`, role());
  await admin.konnect('DELETE', `/v3/portals/${portal}/developers/${developer}`);
  expect(sandbox.konnect.snapshot()).toMatchObject({ teamMembers: [] });
  await admin.konnect('DELETE', `/v3/apis/${api}`);
  expect(sandbox.konnect.snapshot()).toMatchObject({ teamRoles: [] });
  await admin.konnect('DELETE', `/v3/portals/${portal}`);
  expect(sandbox.konnect.snapshot()).toEqual(before);
});

test('refuses what Konnect refuses', async () => {
  const roles = `${teams()}/${team}/assigned-roles`;
  const members = `${teams()}/${team}/developers`;
  expect(await refusal('POST', teams(), { name: '' })).toMatch(
    /^400 .*"field":"name".*must have at least 1 character/,
  );
  expect(await refusal('POST', teams(), { name: 't', description: 'x'.repeat(251) })).toMatch(
    /^400 .*"field":"description".*must have at most 250 characters/,
  );
  expect(await refusal('POST', `/v3/portals/${UNKNOWN}/teams`, { name: 't' })).toMatch(/^404 /);
  expect(await refusal('GET', `/v3/portals/${UNKNOWN}/teams/${team}`)).toMatch(/^404 /);
  expect(await refusal('POST', roles, role({ role_name: 'Admin' }))).toMatch(
    /^400 .*"field":"role_name".*must be one of/,
  );
  expect(await refusal('POST', roles, role({ entity_id: 'x' }))).toMatch(
    /^400 .*"field":"entity_id","rule":"is_uuid"/,
  );
  expect(await refusal('POST', roles, role({ entity_type_name: 'APIs' }))).toMatch(/^400 .*entity_type_name/);
  expect(await refusal('POST', roles, role({ entity_region: 'xx' }))).toMatch(
    /^400 .*"field":"entity_region".*must be/,
  );
  expect(await refusal('POST', roles, role({ entity_id: UNKNOWN }))).toMatch(/^404 /);
  expect(await refusal('POST', roles, role())).toBe('accepted');
  expect(await refusal('POST', roles, role())).toMatch(/^409 /);
  expect(await refusal('DELETE', `${roles}/${UNKNOWN}`)).toMatch(/^404 /);
  expect(await refusal('POST', members, { id: 'x' })).toMatch(/^400 .*"field":"id","rule":"is_uuid"/);
  expect(await refusal('POST', members, { id: UNKNOWN })).toMatch(/^404 /);
  expect(await refusal('POST', members, { id: developer })).toBe('accepted');
  expect(await refusal('POST', members, { id: developer })).toMatch(/^409 /);
  const other = await admin.konnect('POST', '/v3/portals', { name: 'other' });
  const foreign = { email: 'd@example.test', full_name: 'D' };
  const { id } = await admin.konnect('POST', `/v3/portals/${other.id}/developers`, foreign);
  expect(await refusal('POST', members, { id })).toMatch(/^404 /);
});

test('names the roles that there are', async () => {
  expect(await admin.konnect('GET', '/v3/portal-roles')).toMatchObject({
    services: {
      name: 'Services',
      roles: { apiviewer: { name: 'API Viewer' }, apiconsumer: { name: 'API Consumer' } },
    },
  });
});

describe('the resources of the provider', () => {
  let client: ApiClient;
  let resources: { readonly [type: string]: ResourceType };

  beforeEach(() => {
    const provider = konnectProvider({ url: sandbox.konnect.url, token: sandbox.konnect.token });
    client = provider.connect({})(new AbortController().signal);
    ({ resources } = provider);
    sandbox.requests.clear();
  });

  const writes = () => sandbox.requests.writes().map(({ method, path, body }) => [method, path, body]);

  test('konnect_portal_team sends null for a missing description', async () => {
    const { konnect_portal_team: resource } = resources;
    const planned = { portal_id: portal, name: 'T', description: null, can_own_applications: null };
    const created = await resource.create(client, planned);
    const changed = await resource.update(client, { ...created, description: 'd' }, created);
    expect(await resource.read(client, changed)).toEqual(changed);
    expect(changed).toMatchObject({ portal_id: portal, description: 'd', can_own_applications: false });
    const id = String(created.id);
    const imported = resource.import(JSON.stringify({ id, portal_id: portal }));
    expect(await resource.read(client, imported)).toEqual(changed);
    await resource.delete(client, changed);
    expect(await resource.read(client, changed)).toBeUndefined();
    expect(writes()).toEqual([
      ['POST', teams(), { name: 'T', description: null }],
      ['PATCH', `${teams()}/${id}`, { name: 'T', description: 'd', can_own_applications: false }],
      ['DELETE', `${teams()}/${id}`, undefined],
    ]);
  });

  test('konnect_portal_team_role is replaced by every change, never read, and deleted once', async () => {
    const { konnect_portal_team_role: resource } = resources;
    const planned = { portal_id: portal, team_id: team, ...role() };
    const created = await resource.create(client, planned);
    const path = `${teams()}/${team}/assigned-roles`;
    expect(created).toEqual({ ...planned, id: created.id });
    expect([...(resource.replacedBy ?? [])].sort()).toEqual(Object.keys(planned).sort());
    await resource.delete(client, created);
    expect(await resource.read(client, created)).toEqual(created);
    await resource.delete(client, created);
    expect(() => resource.import('x')).toThrow('konnect_portal_team_role cannot be imported');
    expect(writes()).toEqual([
      ['POST', path, role()],
      ['DELETE', `${path}/${String(created.id)}`, undefined],
      ['DELETE', `${path}/${String(created.id)}`, undefined],
    ]);
  });

  test('konnect_portal_team_developer puts a developer in a team and takes them out', async () => {
    const { konnect_portal_team_developer: resource } = resources;
    const planned = { portal_id: portal, team_id: team, developer_id: developer };
    const created = await resource.create(client, planned);
    expect(created).toEqual(planned);
    expect(await list(`${teams()}/${team}/developers`)).toHaveLength(1);
    await resource.delete(client, created);
    expect(await list(`${teams()}/${team}/developers`)).toEqual([]);
    expect(await resource.read(client, created)).toEqual(created);
    expect(() => resource.import('x')).toThrow('konnect_portal_team_developer cannot be imported');
    expect(writes()).toEqual([
      ['POST', `${teams()}/${team}/developers`, { id: developer }],
      ['DELETE', `${teams()}/${team}/developers/${developer}`, undefined],
    ]);
  });
});
