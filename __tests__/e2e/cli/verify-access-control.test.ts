import { CommandSetup } from '../../support/command-setup';

/*
 * `verify` for an API that is linked to a control plane: the plugin `ace` enforces its strategy for the operations of its
 * specification.
 */
interface Link {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy?: string;
}

const PATHS = { '/anything': { post: {}, get: {} }, '/other/{id}': { get: {} } };

let setup: CommandSetup;
let plugins: string;
let plugin: string;
let version: string;

beforeEach(async () => {
  setup = await CommandSetup.create();
  plugins = `/v2/control-planes/${setup.made.controlPlaneId}/core-entities/plugins`;
  ({ pluginId: plugin, versionId: version } = await setup.extras.enforceAccess(PATHS));
  await setup.register();
});

afterEach(() => setup.stop());

async function verify(...options: string[]) {
  const { stdout } = await setup.verify('--json', ...options);
  const { ok, links } = JSON.parse(stdout) as { ok: boolean; links: Link[] };
  return { ok, link: (name: string) => links.find((each) => each.name === name) };
}

const changePlugin = (changes: object) =>
  setup.made.admin.konnect('PUT', `${plugins}/${plugin}`, { name: 'ace', ...changes });

const changeSpecification = async (paths: object) => {
  await setup.made.admin.konnect('PATCH', `/v3/apis/${setup.made.apiId}/versions/${version}?force=true`, {
    spec: { content: JSON.stringify({ openapi: '3.1.0', paths }) },
  });
};

test('is OK, and requests an operation without parameters that a route takes', async () => {
  const { ok, link } = await verify();
  expect(link('implementation')).toMatchObject({
    status: 'ok',
    detail: 'linked to control plane quickstart, which enforces access control, GET /anything',
  });
  expect(link('with-credentials')?.detail).toBe('200');
  expect(link('without-credentials')?.detail).toBe('401');
  expect(link('wrong-secret')?.detail).toBe('401');
  expect(ok).toBe(true);
  expect((await verify('--path', '/anything')).ok).toBe(true);
});

test.each<[string, () => Promise<unknown>, RegExp, RegExp]>([
  [
    'the plugin is missing',
    () => setup.made.admin.konnect('DELETE', `${plugins}/${plugin}`),
    /control plane quickstart, which has no plugin ace .*, so the API is open/,
    /Enforce access control on the control plane/,
  ],
  [
    'the plugin is only on a service',
    () => changePlugin({ service: { id: setup.made.serviceId } }),
    /which has no plugin ace/,
    /Enforce access control on the control plane/,
  ],
  [
    'the plugin is disabled',
    () => changePlugin({ enabled: false }),
    /plugin ace is disabled/,
    /Enable the plugin/,
  ],
  [
    'the API has no operation',
    () => changeSpecification({}),
    /authenticates no request/,
    /specification of the API/,
  ],
  [
    'the API has no operation, and the gateway requires one',
    async () => {
      await changePlugin({ config: { match_policy: 'required' } });
      await changeSpecification({});
    },
    /answers 404 to all requests/,
    /specification of the API/,
  ],
  [
    'no route takes an operation',
    () => changeSpecification({ '/elsewhere': { get: {} } }),
    /none of whose routes takes an operation/,
    /Add a route for \/elsewhere/,
  ],
])('is broken if %s', async (_, breakIt, detail, remedy) => {
  await breakIt();
  const { ok, link } = await verify();
  expect(ok).toBe(false);
  expect(link('implementation')).toMatchObject({
    status: 'failed',
    detail: expect.stringMatching(detail),
    remedy: expect.stringMatching(remedy),
  });
  expect(link('with-credentials')?.status).toBe('skipped');
});

test('warns about an anonymous consumer, and the requests prove that the API is open', async () => {
  await changePlugin({ config: { anonymous: 'nobody' } });
  const { ok, link } = await verify();
  expect(link('implementation')).toMatchObject({
    status: 'ok',
    detail: expect.stringContaining('as consumer nobody'),
    remedy: expect.stringContaining('Remove anonymous'),
  });
  expect(link('without-credentials')?.detail).toContain('200 instead of 401');
  expect(ok).toBe(false);
});

test('warns about an API that is linked to a service of the control plane', async () => {
  const { id } = await setup.made.admin.konnect('POST', '/v3/apis', { name: 'Stock' });
  await setup.made.admin.konnect('POST', `/v3/apis/${id}/implementations`, {
    service: { id: setup.made.serviceId, control_plane_id: setup.made.controlPlaneId },
  });
  expect((await verify()).link('implementation')).toMatchObject({
    status: 'ok',
    detail: expect.stringContaining('another API is linked to a service of it'),
    remedy: expect.stringContaining('Kong forbids'),
  });
});

test('sends no request without an operation that has a plain path', async () => {
  await changeSpecification({ '/anything/{id}': { get: {} } });
  const { link } = await verify();
  expect(link('implementation')?.status).toBe('ok');
  expect(link('with-credentials')).toMatchObject({
    status: 'skipped',
    remedy: expect.stringContaining('--path'),
  });
  expect((await verify('--path', '/anything/1')).ok).toBe(true);
});

test('names the specification where the gateway requires an operation', async () => {
  await changePlugin({ config: { match_policy: 'required' } });
  expect((await verify()).ok).toBe(true);
  const { link } = await verify('--path', '/anything/else');
  for (const name of ['with-credentials', 'without-credentials']) {
    expect(link(name)).toMatchObject({
      detail: expect.stringContaining('GET /anything/else matches no operation of the API'),
      remedy: expect.stringContaining('--path'),
    });
  }
});
