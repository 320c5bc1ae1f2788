import { join } from 'node:path';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  AuthorizationServer,
  ControlPlane,
  MatchPolicy,
  OktaDevPortalOidc,
  ValidationError,
} from '../../../lib';
import { CatalogError, PortalCatalog } from '../../../lib/catalog';
import { CatalogFolder } from '../../support/catalog-fixture';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, OTHER_UUID, UUID } from '../../support/validation';
import '../../../testing/jest';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

const CATALOG = `
strategies:
  read: { scopes: [orders.read] }
  write: { name: Writers, displayName: Write, scopes: [orders.read, orders.write], accessPolicy: { accessTokenLifetimeMinutes: 15 }, labels: { team: orders } }
apis:
  orders:
    name: Orders
    version: '1.0'
    description: All orders
    slug: orders
    labels: { team: orders }
    specification: orders.json
    service:
      host: orders.internal
      port: 8080
      path: /v1
      retries: 2
      routes:
        orders: { paths: [/orders], methods: [GET], stripPath: false }
    strategy: write
    portals:
      main:
      members: { visibility: private, autoApproveRegistrations: true }
  stock:
    name: Stock
    service: { id: ${OTHER_UUID}, routes: { stock: { hosts: [stock.example.com] } } }
    strategy: read
    portals: { main: }
clients:
  shop: { label: Shop, redirectUris: [https://shop.example.com/callback], strategies: [read, write] }
  job: { label: Job, type: service, strategies: [read] }
`;

test('every value of a file reaches its resource', () => {
  folder.write('orders.json', '{"openapi":"3.1.0"}');
  const { stack } = folder.catalogOf(CATALOG);
  const json = synthesize(stack);
  expect(json.json).toMatchProviderSchemas();
  expect(json.counts()).toMatchObject({
    konnect_api: 2,
    konnect_api_implementation: 2,
    konnect_api_publication: 3,
    konnect_api_version: 1,
    konnect_application_auth_strategy: 2,
    konnect_gateway_route: 2,
    konnect_gateway_service: 1,
    okta_app_oauth: 2,
    okta_auth_server_claim: 1,
    okta_auth_server_policy: 2,
    okta_auth_server_scope: 2,
  });
  expect(json.resources('konnect_api')).toMatchObject({
    'catalog_Api-orders_37AD94A3': expect.objectContaining({ name: 'Orders' }),
  });
  expect(json.only('konnect_gateway_service')).toMatchObject({
    control_plane_id: UUID,
    host: 'orders.internal',
    name: 'orders',
    path: '/v1',
    port: 8080,
    retries: 2,
  });
  expect(json.only('konnect_api_version').spec).toEqual({ content: '{"openapi":"3.1.0"}' });
  const publications = Object.values(json.resources('konnect_api_publication'));
  expect(publications.map(({ visibility }) => visibility).sort()).toEqual(['private', 'public', 'public']);
  const [ofMembers] = publications.filter(({ visibility }) => visibility === 'private');
  expect(ofMembers.auto_approve_registrations).toBe(true);
  const strategies = Object.values(json.resources('konnect_application_auth_strategy'));
  expect(strategies.map(({ openid_connect: each }) => (each as { name: string }).name)).toEqual([
    'Okta OIDC read',
    'Writers',
  ]);
});

test('a client of two strategies is one application, in both policies', () => {
  const { stack, catalog } = folder.catalogOf(CATALOG);
  const json = synthesize(stack);
  const policies = Object.values(json.resources('okta_auth_server_policy'));
  const [shop] = Object.keys(json.resources('okta_app_oauth')).filter((name) => name.includes('shop'));
  expect(policies.map(({ client_whitelist: clients }) => (clients as string[]).length)).toEqual([2, 1]);
  expect(policies[1].client_whitelist).toEqual([`\${okta_app_oauth.${shop}.client_id}`]);
  expect(Object.keys(catalog.clients)).toEqual(['shop', 'job']);
});

test('constructs are there by key, with the keys as ids', () => {
  const { catalog } = folder.catalogOf(CATALOG);
  expect(Object.keys(catalog.strategies)).toEqual(['read', 'write']);
  expect(catalog.apis.orders.node.path).toBe('stack/catalog/Api-orders');
  expect(catalog.clients.shop.node.path).toBe('stack/catalog/Strategy-read/Client-shop');
  expect(catalog.strategies.write.publications.map(({ node }) => node.path)).toEqual([
    'stack/catalog/Strategy-write/Publication-orders.main',
    'stack/catalog/Strategy-write/Publication-orders.members',
  ]);
  expect(catalog.node.findChild('Service-orders').node.id).toBe('Service-orders');
});

test('a file without strategies has one with the scope api.access', () => {
  const { stack, catalog } = folder.catalogOf(
    'apis: { orders: { name: Orders, portals: { main: } } }\nclients: { job: { label: Job, type: service } }',
  );
  const json = synthesize(stack);
  expect(json.only('okta_auth_server_scope').name).toBe('api.access');
  expect(json.only('konnect_application_auth_strategy').openid_connect).toMatchObject({ name: 'Okta OIDC' });
  expect(Object.keys(catalog.strategies)).toEqual(['default']);
});

test('the file can use an authentication of the code', () => {
  const { catalog } = folder.catalogOf('clients: { job: { label: Job, type: service } }', (stack) => ({
    strategies: {
      platform: OktaDevPortalOidc.fromAttributes(stack, 'oidc', {
        authorizationServerId: 'aus1',
        issuer: 'https://example.okta.com/oauth2/aus1',
        scopeNames: ['api.access'],
        strategyId: UUID,
      }),
    },
  }));
  expect(Object.keys(catalog.strategies)).toEqual(['platform']);
  expect(catalog.strategies.platform.clients).toEqual([catalog.clients.job]);
});

test('uses server and providers of the code', () => {
  const stack = stackWithProviders();
  const authorizationServer = AuthorizationServer.fromAttributes(stack, 'server', {
    authorizationServerId: 'aus1',
    issuer: 'https://example.okta.com/oauth2/aus1',
  });
  const konnectProvider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
  const catalog = new PortalCatalog(stack, 'catalog', {
    file: folder.write('catalog.yaml', 'apis: { orders: { name: Orders } }'),
    portals: {},
    authorizationServer,
    konnectProvider,
  });
  expect(catalog.apis.orders.resource.provider).toBe(konnectProvider);
  expect(catalog.strategies.default.authorizationServer).toBe(authorizationServer);
});

test.each(['{"$schema":"x","apis":{"orders":{"name":"Orders"}}}', '{}', 'apis: {}'])(
  '%s is a valid catalog',
  (text) => {
    expect(folder.failuresOf(text, undefined, 'catalog.json')).toEqual([]);
  },
);

test('anchors and merge keys are resolved', () => {
  const { catalog } = folder.catalogOf(`
apis:
  orders: &api { name: Orders, service: { host: orders.internal } }
  stock: { <<: *api, name: Stock }
`);
  expect(Object.keys(catalog.apis)).toEqual(['orders', 'stock']);
  expect(catalog.apis.stock.linkedToGateway).toBe(true);
});

describe('an API with a control plane', () => {
  const orders = 'name: Orders, version: "1.0", specification: spec.yaml';

  test('is linked to it, and deployed after its plugin', () => {
    folder.write('spec.yaml', 'openapi: 3.1.0');
    const { stack } = folder.catalogOf(`apis: { orders: { ${orders}, controlPlane: partners } }`, (scope) => {
      const partners = new ControlPlane(scope, 'partners', { name: 'partners' });
      partners.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED });
      return { controlPlanes: { partners } };
    });
    expect(synthesize(stack).only('konnect_api_implementation')).toMatchObject({
      control_plane_reference: { control_plane: { id: '${konnect_gateway_control_plane.partners.id}' } },
      depends_on: [
        expect.stringContaining('konnect_gateway_plugin_ace.'),
        expect.stringContaining('_version.'),
      ],
    });
  });

  test('is linked only if it names one', () => {
    const { catalog } = folder.catalogOf('apis: { orders: { name: Orders } }', (scope) => ({
      controlPlanes: { '': ControlPlane.fromControlPlaneId(scope, 'plane', UUID) },
    }));
    expect(catalog.apis.orders?.linkedToGateway).toBe(false);
  });

  test('has no service, and a control plane of the code', () => {
    folder.write('spec.yaml', 'openapi: 3.1.0');
    folder.expectFailures(
      `apis:
  orders: { ${orders}, controlPlane: main, service: { host: orders.internal } }
  stock: { name: Stock, controlPlane: mian }
`,
      [
        ['2:83 apis.orders.controlPlane', /must not be set with service/],
        ['3:39 apis.stock.controlPlane', /must be one of main/],
      ],
    );
  });

  test('is the only kind on its control plane', () => {
    folder.write('spec.yaml', 'openapi: 3.1.0');
    folder.expectFailures(
      `apis:
  stock: { name: Stock, service: { host: stock.internal } }
  orders: { ${orders}, controlPlane: main }
`,
      [['3:83 apis.orders.controlPlane', /must not have APIs that are linked to its services/]],
    );
  });
});

test('Terraform does not evaluate texts of a file', () => {
  folder.write('spec.yaml', 'info: ${file("secret")}');
  const { stack } = folder.catalogOf(`
apis:
  a:
    name: '\${var.name}'
    version: '%{ if true }'
    description: 'costs $5, {a}, $\${b}'
    labels: { '\${key}': value }
    specification: spec.yaml
`);
  const json = synthesize(stack);
  expect(json.only('konnect_api')).toEqual({
    name: '$${var.name}',
    version: '%%{ if true }',
    description: 'costs $5, {a}, ${"$$"}{b}',
    labels: { '$${key}': 'value' },
  });
  expect(json.only('konnect_api_version').spec).toEqual({ content: 'info: $${file("secret")}' });
});

test('the error has the parts of its message', () => {
  let thrown: unknown;
  try {
    folder.catalogOf('apis:\n  orders: { name: 1 }\n');
  } catch (error) {
    thrown = error;
  }
  const file = join(folder.path, 'catalog.yaml');
  expect(ValidationError.isValidationError(thrown)).toBe(true);
  expect(thrown).toBeInstanceOf(CatalogError);
  expect(thrown).toMatchObject({
    name: 'CatalogError',
    constructPath: 'stack/catalog',
    catalogFailures: [
      {
        prop: `${file}:2:19 apis.orders.name`,
        file,
        line: 2,
        column: 19,
        path: 'apis.orders.name',
        received: '1',
      },
    ],
  });
});

test.each([
  ['portals', { main: 'portal' }],
  ['controlPlanes', { main: UUID }],
  ['strategies', { main: {} }],
])('%s of the code are constructs', (prop, value) => {
  expectFailures(
    () => folder.catalogOf('{}', () => ({ [prop]: value })),
    [`${prop}.main`, /must be a construct/],
  );
});
