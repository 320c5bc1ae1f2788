import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';

/*
 * What clients such as kongctl ask a tenant for beyond the how-to.
 */
let sandbox: Sandbox;
let admin: Admin;
let portal: string;
let api: string;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  admin = new Admin(sandbox);
  const labels = { 'KONGCTL-namespace': 'default' };
  ({ id: portal } = await admin.konnect('POST', '/v3/portals', { name: 'portal', labels }));
  ({ id: api } = await admin.konnect('POST', '/v3/apis', { name: 'api', labels }));
});

afterAll(() => sandbox.stop());

test.each([
  ['authentication-settings', { basic_auth_enabled: true, oidc_auth_enabled: false }],
  ['identity-providers', []],
  ['ip-allow-list', { data: [], meta: { size: 0, next: null, previous: null } }],
  ['snippets', { data: [], meta: { page: { total: 0 } } }],
  ['application-registrations', { data: [], meta: { page: { total: 0 } } }],
  ['email-templates', { data: [] }],
  ['customization', { menu: { main: [] } }],
  ['integrations', {}],
  ['audit-log-webhook', { enabled: false }],
  ['assets/logo', { data: expect.stringMatching(/^data:image\/png;base64,/) }],
  ['assets/favicon', { data: expect.stringMatching(/^data:image\/png;base64,/) }],
])('answers for %s of a portal', async (path, answer) => {
  expect(await admin.konnect('GET', `/v3/portals/${portal}/${path}`)).toMatchObject(answer);
});

test.each(['custom-domain', 'email-config'])('a portal has no %s', async (path) => {
  await expect(admin.konnect('GET', `/v3/portals/${portal}/${path}`)).rejects.toThrow(' 404 ');
});

test.each(['kong', 'konnect.x', 'insomnia', 'kuma-x', 'mesh', 'kic', '_x'])(
  'refuses the label %s, whose prefix is reserved',
  async (key) => {
    await expect(admin.konnect('PATCH', `/v3/apis/${api}`, { labels: { [key]: 'x' } })).rejects.toThrow(
      new RegExp(`400 .*"rule":"is_label","reason":"must not have the key ${key}"`),
    );
  },
);

test('a key of a label may have a space', async () => {
  const labels = { 'cost center': 'x1' };
  const { id } = await admin.konnect('POST', '/v3/portals', { name: 'spaces', labels });
  expect(await admin.konnect('GET', `/v3/portals/${id}`)).toMatchObject({ labels });
});

test('null takes a label away', async () => {
  const changed = { labels: { 'KONGCTL-namespace': null, team: 'orders' } };
  expect(await admin.konnect('PATCH', `/v3/portals/${portal}`, changed)).toMatchObject({
    labels: { team: 'orders' },
  });
});

test('a control plane implements an API', async () => {
  const plane = await admin.konnect('POST', '/v2/control-planes', { name: 'implementing' });
  const implementations = `/v3/apis/${api}/implementations`;
  const made = await admin.konnect('POST', implementations, {
    control_plane: { control_plane_id: plane.id },
  });
  const reference = { control_plane_id: plane.id, access_control_enforcement_enabled: false };
  expect(made).toMatchObject({ control_plane: reference });
  const filter = `filter[control_plane_id][eq]=${plane.id}`;
  expect(await admin.konnect('GET', `/v3/api-implementations?${filter}`)).toMatchObject({
    data: [{ api_id: api, control_plane: reference }],
  });
  expect((await fetch(`${sandbox.gateway.url}/anything`)).status).toBe(404);
  await admin.konnect('DELETE', `${implementations}/${made.id}`);
});

test('what is below one portal, API or control plane is not found below another', async () => {
  const other = await admin.konnect('POST', '/v3/portals', { name: 'other' });
  const otherApi = await admin.konnect('POST', '/v3/apis', { name: 'other' });
  const [one, two] = [
    await admin.konnect('POST', '/v2/control-planes', { name: 'one' }),
    await admin.konnect('POST', '/v2/control-planes', { name: 'two' }),
  ];
  const services = ({ id }: { id: string }) => `/v2/control-planes/${id}/core-entities/services`;
  const page = await admin.konnect('POST', `/v3/portals/${portal}/pages`, { slug: 's', content: 'c' });
  const team = await admin.konnect('POST', `/v3/portals/${portal}/teams`, { name: 't' });
  const version = await admin.konnect('POST', `/v3/apis/${api}/versions`, { spec: { content: '{}' } });
  const service = await admin.konnect('POST', services(one), { host: 'upstream.internal' });
  const updates: [string, string, object][] = [
    ['PATCH', `/v3/portals/${other.id}/pages/${page.id}`, { title: 'x' }],
    ['PATCH', `/v3/portals/${other.id}/teams/${team.id}`, { name: 'x' }],
    ['PATCH', `/v3/apis/${otherApi.id}/versions/${version.id}`, { version: '2' }],
    ['PUT', `${services(two)}/${service.id}`, { host: 'upstream.internal' }],
  ];
  for (const [method, path, body] of updates) {
    await expect(admin.konnect(method, path, body)).rejects.toThrow(' 404 ');
  }
});

test('a publication approves where the portal does not, and refuses nothing that the portal approves', async () => {
  const configs = {
    'openid-connect': {
      ...{ issuer: `${sandbox.okta.url}/oauth2/default`, credential_claim: ['clientId'] },
      ...{ scopes: ['api.access'], auth_methods: ['client_credentials'] },
    },
  };
  const { id: strategy } = await admin.konnect('POST', '/v2/application-auth-strategies', {
    ...{ name: 's', display_name: 's', strategy_type: 'openid_connect' },
    configs,
  });
  const developer = await admin.konnect('POST', `/v3/portals/${portal}/developers`, {
    ...{ email: 'dev@example.test', full_name: 'Dev' },
  });
  const status = async (ofPortal: boolean, ofPublication: boolean) => {
    await admin.konnect('PATCH', `/v3/portals/${portal}`, { auto_approve_applications: ofPortal });
    await admin.konnect('PUT', `/v3/apis/${api}/publications/${portal}`, {
      ...{ auth_strategy_ids: [strategy], auto_approve_registrations: ofPublication },
    });
    const applications = `/v3/portals/${portal}/applications`;
    const { id } = await admin.konnect('POST', applications, {
      ...{ name: 'app', client_id: 'client', auth_strategy_id: strategy },
      owner: { type: 'developer', id: developer.id },
    });
    const made = await admin.konnect('POST', `${applications}/${id}/registrations`, { api_id: api });
    await admin.konnect('DELETE', `${applications}/${id}`);
    return (made as { id: string; status?: string }).status;
  };
  expect([
    await status(false, false),
    await status(false, true),
    await status(true, false),
    await status(true, true),
  ]).toEqual(['pending', 'approved', 'approved', 'approved']);
});

test('a publication that leaves out its strategy takes the default of the portal, and with null it has no strategy', async () => {
  const configs = { 'key-auth': { key_names: ['key'] } };
  const { id: strategy } = await admin.konnect('POST', '/v2/application-auth-strategies', {
    ...{ name: 'default', display_name: 'Default', strategy_type: 'key_auth', configs },
  });
  const { id } = await admin.konnect('POST', '/v3/portals', {
    name: 'with a default',
    default_application_auth_strategy_id: strategy,
  });
  const publish = (body: object) => admin.konnect('PUT', `/v3/apis/${api}/publications/${id}`, body);
  expect(await publish({})).toMatchObject({ auth_strategy_ids: [strategy] });
  expect(await publish({ auth_strategy_ids: null })).toMatchObject({ auth_strategy_ids: null });
});
