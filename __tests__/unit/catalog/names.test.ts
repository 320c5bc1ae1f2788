import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { AuthorizationServer, DevPortal, OktaDevPortalOidc } from '../../../lib';
import { PortalCatalog } from '../../../lib/catalog';
import { CatalogFolder } from '../../support/catalog-fixture';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { ISSUER, OTHER_UUID, synthErrorOf, UUID } from '../../support/validation';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

const NAME = 'Give one of the two another name.';
const OF_STRATEGY = '(Okta: its access policy has it too)';

/** Names that a file has twice, by what is said. */
const twice: { readonly [text: string]: readonly string[] } = {
  'strategies:\n  a: { name: Same, scopes: [x] }\n  b: { name: Same, scopes: [y] }': [
    `catalog.yaml:3:14 strategies.b.name: must not be the name of another strategy: strategies.a has it ${OF_STRATEGY}. Received "Same". ${NAME}`,
  ],
  'strategies:\n  a: { name: Okta OIDC b, scopes: [x] }\n  b: { scopes: [y] }': [
    `catalog.yaml:3:3 strategies.b: must not go by the name of another strategy: strategies.a is called Okta OIDC b too ${OF_STRATEGY}. Received "b". ${NAME}`,
  ],
  'strategies:\n  b: { scopes: [y] }\n  a: { name: Okta OIDC b, scopes: [x] }': [
    `catalog.yaml:3:14 strategies.a.name: must not be the name of another strategy: strategies.b has it ${OF_STRATEGY}. Received "Okta OIDC b". ${NAME}`,
  ],
  'apis:\n  a: { name: Same }\n  b: { name: Same }\n  c: { name: Same }': [
    'catalog.yaml:3:14 apis.b.name: must not be the name of another API in the same version: apis.a has it (Konnect). Received "Same". Give one of the two another name or version.',
    'catalog.yaml:4:14 apis.c.name: must not be the name of another API in the same version: apis.a has it (Konnect). Received "Same". Give one of the two another name or version.',
  ],
  'apis:\n  a: { name: Same, version: "1" }\n  b: { name: Same, version: "2" }\n  c: { name: Same }': [],
  'apis:\n  a: { name: A, service: { host: a, name: s } }\n  s: { name: B, service: { host: b } }': [
    `catalog.yaml:3:3 apis.s: must not go by the name of another gateway service in the control plane: apis.a.service is called s too (Konnect). Received "s". ${NAME}`,
  ],
  [`apis:\n  a: { name: A, service: { host: a, routes: { main: { paths: [/a] } } } }\n  b: { name: B, service: { id: ${UUID}, controlPlane: main, routes: { main: { paths: [/b] } } } }`]:
    [
      `catalog.yaml:3:100 apis.b.service.routes.main: must not go by the name of another route in the control plane: apis.a.service.routes.main is called main too (Konnect). Received "main". ${NAME}`,
    ],
  'apis: { a: { name: A, service: { host: a, routes: { r: { name: s, paths: [/a] }, s: { paths: [/b] }, t: { name: s, paths: [/c] } } } } }':
    [
      `catalog.yaml:1:82 apis.a.service.routes.s: must not go by the name of another route in the control plane: apis.a.service.routes.r is called s too (Konnect). Received "s". ${NAME}`,
      `catalog.yaml:1:113 apis.a.service.routes.t.name: must not be the name of another route in the control plane: apis.a.service.routes.r has it (Konnect). Received "s". ${NAME}`,
    ],
};

test.each(Object.entries(twice))('%j', (text, faults) => {
  expect(folder.faultsOf(text)).toEqual(faults);
});

describe('names in several control planes', () => {
  const text = (first: string, second: string) =>
    `apis:
  a: { name: A, service: { controlPlane: ${first}, host: a, name: s, routes: { main: { paths: [/a] } } } }
  b: { name: B, service: { controlPlane: ${second}, host: b, name: s, routes: { main: { paths: [/b] } } } }`;
  const controlPlaneIds = { eu: UUID, us: OTHER_UUID, europe: UUID };

  test('may be the same', () => {
    expect(folder.faultsOf(text('eu', 'us'), { controlPlaneIds })).toEqual([]);
  });

  test('may not be the same in one that has two keys', () => {
    const places = folder
      .faultsOf(text('eu', 'europe'), { controlPlaneIds })
      .map((fault) => fault.split(': ')[0]);
    expect(places).toEqual([
      'catalog.yaml:3:65 apis.b.service.name',
      'catalog.yaml:3:78 apis.b.service.routes.main',
    ]);
  });

  test('are not asked for where nobody says which', () => {
    const without = text('eu', 'us').replaceAll(/controlPlane: \w+, /g, '');
    expect(folder.faultsOf(without, { controlPlaneIds })).toEqual([
      expect.stringContaining('apis.a.service: must have the key controlPlane'),
      expect.stringContaining('apis.b.service: must have the key controlPlane'),
    ]);
  });
});

test('a route goes by its key, or by a name beside it', () => {
  const { stack } = folder.catalogOf(`
apis:
  a: { name: A, service: { host: a, routes: { main: { paths: [/a] } } } }
  b: { name: B, service: { host: b, routes: { main: { name: b-main, paths: [/b] } } } }`);
  const routes = synthesize(stack).resources('konnect_gateway_route');
  expect(Object.values(routes).map(({ name }) => name)).toEqual(['main', 'b-main']);
});

describe('a name that another file or the code has, which synthesis finds out', () => {
  const CATALOG = 'apis: { orders: { name: Orders } }\n';

  /** A catalog for each region, on one authorization server. */
  function regions(...texts: readonly string[]): string | undefined {
    const stack = stackWithProviders();
    const authorizationServer = AuthorizationServer.fromAttributes(stack, 'server', {
      authorizationServerId: 'aus1',
      issuer: ISSUER,
    });
    for (const [index, text] of texts.entries()) {
      const region = ['us', 'eu'][index];
      const konnectProvider = new KonnectProvider(stack, region, { alias: region });
      const portals = {
        main: new DevPortal(stack, `${region}-portal`, { name: 'P', provider: konnectProvider }),
      };
      const file = folder.write(`${region}.yaml`, text);
      const catalog = new PortalCatalog(stack, `${region}-catalog`, {
        file,
        portals,
        authorizationServer,
        konnectProvider,
      });
      catalog.strategies[Object.keys(catalog.strategies)[0]].allowClient('0oa1');
    }
    return synthErrorOf(stack)?.replaceAll(`${folder.path}/`, '');
  }

  test('is told with the line, in the words of the file', () => {
    const read = 'strategies:\n  read: { scopes: [orders.read] }\n';
    expect(regions(read, read)).toContain(
      '[stack/eu-catalog/Strategy-read] stack/eu-catalog: invalid input\n  - eu.yaml:2:3 strategies.read.name: must be the name of one access policy only on its authorization server (Okta). Received "Okta OIDC read, the name of stack/us-catalog/Strategy-read". Give one of the two strategies another name.\n',
    );
  });

  test('is told of files without strategies, and the remedy is one', () => {
    const remedy = 'strategies: { default: { name: <another name>, scopes: [api.access] } }';
    expect(regions(CATALOG, CATALOG)).toContain(
      `[stack/eu-catalog/Strategy-default] stack/eu-catalog: invalid input\n  - eu.yaml:1:1 strategies: must be the name of one access policy only on its authorization server (Okta). Received "Okta OIDC, the name of stack/us-catalog/Strategy-default". Add ${remedy}.\n`,
    );
    expect(regions(CATALOG, `${CATALOG}${remedy}\n`)).toBeUndefined();
  });

  test('is told of a strategy of the code', () => {
    const text = 'strategies:\n  read:\n    name: Readers\n    scopes: [orders.read]\n';
    const { stack } = folder.catalogOf(text);
    const late = folder.catalogOf(text);
    new OktaDevPortalOidc(stack, 'oidc', { name: 'Readers' });
    expect(synthErrorOf(stack)).toContain('[stack/oidc] stack/oidc: invalid input\n  - name: ');
    expect(synthErrorOf(late.stack)).toBeUndefined();
    const first = stackWithProviders();
    new OktaDevPortalOidc(first, 'oidc', { name: 'Readers' });
    new PortalCatalog(first, 'catalog', { file: folder.write('catalog.yaml', text), portals: {} });
    expect(synthErrorOf(first)?.replaceAll(`${folder.path}/`, '')).toContain(
      'catalog.yaml:3:11 strategies.read.name: must be the name of one auth strategy only in its region: people and scripts find a strategy by it. Received "Readers, the name of stack/oidc". Give one of the two another name.',
    );
  });
});
