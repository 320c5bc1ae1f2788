import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import type { TerraformStack } from 'cdktf';
import { AuthorizationServer, ControlPlane, DevPortal, OktaDevPortalOidc } from '../../../lib';
import { PortalCatalog } from '../../../lib/catalog';
import { CatalogFolder, type ExpectedFailure, type PropsOf } from '../../support/catalog-fixture';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { catchSynthError, ISSUER, OTHER_UUID, parseFailures, UUID } from '../../support/validation';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

const STRATEGY = /must be the name of one auth strategy only/;
const API = /must not be the name of another API/;
const SERVICE = /must not be the name of another gateway service/;
const ROUTE = /must not be the name of another route/;

/** Expects that synthesis of a valid catalog has exactly these failures. */
function expectFailures(text: string, expected: readonly ExpectedFailure[], propsOf?: PropsOf): void {
  const { stack } = folder.catalogOf(text, propsOf);
  const failures = failuresIn(stack).map(({ prop, text: rule }) => ({
    place: prop.replace('catalog.yaml:', ''),
    rule,
  }));
  expect(failures).toEqual(expected.map(([place, rule]) => ({ place, rule: expect.stringMatching(rule) })));
}

function failuresIn(stack: TerraformStack) {
  return parseFailures((catchSynthError(stack) ?? '').replaceAll(`${folder.path}/`, ''));
}

/** Failures by text of a catalog. */
const twice: { readonly [text: string]: readonly ExpectedFailure[] } = {
  'strategies:\n  a: { name: Same, scopes: [x] }\n  b: { name: Same, scopes: [y] }': [
    ['3:14 strategies.b.name', STRATEGY],
  ],
  'strategies:\n  a: { name: Okta OIDC b, scopes: [x] }\n  b: { scopes: [y] }': [
    ['3:3 strategies.b', STRATEGY],
  ],
  'strategies:\n  b: { scopes: [y] }\n  a: { name: Okta OIDC b, scopes: [x] }': [
    ['3:14 strategies.a.name', STRATEGY],
  ],
  'apis:\n  a: { name: Same }\n  b: { name: Same }\n  c: { name: Same }': [
    ['3:14 apis.b.name', API],
    ['4:14 apis.c.name', API],
  ],
  'apis:\n  a: { name: Same, version: "1" }\n  b: { name: Same, version: "2" }\n  c: { name: Same }': [],
  'apis:\n  a: { name: A, service: { host: a, name: s } }\n  s: { name: B, service: { host: b } }': [
    ['3:17 apis.s.service', SERVICE],
  ],
  [`apis:\n  a: { name: A, service: { host: a, routes: { main: { paths: [/a] } } } }\n  b: { name: B, service: { id: ${UUID}, controlPlane: main, routes: { main: { paths: [/b] } } } }`]:
    [['3:100 apis.b.service.routes.main', ROUTE]],
  'apis: { a: { name: A, service: { host: a, routes: { r: { name: s, paths: [/a] }, s: { paths: [/b] }, t: { name: s, paths: [/c] } } } } }':
    [
      ['1:82 apis.a.service.routes.s', ROUTE],
      ['1:113 apis.a.service.routes.t.name', ROUTE],
    ],
};

test.each(Object.entries(twice))('%j', (text, expected) => {
  expectFailures(text, expected);
});

describe('names in several control planes', () => {
  const text = (first: string, second: string) =>
    `apis:
  a: { name: A, service: { controlPlane: ${first}, host: a, name: s, routes: { main: { paths: [/a] } } } }
  b: { name: B, service: { controlPlane: ${second}, host: b, name: s, routes: { main: { paths: [/b] } } } }`;
  const propsOf = (stack: TerraformStack) => ({
    controlPlanes: {
      eu: ControlPlane.fromControlPlaneId(stack, 'eu', UUID),
      us: ControlPlane.fromControlPlaneId(stack, 'us', OTHER_UUID),
      europe: ControlPlane.fromControlPlaneId(stack, 'europe', UUID),
      created: new ControlPlane(stack, 'created', { name: 'created' }),
    },
  });

  test.each([
    ['eu', 'us'],
    ['eu', 'created'],
  ])('may be the same: %s and %s', (first, second) => {
    expectFailures(text(first, second), [], propsOf);
  });

  test('must differ in one control plane with two keys', () => {
    expectFailures(
      text('eu', 'europe'),
      [
        ['3:65 apis.b.service.name', SERVICE],
        ['3:78 apis.b.service.routes.main', ROUTE],
      ],
      propsOf,
    );
  });

  test('are not checked while the control plane is missing', () => {
    folder.expectFailures(
      text('eu', 'us').replaceAll(/controlPlane: \w+, /g, ''),
      [
        ['2:17 apis.a.service.controlPlane', /is required/],
        ['3:17 apis.b.service.controlPlane', /is required/],
      ],
      propsOf,
    );
  });
});

test('a route is named after its key unless it has a name', () => {
  const { stack } = folder.catalogOf(`
apis:
  a: { name: A, service: { host: a, routes: { main: { paths: [/a] } } } }
  b: { name: B, service: { host: b, routes: { main: { name: b-main, paths: [/b] } } } }`);
  const routes = synthesize(stack).resources('konnect_gateway_route');
  expect(Object.values(routes).map(({ name }) => name)).toEqual(['main', 'b-main']);
});

describe('names of other files and of the code', () => {
  const API_ONLY = 'apis: { orders: { name: Orders } }\n';

  /** Failures of a catalog for each region, on one authorization server. */
  function failuresOfRegions(...catalogs: readonly string[]) {
    const stack = stackWithProviders();
    const authorizationServer = AuthorizationServer.fromAttributes(stack, 'server', {
      authorizationServerId: 'aus1',
      issuer: ISSUER,
    });
    for (const [index, text] of catalogs.entries()) {
      const region = ['us', 'eu'][index];
      const konnectProvider = new KonnectProvider(stack, region, { alias: region });
      const catalog = new PortalCatalog(stack, `${region}-catalog`, {
        file: folder.write(`${region}.yaml`, text),
        portals: { main: new DevPortal(stack, `${region}-portal`, { name: 'P', provider: konnectProvider }) },
        authorizationServer,
        konnectProvider,
      });
      Object.values(catalog.strategies)[0].allowClient('0oa1');
    }
    return failuresIn(stack);
  }

  test('have the place in the file', () => {
    const read = 'strategies:\n  read: { scopes: [orders.read] }\n';
    expect(failuresOfRegions(read, read)).toEqual([
      {
        path: 'stack/eu-catalog',
        prop: 'eu.yaml:2:3 strategies.read',
        text: expect.stringMatching(/must be the name of one access policy only/),
      },
    ]);
  });

  test('have a remedy for files without strategies', () => {
    const remedy = 'strategies: { default: { name: <another name>, scopes: [api.access] } }';
    expect(failuresOfRegions(API_ONLY, API_ONLY)).toEqual([
      { path: 'stack/eu-catalog', prop: 'eu.yaml:1:1', text: expect.stringContaining(`Add ${remedy}.`) },
    ]);
    expect(failuresOfRegions(API_ONLY, `${API_ONLY}${remedy}\n`)).toEqual([]);
  });

  test('have the place of a name that the code uses', () => {
    const stack = stackWithProviders();
    new OktaDevPortalOidc(stack, 'oidc', { name: 'Readers' });
    const text = 'strategies:\n  read:\n    name: Readers\n    scopes: [orders.read]\n';
    new PortalCatalog(stack, 'catalog', { file: folder.write('catalog.yaml', text), portals: {} });
    expect(failuresIn(stack)).toEqual([
      {
        path: 'stack/catalog',
        prop: 'catalog.yaml:3:11 strategies.read.name',
        text: expect.stringMatching(/must be the name of one auth strategy only.*stack\/oidc/),
      },
    ]);
  });
});
