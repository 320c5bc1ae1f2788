import { DevPortal, OidcClientType, OktaDevPortalOidc, PortalApi } from '../../../lib';
import { PortalCatalog } from '../../../lib/catalog';
import { CatalogFolder } from '../../support/catalog-fixture';
import { stackWithProviders } from '../../support/how-to';
import { messageOf, OTHER_UUID, UUID } from '../../support/validation';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

/** Texts by what is wrong with them. */
const faults: { readonly [text: string]: readonly string[] } = {
  'apis: { orders: { name: Orders, servise: {} } }': [
    'catalog.yaml:1:33 apis.orders.servise: must be one of name, version, description, slug, labels, specification, service, strategy, portals. Received "servise". Write service.',
  ],
  'apis: { orders: { name: Orders, colour: red } }': [
    'catalog.yaml:1:33 apis.orders.colour: must be one of name, version, description, slug, labels, specification, service, strategy, portals. Received "colour". Remove it, or choose one of these.',
  ],
  'apis:\n  orders: {}': [
    'catalog.yaml:2:3 apis.orders: must have the key name. Received {}. Add name: Name, unique in the region together with the version.',
  ],
  // Not the secrets, which have no place in such a file and may have got there.
  'clients: { app: { client_secret: s3cret } }': [
    'catalog.yaml:1:12 clients.app: must have the key label. Received {"client_secret":"********"}. Add label: Name of the application in Okta, as people see it.',
    'catalog.yaml:1:19 clients.app.client_secret: must be one of label, type, redirectUris, strategies. Received "client_secret". Remove it, or choose one of these.',
  ],
  'clients:\n  app:\n    client_secret: "s3cret': [
    'catalog.yaml:3:27: must be well-formed YAML or JSON. Received "client_secret: ********". Correct what the parser stumbles on: Missing closing "quote.',
  ],
  'apis: { orders: { name: Orders, version: 1.0 } }': [
    'catalog.yaml:1:42 apis.orders.version: must be a text. Received 1.0. Put it in quotes.',
  ],
  'apis: { orders: { name: null, version: [1], slug: { a: b } } }': [
    'catalog.yaml:1:25 apis.orders.name: must be a text. Received null. Give it a value, or remove it.',
    'catalog.yaml:1:31 apis.orders.version: must be a text. Received [1]. Write a single text.',
    'catalog.yaml:1:45 apis.orders.slug: must be a text. Received {"a":"b"}. Write a single text.',
  ],
  'apis: { orders: { name: Orders, service: { host: a, port: 80.5, retries: [2] } } }': [
    'catalog.yaml:1:59 apis.orders.service.port: must be a whole number. Received 80.5. Write a whole number, without quotes.',
    'catalog.yaml:1:65 apis.orders.service.retries: must be a whole number. Received [2]. Write a whole number, without quotes.',
  ],
  'apis: { orders: { name: "" } }': [
    'catalog.yaml:1:25 apis.orders.name: must have 1 to 255 characters (Konnect). Received "". Use a name of that length.',
  ],
  'apis: { orders: { name: Orders, labels: { kong-x: "-" } } }': [
    'catalog.yaml:1:43 apis.orders.labels.kong-x: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "kong-x". Rename the label.',
    'catalog.yaml:1:51 apis.orders.labels.kong-x: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "-". Rewrite the value within these characters.',
  ],
  'apis: { my orders: { name: Orders } }': [
    'catalog.yaml:1:9 apis.my orders: must be a key of letters, digits, _ and -, the first a letter or digit: it becomes the id of a construct. Received "my orders". Rename it.',
  ],
  'apis: { orders: { name: Orders, portals: [main] } }': [
    'catalog.yaml:1:33 apis.orders.portals: must be a mapping of keys to values. Received ["main"]. Write the keys below it, indented.',
  ],
  'apis: { orders: { name: Orders, portals: { mian: { visibility: pubic } } } }': [
    'catalog.yaml:1:44 apis.orders.portals.mian: must be one of main, members. Received "mian". Write main.',
    'catalog.yaml:1:64 apis.orders.portals.mian.visibility: must be one of public, private. Received "pubic". Write public.',
  ],
  'apis: { orders: { name: Orders, portals: { main: { visibility: private } } } }': [
    'catalog.yaml:1:64 apis.orders.portals.main.visibility: must not be private on a portal without RBAC: no developer could see the API (Konnect). Received "private". Write visibility: public, or have the code turn RBAC on for the portal.',
  ],
  'apis: { orders: { name: Orders, portals: {} } }': [
    'catalog.yaml:1:33 apis.orders.portals: must hold at least one entry. Received {}. Give it one, or remove it.',
  ],
  'apis: { orders: { name: Orders, portals: { main: }, strategy: reed } }\nstrategies: { read: { scopes: [a] }, write: { scopes: [b] } }':
    ['catalog.yaml:1:63 apis.orders.strategy: must be one of read, write. Received "reed". Write read.'],
  'apis: { orders: { name: Orders, portals: { main: } } }\nstrategies: { read: { scopes: [a] }, write: { scopes: [b] } }':
    [
      'catalog.yaml:1:9 apis.orders: must have the key strategy, because there are several: read, write. Received {"name":"Orders","portals":{"main":null}}. Add strategy with what is meant.',
    ],
  'apis: { orders: { name: Orders, service: { host: a, port: 70000, retries: "2", path: v1 } } }': [
    'catalog.yaml:1:59 apis.orders.service.port: must be a whole number from 0 to 65535 (Konnect). Received 70000. Give the port of the upstream.',
    'catalog.yaml:1:75 apis.orders.service.retries: must be a whole number. Received "2". Write the number without quotes.',
    'catalog.yaml:1:86 apis.orders.service.path: must begin with / (Konnect). Received "v1". Put a slash in front.',
  ],
  'apis: { orders: { name: Orders, service: { routes: { r: { paths: [/a] } } } } }': [
    'catalog.yaml:1:33 apis.orders.service: must have either id, of a gateway service that exists, or host, of one to create. Received {"routes":{"r":{"paths":["/a"]}}}. Give one of the two.',
  ],
  [`apis: { orders: { name: Orders, service: { id: ${UUID}, port: 80 } } }`]: [
    'catalog.yaml:1:86 apis.orders.service.port: must not stand beside id: the gateway service exists, with its own settings. Received "port". Remove it, or give host instead of id.',
  ],
  'apis: { orders: { name: Orders, service: { id: orders } } }': [
    'catalog.yaml:1:48 apis.orders.service.id: must be a UUID (Konnect). Received "orders". Copy the id from Konnect, or give host instead of id to create a service.',
  ],
  'apis: { orders: { name: Orders, service: { host: a, routes: { Resource: { paths: [/a] } } } } }': [
    'catalog.yaml:1:63 apis.orders.service.routes.Resource: must not be Resource: it becomes the id of a construct, and a construct beside it has that one. Received "Resource". Rename it.',
  ],
  'apis: { orders: { name: Orders, service: { host: a, controlPlane: other, routes: { r: {} } } } }': [
    'catalog.yaml:1:67 apis.orders.service.controlPlane: must be one of main. Received "other". Choose one that there is, or give it in the code.',
  ],
  'apis: { orders: { name: Orders, service: { host: a, routes: { r: {}, s: { paths: [a] } } } } }': [
    'catalog.yaml:1:83 apis.orders.service.routes.s.paths[0]: must begin with /, or with ~/ for a regular expression (Konnect). Received "a". Put a slash in front.',
  ],
  'apis: { orders: { name: Orders, service: { host: a, routes: { r: {} } } } }': [
    'catalog.yaml:1:63 apis.orders.service.routes.r: must hold at least one path, host or method (Konnect). Received {}. Say which requests the route takes, for example paths: [/orders].',
  ],
  'apis: { orders: { name: Orders, specification: missing.yaml, version: "1" } }': [
    'catalog.yaml:1:48 apis.orders.specification: must be a file that can be read (ENOENT). Received "missing.yaml". Give its path from the folder of the catalog.',
  ],
  'apis: { orders: { name: Orders, specification: catalog.yaml } }': [
    'catalog.yaml:1:9 apis.orders.version: must be given with a specification: Konnect files it under a version. Received null. Add it in quotes, for example version: "1.0".',
  ],
  'strategies: { read: { scopes: [openid, okta.x, a, a] } }': [
    'catalog.yaml:1:23 strategies.read.scopes: must not name a scope twice (Okta). Received ["openid","okta.x","a","a"]. Remove the repetition.',
    'catalog.yaml:1:32 strategies.read.scopes[0]: must not be a scope that Okta reserves for users (openid, profile, email, address, phone, offline_access, device_sso): client credentials cannot ask for it. Received "openid". Leave it out; the gateway needs your own scopes only.',
    'catalog.yaml:1:40 strategies.read.scopes[1]: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "okta.x". Choose a name such as api.access.',
  ],
  'strategies: { read: { scopes: [a], scopesRequired: [b], audienceRequired: [a b], scopesClaim: roles } }': [
    'catalog.yaml:1:95 strategies.read.scopesClaim: must be a list. Received "roles". Write it as a list, [first, second].',
  ],
  'strategies: { read: { scopes: [a], scopesRequired: [b], audienceRequired: [a b] } }': [
    'catalog.yaml:1:36 strategies.read.scopesRequired: must have an entry whose scopes are all in scopes: with client_credentials the gateway gets a token with those only, and would refuse it (Kong openid-connect plugin). Received ["b"]. Add the missing scopes to scopes, or require fewer.',
    'catalog.yaml:1:76 strategies.read.audienceRequired[0]: must be one audience without white space: the gateway takes a space for the end of one, and tokens of Okta have one (Kong openid-connect plugin, Okta). Received "a b". Give the audience of the authorization server, alternatives as entries of their own.',
  ],
  'strategies: { read: { scopes: [a], authMethods: [password, client_credentials] } }': [
    'catalog.yaml:1:36 strategies.read.authMethods: must not hold password beside client_credentials: both read the Basic header and share a token cache (Kong openid-connect plugin). Received ["password","client_credentials"]. Use one of them.',
  ],
  'clients: { a: { label: A } }': [
    'catalog.yaml:1:12 clients.a.redirectUris: must hold at least one URI for a web application (Okta). Received null. Give the sign-in callback of the application, or write type: service.',
  ],
  'clients: { a: { label: A, type: service, redirectUris: [https://a.example/b] } }': [
    'catalog.yaml:1:42 clients.a.redirectUris: must be left out for a service application: nobody signs in to it (Okta). Received ["https://a.example/b"]. Remove the URIs, or write type: web.',
  ],
  'clients: { a: { label: A, type: web, redirectUris: [/x], strategies: [a, a] } }': [
    'catalog.yaml:1:53 clients.a.redirectUris[0]: must be an absolute URI without fragment, wildcard and white space (Okta). Received "/x". Write the full callback URI, one entry for each.',
    'catalog.yaml:1:58 clients.a.strategies: must not name anything twice. Received ["a","a"]. Remove the repetition.',
    'catalog.yaml:1:71 clients.a.strategies[0]: must be one of default. Received "a". Choose one that there is, or give it in the code.',
    'catalog.yaml:1:74 clients.a.strategies[1]: must be one of default. Received "a". Choose one that there is, or give it in the code.',
  ],
  '': [
    'catalog.yaml:1:1: must be a mapping of keys to values. Received null. Write the keys below it, indented.',
  ],
  '- apis': [
    'catalog.yaml:1:1: must be a mapping of keys to values. Received ["apis"]. Write the keys below it, indented.',
  ],
  'apis:\n  orders: { name: Orders }\n  orders: { name: Others }': [
    'catalog.yaml:3:3: must not have a key twice. Received "orders: { name: Others }". Remove or rename one of the two.',
  ],
  'apis:\n\torders: 1': [
    'catalog.yaml:2:1: must be well-formed YAML or JSON. Received "orders: 1". Correct what the parser stumbles on: Tabs are not allowed as indentation.',
  ],
  'apis: { orders: { name: *nobody } }': [
    'catalog.yaml:1:25: must name an anchor that stands before it. Received "*nobody". Correct the name, or write the value out.',
  ],
};

test.each(Object.entries(faults))('%j', (text, expected) => {
  expect(folder.faultsOf(text)).toEqual(expected);
});

test('tokens of CDKTF, which would stand for a value of the app', () => {
  const fault = (place: string, received: string) =>
    `catalog.yaml:${place}: must not be a token of CDKTF: a data file says what is in it, and nothing of the app. Received ${received}. Write the value out, or set it in the code.`;
  const token = '${TfToken[TOKEN.1]}';
  expect(folder.faultsOf(`apis: { a: { name: "x ${token}", attributes: 1 } }`)).toContain(
    fault('1:20 apis.a.name', JSON.stringify(`x ${token}`)),
  );
  const labels = `apis: { a: { name: A, labels: { "${token}": b } } }`;
  expect(folder.faultsOf(labels)).toContain(fault(`1:33 apis.a.labels.${token}`, JSON.stringify(token)));
  folder.write('spec.yaml', `info: ${token}`);
  expect(folder.faultsOf('apis: { a: { name: A, version: "1", specification: spec.yaml } }')).toEqual([
    fault('1:52 apis.a.specification', '"spec.yaml"'),
  ]);
});

test('aliases that multiply without end', () => {
  const levels = [...'abcdefghi'].map(
    (name, index, all) => `${name}: &${name} [${Array(9).fill(index ? `*${all[index - 1]}` : 'x')}]`,
  );
  const [fault] = folder.faultsOf(levels.join('\n'));
  expect(fault).toBe(
    'catalog.yaml:1:1: must not repeat so much by aliases. Received "Excessive alias count indicates a resource exhaustion attack". Write the values out.',
  );
});

test('a file that is not there', () => {
  expect(folder.faultsOf('', { file: 'nowhere/catalog.yaml' })).toEqual([
    'nowhere/catalog.yaml:1:1: must be a file that can be read (ENOENT). Received "nowhere/catalog.yaml". Give the path from the folder that the app runs in, or join it with __dirname.',
  ]);
});

test('a control plane that nobody gave, and one of several', () => {
  const text = 'apis: { orders: { name: Orders, service: { host: a } } }';
  expect(folder.faultsOf(text, { controlPlaneIds: {} })).toEqual([
    'catalog.yaml:1:33 apis.orders.service: must not need a key for controlPlane: the code gives none. Received {"host":"a"}. Give one in the code, or remove what needs it.',
  ]);
  expect(folder.faultsOf(text, { controlPlaneIds: { eu: UUID, us: OTHER_UUID } })).toEqual([
    'catalog.yaml:1:33 apis.orders.service: must have the key controlPlane, because there are several: eu, us. Received {"host":"a"}. Add controlPlane with what is meant.',
  ]);
});

test('a strategy that the code gives too', () => {
  const { catalog } = folder.catalogOf('{}');
  const strategies = { read: catalog.strategies.default };
  expect(folder.faultsOf('strategies: { read: { scopes: [a] } }', { strategies })).toEqual([
    'catalog.yaml:1:15 strategies.read: must not be the key of a strategy that the code gives. Received "read". Rename it, or remove one of the two.',
  ]);
});

test('a client and a publication that the strategy of the code has already', () => {
  const text =
    'apis:\n  orders: { name: Orders, portals: { main: } }\nclients:\n  job: { label: Job, type: service }\n';
  const stack = stackWithProviders();
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    clients: { job: { label: 'Job', type: OidcClientType.SERVICE } },
    publications: {
      'orders.main': {
        api: new PortalApi(stack, 'api', { name: 'Orders' }),
        portal: new DevPortal(stack, 'portal', { name: 'Portal' }),
      },
    },
  });
  const portals = { main: new DevPortal(stack, 'main', { name: 'Main' }) };
  const taken = 'must not be a key that the code has for something else of the strategy';
  expect(
    messageOf(
      () =>
        new PortalCatalog(stack, 'catalog', {
          file: folder.write('catalog.yaml', text),
          portals,
          strategies: { oidc },
        }),
    )
      .replaceAll(`${folder.path}/`, '')
      .split('\n')
      .slice(1),
  ).toEqual([
    `  - catalog.yaml:2:38 apis.orders.portals.main: ${taken}. Received "main". Rename it.`,
    `  - catalog.yaml:4:3 clients.job: ${taken}. Received "job". Rename it.`,
  ]);
});

test('a control plane of the code that is none is no fault of the file', () => {
  expect(messageOf(() => folder.catalogOf('{}', { controlPlaneIds: { main: 'cp' } }))).toBe(
    'stack/catalog: invalid input\n  - controlPlaneIds.main: must be a UUID (Konnect). Received "cp". Copy the id from Konnect; for a new gateway service choose one, or leave it out.',
  );
});

test('JSON has the same places', () => {
  const text = '{\n  "clients": {\n    "job": { "label": "Job", "type": "servis" }\n  }\n}\n';
  expect(folder.faultsOf(text, {}, 'catalog.json')).toEqual([
    'catalog.json:3:38 clients.job.type: must be one of web, service. Received "servis". Write service.',
  ]);
});

test('everything is said at once, in the order of the file', () => {
  const places = folder
    .faultsOf(
      'clients:\n  a: { label: A }\n  b: { lable: B }\napis:\n  c: { name: C, portals: { mian: } }\n  d: { name: D, portals: { main: { visibility: private } } }\n',
    )
    .map((line) => line.split(': ')[0]);
  expect(places).toEqual([
    'catalog.yaml:2:3 clients.a.redirectUris',
    'catalog.yaml:3:3 clients.b',
    'catalog.yaml:3:8 clients.b.lable',
    'catalog.yaml:5:28 apis.c.portals.mian',
    'catalog.yaml:6:48 apis.d.portals.main.visibility',
  ]);
});
