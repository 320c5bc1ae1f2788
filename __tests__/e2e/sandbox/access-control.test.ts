import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';

/*
 * The plugin `ace` of a control plane, and operations of an API that is linked to the control plane.
 */
interface Plugin {
  readonly id: string;
  readonly config: { readonly match_policy: string };
}

interface List<T> {
  readonly data: readonly T[];
}

let sandbox: Sandbox;
let admin: Admin;
let plane: string;
let plugins: string;
let api: string;

beforeEach(async () => {
  sandbox = await Sandbox.start();
  admin = new Admin(sandbox);
  ({ id: plane } = await admin.konnect('POST', '/v2/control-planes', { name: 'shop' }));
  plugins = `/v2/control-planes/${plane}/core-entities/plugins`;
  ({ id: api } = await admin.konnect('POST', '/v3/apis', { name: 'Shop', version: '1.0' }));
});

afterEach(() => sandbox.stop());

const link = () =>
  admin.konnect('POST', `/v3/apis/${api}/implementations`, { control_plane: { control_plane_id: plane } });

const specify = (paths: object) =>
  admin.konnect('POST', `/v3/apis/${api}/versions`, {
    version: '1.0',
    spec: { content: JSON.stringify({ openapi: '3.1.0', paths }) },
  });

async function get<T>(path: string): Promise<T> {
  return (await admin.konnect('GET', path)) as unknown as T;
}

test('a plugin has defaults, is changed, and is there once', async () => {
  const made = (await admin.konnect('POST', plugins, { name: 'ace', instance_name: 'access' })) as Plugin;
  expect(made).toMatchObject({
    ...{ name: 'ace', enabled: true, protocols: ['grpc', 'grpcs', 'http', 'https'] },
    config: { match_policy: 'if_present', anonymous: null },
  });
  await expect(admin.konnect('POST', plugins, { name: 'ace' })).rejects.toThrow(/409.*UNIQUE violation/);
  const changed = { name: 'ace', instance_name: 'access', config: { match_policy: 'required' } };
  await admin.konnect('PUT', `${plugins}/${made.id}`, changed);
  expect((await get<Plugin>(`${plugins}/access`)).config.match_policy).toBe('required');
  expect((await get<List<Plugin>>(plugins)).data.map(({ id }) => id)).toEqual([made.id]);
  await admin.konnect('DELETE', `/v2/control-planes/${plane}`);
  expect((sandbox.konnect.snapshot() as { plugins: object[] }).plugins).toEqual([]);
});

test.each([
  [{ name: 'key-auth' }],
  [{}],
  [{ name: 'ace', config: { match_policy: 'present' } }],
  [{ name: 'ace', config: { matchPolicy: 'required' } }],
  [{ name: 'ace', protocols: ['tcp'] }],
])('%j is no plugin', async (body) => {
  await expect(admin.konnect('POST', plugins, body)).rejects.toThrow(': 400 ');
});

test('the link of an API says whether the control plane has the plugin', async () => {
  const { id } = await link();
  const isEnforced = async () => {
    const found = await get<{ control_plane: object }>(`/v3/apis/${api}/implementations/${id}`);
    return found.control_plane;
  };
  const reference = { control_plane_id: plane };
  expect(await isEnforced()).toEqual({ ...reference, access_control_enforcement_enabled: false });
  await admin.konnect('POST', plugins, { name: 'ace' });
  expect(await isEnforced()).toEqual({ ...reference, access_control_enforcement_enabled: true });
  expect(await get(`/v3/apis/${api}`)).toMatchObject({ implementation_mode: 'access_control_enforcement' });
});

describe('operations', () => {
  const list = () => get<List<object>>(`/v3/apis/${api}/operations`);

  test('are those of the current version, with the routes that take them', async () => {
    await expect(list()).rejects.toThrow(': 404 ');
    await link();
    expect((await list()).data).toEqual([]);
    const services = `/v2/control-planes/${plane}/core-entities/services`;
    const { id: service } = await admin.konnect('POST', services, {
      name: 'orders',
      host: 'orders.internal',
    });
    const { id: route } = await admin.konnect('POST', services.replace('services', 'routes'), {
      ...{ name: 'orders', paths: ['/orders'], hosts: ['shop.example.com'], protocols: ['http'] },
      service: { id: service },
    });
    await specify({
      '/orders/': { get: {}, summary: 'Orders' },
      '/orders': { get: {} },
      '/other': { post: {} },
    });
    const id = expect.any(String);
    expect((await list()).data).toEqual([
      {
        ...{ id, method: 'GET', path: '/orders' },
        implementation_status: {
          matched: true,
          route: { id: route, name: 'orders' },
          service: { id: service, name: 'orders' },
        },
      },
      {
        ...{ id, method: 'POST', path: '/other' },
        implementation_status: { matched: false, route: null, service: null },
      },
    ]);
  });

  test('are removed only by force', async () => {
    await link();
    const { id } = await specify({ '/orders': { get: {} }, '/other': { post: {} } });
    const version = `/v3/apis/${api}/versions/${id}`;
    const fewer = { spec: { content: JSON.stringify({ paths: { '/orders': { get: {} } } }) } };
    await expect(admin.konnect('PATCH', version, fewer)).rejects.toThrow(/409.*POST \/other/);
    await admin.konnect('PATCH', `${version}?force=true`, fewer);
    expect((await list()).data).toHaveLength(1);
  });

  test.each(['asyncapi: 3.0.0', '[', 'paths: 1'])('%j has none', async (content) => {
    await link();
    await admin.konnect('POST', `/v3/apis/${api}/versions`, { version: '1.0', spec: { content } });
    expect((await list()).data).toEqual([]);
  });
});
