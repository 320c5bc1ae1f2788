import { Api, ControlPlane, DevPortal, OidcClientType, OktaDevPortalOidc } from '../../../lib';
import { CatalogFolder, type ExpectedFailure } from '../../support/catalog-fixture';
import { OTHER_UUID, UUID } from '../../support/validation';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

/** Failures by text of the catalog. */
const invalid: { readonly [text: string]: readonly ExpectedFailure[] } = {
  'apis: { orders: { name: Orders, servise: {} } }': [['1:33 apis.orders.servise', /is not a known key/]],
  'apis:\n  orders: {}': [['2:3 apis.orders.name', /is required/]],
  'clients: { app: { client_secret: s3cret } }': [
    ['1:12 clients.app.label', /is required/],
    ['1:19 clients.app.client_secret', /is not a known key/],
  ],
  'apis: { orders: { name: null, version: [1], slug: { a: b } } }': [
    ['1:25 apis.orders.name', /must be a string/],
    ['1:31 apis.orders.version', /must be a string/],
    ['1:45 apis.orders.slug', /must be a string/],
  ],
  'apis: { orders: { name: Orders, service: { host: a, port: 80.5, retries: [2], path: v1 } } }': [
    ['1:59 apis.orders.service.port', /whole number, 0 to 65535/],
    ['1:65 apis.orders.service.retries', /must be a finite number/],
    ['1:85 apis.orders.service.path', /must start with \//],
  ],
  'apis: { orders: { name: "" } }': [['1:25 apis.orders.name', /1 to 255 characters/]],
  'apis: { orders: { name: Orders, labels: { kong-x: "-" } } }': [
    ['1:43 apis.orders.labels.kong-x', /must have a key/],
    ['1:51 apis.orders.labels.kong-x', /must have a value/],
  ],
  'apis: { a: { name: A, labels: { a.b: "-", "a, b": { c: d } } } }': [
    ['1:38 apis.a.labels.a.b', /must have a value/],
    ['1:43 apis.a.labels.a, b', /must be a string/],
  ],
  'apis: { my orders: { name: Orders } }': [['1:9 apis.my orders', /it becomes a construct id/]],
  'apis: { __proto__: { name: Orders } }': [['1:9 apis.__proto__', /it becomes a construct id/]],
  'apis: { orders: { name: Orders, portals: [main] } }': [['1:33 apis.orders.portals', /must be a mapping/]],
  'apis: { orders: { name: Orders, portals: { mian: { visibility: pubic } } } }': [
    ['1:44 apis.orders.portals.mian', /must be one of main, members/],
    ['1:64 apis.orders.portals.mian.visibility', /must be one of public, private/],
  ],
  'apis: { orders: { name: Orders, portals: {} } }': [['1:33 apis.orders.portals', /at least 1 item/]],
  'apis: { a: { name: A, portals: { main: }, strategy: reed } }\nstrategies: { read: { scopes: [a] }, write: { scopes: [b] } }':
    [['1:53 apis.a.strategy', /must be one of read, write/]],
  'apis: { a: { name: A, portals: { main: } } }\nstrategies: { read: { scopes: [a] }, write: { scopes: [b] } }':
    [['1:9 apis.a.strategy', /is required because there are several: read, write/]],
  'apis: { a: { name: A, strategy: toString } }': [['1:33 apis.a.strategy', /must be one of default/]],
  'apis: { a: { name: A, service: { routes: { r: { paths: [/a] } } } } }': [
    ['1:23 apis.a.service', /must have either id, .* or host/],
  ],
  [`apis: { a: { name: A, service: { id: ${UUID}, port: 80, tags: [a] } } }`]: [
    ['1:82 apis.a.service.port', /must not be set with id/],
    ['1:86 apis.a.service.tags', /must not be set with id/],
  ],
  'apis: { a: { name: A, service: { id: orders } } }': [['1:38 apis.a.service.id', /must be a UUID/]],
  'apis: { a: { name: A, service: { host: a, routes: { Resource: { paths: [/a] } } } } }': [
    ['1:53 apis.a.service.routes.Resource', /must not be a key that the code uses/],
  ],
  'apis: { a: { name: A, service: { host: a, controlPlane: other, routes: { r: {} } } } }': [
    ['1:57 apis.a.service.controlPlane', /must be one of main/],
    ['1:74 apis.a.service.routes.r', /must have at least one: they decide which requests/],
  ],
  'apis: { a: { name: A, service: { host: a, routes: { r: { paths: [/a, b], methods: [get] } } } } }': [
    ['1:70 apis.a.service.routes.r.paths[1]', /must start with \//],
    ['1:84 apis.a.service.routes.r.methods[0]', /must be upper case/],
  ],
  'apis: { a: { name: A, specification: catalog.yaml } }': [
    ['1:9 apis.a.version', /is required with a specification/],
  ],
  'strategies: { read: { scopes: [openid, okta.x, a, a] } }': [
    ['1:23 strategies.read.scopes', /twice/],
    ['1:32 strategies.read.scopes[0]', /system scope/],
    ['1:40 strategies.read.scopes[1]', /not start with okta\./],
  ],
  'strategies: { read: { scopes: [a], scopesRequired: [b], audienceRequired: [a b] } }': [
    ['1:36 strategies.read.scopesRequired', /must have an item whose scopes are all in scopes/],
    ['1:76 strategies.read.audienceRequired[0]', /one audience without white space/],
  ],
  'strategies: { read: { scopes: [a], authMethods: [password, client_credentials] } }': [
    ['1:36 strategies.read.authMethods', /must not contain both/],
  ],
  'strategies: { read: { scopes: [a], accessPolicy: { accessTokenLifetimeMinutes: 1 } } }': [
    ['1:80 strategies.read.accessPolicy.accessTokenLifetimeMinutes', /5 to 1440/],
  ],
  'strategies: { read: { scopes: [a], additionalProperties: { ssl_verify: false }, provider: eu } }': [
    ['1:36 strategies.read.additionalProperties', /is not a known key/],
    ['1:81 strategies.read.provider', /is not a known key/],
  ],
  'clients: { a: { label: A } }': [['1:12 clients.a.redirectUris', /at least one URI/]],
  'clients: { a: { label: A, type: service, secretStorage: in-state } }': [
    ['1:42 clients.a.secretStorage', /is not a known key/],
  ],
  'clients: { a: { label: A, type: web, redirectUris: [/x], strategies: [b, b] } }': [
    ['1:53 clients.a.redirectUris[0]', /absolute URI/],
    ['1:58 clients.a.strategies', /twice/],
    ['1:71 clients.a.strategies[0]', /must be one of default/],
    ['1:74 clients.a.strategies[1]', /must be one of default/],
  ],
  // Failures of one entry hide none of the others, and the order is that of the file.
  'clients:\n  a: { label: A }\n  b: { lable: B }\napis:\n  c: { name: C, portals: { mian: } }\n  d: { name: D, specification: none.yaml, version: "1" }\n':
    [
      ['2:3 clients.a.redirectUris', /at least one URI/],
      ['3:3 clients.b.label', /is required/],
      ['3:8 clients.b.lable', /is not a known key/],
      ['5:28 apis.c.portals.mian', /must be one of/],
      ['6:32 apis.d.specification', /readable file \(ENOENT\)/],
    ],
  'strategies: ~\napis:\nclients: null': [
    ['1:13 strategies', /must be a mapping/],
    ['2:6 apis', /must be a mapping/],
    ['3:10 clients', /must be a mapping/],
  ],
  '': [['1:1', /must be a mapping/]],
  '- apis': [['1:1', /must be a mapping/]],
};

test.each(Object.entries(invalid))('%j', (text, expected) => {
  folder.expectFailures(text, expected);
});

test('messages have file, line, column, path, rule, value and remedy', () => {
  const text = `apis:
  orders:
    name: Orders
    version: 1.0
    portals: { main: { visibility: pubic, portal: members } }
clients:
  app: { label: App, type: web }
`;
  let message = '';
  try {
    folder.catalogOf(text);
  } catch (error) {
    message = (error as Error).message.replaceAll(`${folder.path}/`, '');
  }
  expect(message).toBe(`stack/catalog: invalid input
  - \`catalog.yaml:4:14 apis.orders.version\` must be a string. Received 1.0. Write one string, in quotes if it looks like another type.
  - \`catalog.yaml:5:36 apis.orders.portals.main.visibility\` must be one of public, private. Received "pubic". Use public.
  - \`catalog.yaml:5:43 apis.orders.portals.main.portal\` is not a known key. Received "members". Remove it. Keys are visibility, autoApproveRegistrations.
  - \`catalog.yaml:7:3 clients.app.redirectUris\` must contain at least one URI for a web application (Okta). Received []. Add the sign-in callback of the application, or set type: service.`);
});

test.each([
  ['apis: { a: { name: A, servise: {} } }', 'Use service'],
  ['apis: { a: { name: A, service: { host: a, protocol: htps } } }', 'Use https'],
  ['clients: { a: { label: A, type: servise } }', 'Use service'],
  [
    'strategies: { orders: { scopes: [a] } }\nclients: { a: { label: A, type: service, strategies: [order] } }',
    'Use orders',
  ],
  ['apis: { a: { name: }}', 'Set a value, or remove the key'],
  ['apis: { a: { name: 1 } }', 'Write one string, in quotes if it looks like another type'],
  ['apis: { a: { name: A, service: { host: a, port: "80" } } }', 'Write a number without quotes'],
  ['apis: [a]', 'Write the keys below it, indented'],
  [
    'clients: { a: { label: A, type: service, redirectUris: [https://a.example/b] } }',
    'Remove the URIs, or set type: web',
  ],
])('the remedy speaks of the file: %s', (text, remedy) => {
  expect(folder.failuresOf(text).map((failure) => failure.remedy)).toEqual([remedy]);
});

test.each([
  ['clients: { app: { label: App, type: service, client_secret: s3cret } }', '"********"'],
  ['clients: { app: { label: App, type: service, password: 12345 } }', '********'],
  ['clients: { app: [{ client_secret: s3cret }] }', '[{"client_secret":"********"}]'],
  ['clients:\n  app:\n    client_secret: "s3cret', '"client_secret: ********"'],
])('secrets are redacted: %s', (text, received) => {
  expect(folder.failuresOf(text).map((failure) => failure.received)).toEqual([received]);
});

test('a file that does not exist', () => {
  expect(folder.failuresOf('', () => ({ file: 'nowhere/catalog.yaml' }))).toEqual([
    {
      prop: 'nowhere/catalog.yaml:1:1',
      file: 'nowhere/catalog.yaml',
      line: 1,
      column: 1,
      path: '',
      rule: 'must be a readable file (ENOENT)',
      received: '"nowhere/catalog.yaml"',
      remedy: expect.stringContaining('working directory'),
    },
  ]);
});

test('control planes: none, and several', () => {
  const text = 'apis: { a: { name: A, service: { host: a } } }';
  folder.expectFailures(text, [['1:23 apis.a.service.controlPlane', /the code defines none/]], () => ({
    controlPlanes: {},
  }));
  folder.expectFailures(
    text,
    [['1:23 apis.a.service.controlPlane', /there are several: eu, us/]],
    (stack) => ({
      controlPlanes: {
        eu: ControlPlane.fromControlPlaneId(stack, 'eu', UUID),
        us: ControlPlane.fromControlPlaneId(stack, 'us', OTHER_UUID),
      },
    }),
  );
});

test('a strategy that the code has too', () => {
  folder.expectFailures(
    'strategies: { read: { scopes: [a] } }',
    [['1:15 strategies.read', /must not be the key of a strategy in the code/]],
    (stack) => ({ strategies: { read: new OktaDevPortalOidc(stack, 'oidc') } }),
  );
});

test('keys that the code uses for something else', () => {
  const text =
    'apis:\n  orders: { name: Orders, portals: { main: } }\nclients:\n  job: { label: Job, type: service }\n';
  folder.expectFailures(
    text,
    [
      ['2:38 apis.orders.portals.main', /must not be a key that the code uses for another publication/],
      ['4:3 clients.job', /must not be a key that the code uses/],
    ],
    (stack) => ({
      strategies: {
        oidc: new OktaDevPortalOidc(stack, 'oidc', {
          clients: { job: { label: 'Job', type: OidcClientType.SERVICE } },
          publications: {
            'orders.main': {
              api: new Api(stack, 'api', { name: 'Other' }),
              portal: new DevPortal(stack, 'portal', { name: 'Portal' }),
            },
          },
        }),
      },
    }),
  );
});

test('JSON has the same places', () => {
  const text = '{\n  "clients": {\n    "job": { "label": "Job", "type": "servis" }\n  }\n}\n';
  expect(folder.failuresOf(text, undefined, 'catalog.json')).toMatchObject([
    { line: 3, column: 38, path: 'clients.job.type' },
  ]);
});
