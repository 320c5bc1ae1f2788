import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';

/*
 * Lists of the APIs: filters, sorting and pages, as they are published.
 */
let sandbox: Sandbox;
let admin: Admin;
let controlPlane: string;

interface Listed {
  readonly data: readonly { readonly name: string; readonly slug?: string }[];
  readonly offset?: string;
}

beforeAll(async () => {
  sandbox = await Sandbox.start();
  admin = new Admin(sandbox);
  for (const [name, version, env] of [
    ['orders', '1.0', 'production'],
    ['orders', '2.0', 'staging'],
    ['invoices', '1.0', 'staging'],
  ] as const) {
    await admin.konnect('POST', '/v3/apis', { name, version, labels: { env }, attributes: { team: [env] } });
  }
  ({ id: controlPlane } = await admin.konnect('POST', '/v2/control-planes', {
    name: 'plane',
    labels: { env: 'staging', 'KONGCTL-namespace': 'default' },
  }));
  for (const name of ['a', 'b', 'c']) {
    await admin.konnect('POST', services(), { name, host: 'upstream.internal', tags: [name, 'all'] });
  }
  for (const label of ['one', 'two']) {
    const { id } = await admin.okta('POST', '/apps', {
      ...{ name: 'oidc_client', label, signOnMode: 'OPENID_CONNECT', credentials: {} },
      settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
    });
    if (label === 'two') {
      await admin.okta('POST', `/apps/${id}/lifecycle/deactivate`);
    }
  }
});

afterAll(() => sandbox.stop());

const services = () => `/v2/control-planes/${controlPlane}/core-entities/services`;
const list = async (path: string) => (await admin.konnect('GET', path)) as unknown as Listed;
const names = async (path: string) => (await list(path)).data.map(({ name }) => name);

test.each([
  ['filter[name]=orders', ['orders', 'orders']],
  ['filter[name][eq]=invoices', ['invoices']],
  ['filter[name][neq]=orders', ['invoices']],
  ['filter[name][contains]=VOIC', ['invoices']],
  ['filter[name][oeq]=invoices,nothing', ['invoices']],
  ['filter[name][ocontains]=voic,nothing', ['invoices']],
  ['filter[labels.env]=staging', ['orders', 'invoices']],
  ['filter[labels.env][neq]=staging', ['orders']],
  ['filter[attributes.team][eq]=production', ['orders']],
  ['filter[name]=orders&filter[version]=2.0', ['orders']],
  ['filter[created_at][lt]=2020-01-01T00:00:00Z', []],
  ['sort=name', ['invoices', 'orders', 'orders']],
  ['sort=name desc,version desc', ['orders', 'orders', 'invoices']],
  ['page[size]=1&page[number]=3', ['invoices']],
])('APIs by %s', async (query, expected) => {
  expect(await names(`/v3/apis?${query}`)).toEqual(expected);
});

test.each([
  ['labels=env:staging', ['plane']],
  ['labels=env', ['plane']],
  ['labels=env:production', []],
  ['filter[cluster_type][eq]=CLUSTER_TYPE_CONTROL_PLANE', ['plane']],
  ['filter[cloud_gateway]=true', []],
])('control planes by %s', async (query, expected) => {
  expect(await names(`/v2/control-planes?${query}`)).toEqual(expected);
});

test.each([
  ['filter[name][eq]=b', ['b']],
  ['filter[name][contains]=c', ['c']],
  ['tags=a,all', ['a']],
  ['tags=a/b', ['a', 'b']],
])('services by %s', async (query, expected) => {
  expect(await names(`${services()}?${query}`)).toEqual(expected);
});

test('services are paged by offset, and found by name', async () => {
  const { data, offset } = await list(`${services()}?size=2`);
  expect(data.map(({ name }) => name)).toEqual(['a', 'b']);
  const last = await list(`${services()}?size=2&offset=${offset}`);
  expect([last.data.map(({ name }) => name), last.offset]).toEqual([['c'], undefined]);
  expect(await admin.konnect('GET', `${services()}/c`)).toMatchObject({ name: 'c' });
});

test.each([
  ['an unknown name', '/v3/apis?name=x', 'name', 'unknown_property'],
  ['a filter of an unknown field', '/v3/apis?filter[color]=x', 'filter[color]', 'unknown_property'],
  ['an unknown operator', '/v3/apis?filter[name][like]=x', 'filter[name][like]', 'unknown_property'],
  ['an id without operator', '/v3/api-publications?filter[api_id]=x', 'filter[api_id]', 'unknown_property'],
  ['a page size of 0', '/v3/apis?page[size]=0', 'page[size]', 'matches_regex'],
  ['a page size of 1001', '/v3/apis?page[size]=1001', 'page[size]', 'matches_regex'],
  ['a page number that is no number', '/v3/apis?page[number]=x', 'page[number]', 'matches_regex'],
  ['pages of portal pages', '/v3/portals/PORTAL/pages?page[size]=10', 'page[size]', 'unknown_property'],
  ['a query of a single entity', '/v3/portals/PORTAL?page[size]=10', 'page[size]', 'unknown_property'],
])('Konnect refuses %s', async (_what, path, field, rule) => {
  const response = await fetch(`${sandbox.konnect.url}${path}`, {
    headers: { authorization: `Bearer ${sandbox.konnect.token}` },
  });
  const { detail, invalid_parameters: invalid } = (await response.json()) as {
    detail: string;
    invalid_parameters: object[];
  };
  expect([response.status, detail]).toEqual([400, 'Invalid Parameters']);
  expect(invalid).toEqual([expect.objectContaining({ field, rule, source: 'query' })]);
});

test('the pages of a portal are a tree without their content', async () => {
  const { id } = await admin.konnect('POST', '/v3/portals', { name: 'portal' });
  const pages = `/v3/portals/${id}/pages`;
  const guide = await admin.konnect('POST', pages, { slug: 'guide', content: '# Guide' });
  await admin.konnect('POST', pages, { slug: 'start', content: '# Start', parent_page_id: guide.id });
  await admin.konnect('POST', pages, { slug: 'about', content: '# About' });
  expect(await admin.konnect('GET', pages)).toEqual({
    data: [
      expect.objectContaining({
        slug: 'guide',
        children: [expect.objectContaining({ slug: 'start', parent_page_id: guide.id, children: [] })],
      }),
      expect.objectContaining({ slug: 'about', parent_page_id: null, children: [] }),
    ],
  });
  expect(JSON.stringify(await admin.konnect('GET', pages))).not.toContain('# ');
  expect((await list(`${pages}?filter[slug][eq]=start`)).data).toEqual([
    expect.objectContaining({ slug: 'start' }),
  ]);
});

test.each([
  ['filter=status eq "INACTIVE"', ['two']],
  ['filter=status eq "ACTIVE" and name eq "oidc_client"', ['one']],
  ['filter=label eq "one" or label eq "two"', ['one', 'two']],
  ['q=TW', ['two']],
  ['limit=1', ['one']],
])('applications by %s', async (query, expected) => {
  const found = (await admin.okta('GET', `/apps?${query}`)) as unknown as { label: string }[];
  expect(found.map(({ label }) => label)).toEqual(expected);
});

test.each([
  ['a limit of 0', 'limit=0', 'E0000001'],
  ['a limit of 201', 'limit=201', 'E0000001'],
  ['a filter that is no expression', 'filter=status is INACTIVE', 'E0000031'],
])('Okta refuses %s', async (_what, query, code) => {
  await expect(admin.okta('GET', `/apps?${query}`)).rejects.toThrow(`400 {"errorCode":"${code}"`);
});
