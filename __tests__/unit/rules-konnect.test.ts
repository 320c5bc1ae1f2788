import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AccessPolicy,
  ApiPublication,
  AuthMethod,
  AuthorizationServer,
  DevPortal,
  type DevPortalProps,
  GatewayService,
  type GatewayServiceAttributes,
  type GatewayServiceProps,
  type IDevPortal,
  type IPortalApi,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
  OktaDevPortalOidc,
  PortalApi,
  type PortalApiProps,
  type PortalPageOptions,
  ProviderVersions,
  Visibility,
} from '../../lib';
import { newStack } from '../support/synth';
import {
  type Broken,
  ISSUER,
  type Kept,
  messageOf,
  OTHER_UUID,
  rowsOf,
  rulesWithoutMessage,
  synthErrorOf,
  UUID,
} from '../support/validation';

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

const strategy = (stack: TerraformStack, props: Partial<OidcAuthStrategyProps>) =>
  new OidcAuthStrategy(stack, 'Id', {
    name: 'okta',
    issuer: ISSUER,
    credentialClaim: ['clientId'],
    scopes: ['api.access'],
    ...props,
  });

const portal = (stack: TerraformStack, props: Partial<DevPortalProps>, id = 'Id') =>
  new DevPortal(stack, id, { name: 'portal', ...props });

const page = (stack: TerraformStack, options: Partial<PortalPageOptions>) =>
  DevPortal.fromPortalId(stack, 'Portal', UUID).addPage('Id', {
    slug: 'guides',
    content: '# Guides',
    ...options,
  });

const api = (stack: TerraformStack, props: Partial<PortalApiProps>) =>
  new PortalApi(stack, 'Id', { name: 'api', ...props });

const service = (stack: TerraformStack, props: Partial<GatewayServiceProps>) =>
  new GatewayService(stack, 'Id', { controlPlaneId: UUID, host: 'upstream.example.com', ...props });

const foundService = (stack: TerraformStack, props: Partial<GatewayServiceAttributes>, id = 'Service') =>
  GatewayService.fromAttributes(stack, id, { serviceId: UUID, controlPlaneId: OTHER_UUID, ...props });

const publish = (
  stack: TerraformStack,
  n: number,
  published: IPortalApi,
  on: IDevPortal,
  visibility?: Visibility,
) =>
  new ApiPublication(stack, `Publication${n}`, {
    api: published,
    portal: on,
    visibility,
    strategy: OidcAuthStrategy.fromStrategyId(stack, `Strategy${n}`, UUID),
  });

const publishTwice = (stack: TerraformStack, published: IPortalApi, on: IDevPortal) =>
  times(2, (n) => publish(stack, n, published, on));

function times(count: number, act: (n: number) => unknown): void {
  for (let n = 1; n <= count; n += 1) {
    act(n);
  }
}

const broken: Broken = {
  'stack/Id: invalid input\n  - scopes: must hold 1 to 50 scopes (Konnect). Received []. Ask for the scopes that the APIs need.':
    (s) => strategy(s, { scopes: [] }),
  'stack/Id: invalid input\n  - scopes: must hold 1 to 50 scopes (Konnect). Received ["n0","n1","n2","n3","n4","n5","n6","n7","n8","n9","n10","n11","n12","n13","n14","n15","n16","n17","…. Ask for the scopes that the APIs need.':
    [(s) => strategy(s, { scopes: names(51) }), (s) => new OktaDevPortalOidc(s, 'Id', { scopes: names(51) })],
  'stack/Id: invalid input\n  - credentialClaim: must hold 1 to 10 names: the path to a nested claim, outermost first (Konnect). Received ["n0","n1","n2","n3","n4","n5","n6","n7","n8","n9","n10"]. Give the path to one claim; the names are no alternatives.':
    (s) => strategy(s, { credentialClaim: names(11) }),
  'stack/Id: invalid input\n  - credentialClaim: must hold 1 to 10 names: the path to a nested claim, outermost first (Konnect). Received []. Give the path to one claim; the names are no alternatives.':
    (s) => strategy(s, { credentialClaim: [] }),
  'stack/Id: invalid input\n  - credentialClaim[1]: must have 1 to 128 characters (Konnect). Received "". Use the name of the claim as the token has it.':
    (s) => strategy(s, { credentialClaim: ['app', ''] }),
  'stack/Id: invalid input\n  - credentialClaim[0]: must have 1 to 128 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Use the name of the claim as the token has it.':
    (s) => strategy(s, { credentialClaim: ['x'.repeat(129)] }),
  'stack/Id: invalid input\n  - authMethods: must hold 1 to 10 auth methods (Konnect). Received ["bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer"]. Name each method that clients use once.\n  - authMethods: must not name an auth method twice. Received ["bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer","bearer"]. Remove the repetition.':
    (s) => strategy(s, { authMethods: new Array(11).fill(AuthMethod.BEARER) }),
  'stack/Id: invalid input\n  - authMethods: must hold 1 to 10 auth methods (Konnect). Received []. Name each method that clients use once.':
    (s) => strategy(s, { authMethods: [] }),
  'stack/Id: invalid input\n  - authMethods: must not name an auth method twice. Received ["bearer","bearer"]. Remove the repetition.':
    [
      (s) => strategy(s, { authMethods: [AuthMethod.BEARER, AuthMethod.BEARER] }),
      (s) => new OktaDevPortalOidc(s, 'Id', { authMethods: [AuthMethod.BEARER, AuthMethod.BEARER] }),
    ],
  'stack/Id: invalid input\n  - authMethods: must not hold password beside client_credentials: both read the Basic header and share a token cache (Kong openid-connect plugin). Received ["password","client_credentials"]. Use one of them.':
    (s) => strategy(s, { authMethods: [AuthMethod.PASSWORD, AuthMethod.CLIENT_CREDENTIALS] }),
  'stack/Id: invalid input\n  - name: must have 1 to 256 characters (Konnect). Received "". Use a name of that length.':
    (s) => strategy(s, { name: '' }),
  'stack/Id: invalid input\n  - displayName: must have 1 to 256 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Use a name of that length.':
    (s) => strategy(s, { displayName: 'x'.repeat(257) }),
  'stack/Id: invalid input\n  - strategyId: must be a UUID (Konnect). Received "okta". Copy the id from Konnect; for a new gateway service choose one, or leave it out.':
    (s) => OidcAuthStrategy.fromStrategyId(s, 'Id', 'okta'),
  'stack/Id: invalid input\n  - labels: must hold at most 50 labels (Konnect). Received {"n0":"x","n1":"x","n2":"x","n3":"x","n4":"x","n5":"x","n6":"x","n7":"x","n8":"x","n9":"x","n10":"x"…. Remove the labels that nobody filters by.':
    (s) => strategy(s, { labels: Object.fromEntries(names(51).map((key) => [key, 'x'])) }),
  'stack/Id: invalid input\n  - labels.kong: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "kong". Rename the label.\n  - labels.konnect-x: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "konnect-x". Rename the label.\n  - labels.mesh: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "mesh". Rename the label.\n  - labels.kic: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "kic". Rename the label.\n  - labels._x: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "_x". Rename the label.':
    (s) => strategy(s, { labels: { kong: 'a', 'konnect-x': 'a', mesh: 'a', kic: 'a', _x: 'a' } }),
  'stack/Id: invalid input\n  - labels.: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "". Rename the label.\n  - labels.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk". Rename the label.':
    (s) => strategy(s, { labels: { '': 'a', ['k'.repeat(64)]: 'a' } }),
  'stack/Id: invalid input\n  - labels.a: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "". Rewrite the value within these characters.\n  - labels.b: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "-x". Rewrite the value within these characters.\n  - labels.c: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "x_". Rewrite the value within these characters.\n  - labels.d: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "a b". Rewrite the value within these characters.\n  - labels.e: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv". Rewrite the value within these characters.':
    (s) => portal(s, { labels: { a: '', b: '-x', c: 'x_', d: 'a b', e: 'v'.repeat(64) } }),
  'stack/Id: invalid input\n  - labels.team: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "a/b". Rewrite the value within these characters.':
    (s) => api(s, { labels: { team: 'a/b' } }),
  'stack/Id: invalid input\n  - name: must have 1 to 255 characters (Konnect). Received "". Use a name of that length.':
    (s) => portal(s, { name: '' }),
  'stack/Id: invalid input\n  - displayName: must have 1 to 255 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Use a name of that length.':
    (s) => portal(s, { displayName: 'x'.repeat(256) }),
  'stack/Id: invalid input\n  - description: must have at most 512 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Shorten it.':
    (s) => portal(s, { description: 'x'.repeat(513) }),
  'stack/Id: invalid input\n  - authenticationEnabled: must be true for a portal with RBAC: roles belong to developers who signed in (Konnect). Received {"authenticationEnabled":false,"rbacEnabled":true}. Set authenticationEnabled: true or rbacEnabled: false.':
    (s) => portal(s, { rbacEnabled: true, authenticationEnabled: false }),
  'stack/Id: invalid input\n  - defaultApiVisibility: must not be private on a portal without RBAC: no developer could see the API (Konnect). Received {"visibility":"private","rbacEnabled":false}. Set rbacEnabled: true on the DevPortal, or publish with Visibility.PUBLIC.':
    (s) => portal(s, { defaultApiVisibility: Visibility.PRIVATE }),
  'stack/Id: invalid input\n  - portalId: must be a UUID (Konnect). Received "11111111-2222-4333-8444-55555555555". Copy the id from Konnect; for a new gateway service choose one, or leave it out.':
    (s) => DevPortal.fromPortalId(s, 'Id', '11111111-2222-4333-8444-55555555555'),
  'stack/Portal/Id: invalid input\n  - slug: must not be empty. Received "". Give it a value.': (s) =>
    page(s, { slug: '' }),
  'stack/Portal/Id: invalid input\n  - slug: must have at most 512 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Shorten it.':
    (s) => page(s, { slug: 'x'.repeat(513) }),
  'stack/Portal/Id: invalid input\n  - title: must have at most 512 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Shorten it.':
    (s) => page(s, { title: 'x'.repeat(513) }),
  'stack/Portal/Id: invalid input\n  - description: must have at most 160 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Shorten it.':
    (s) => page(s, { description: 'x'.repeat(161) }),
  'stack/Portal/Id: invalid input\n  - content: must have at most 1000000 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Split the page.':
    (s) => page(s, { content: 'x'.repeat(1_000_001) }),
  'stack/Id: invalid input\n  - name: must have 1 to 255 characters (Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Use a name of that length.':
    (s) => api(s, { name: 'x'.repeat(256) }),
  'stack/Id: invalid input\n  - version: must have 1 to 255 characters (Konnect). Received "". Use a name of that length.':
    (s) => api(s, { version: '' }),
  'stack/Id: invalid input\n  - slug: must consist of letters, digits, _ and - (Konnect). Received "my api". Replace the other characters, or leave the slug out.':
    (s) => api(s, { slug: 'my api' }),
  'stack/Id: invalid input\n  - version: must be given with a specification: Konnect files it under a version. Received null. Set version, for example 1.0.0.':
    (s) => api(s, { specification: 'openapi: 3.1.0' }),
  'stack/Id: invalid input\n  - apiId: must be a UUID (Konnect). Received "my-api". Copy the id from Konnect; for a new gateway service choose one, or leave it out.':
    (s) => PortalApi.fromApiId(s, 'Id', 'my-api'),
  'stack/Id: invalid input\n  - gatewayService: must not be linked to a second gateway service (Konnect). Received "stack/Other". Use one PortalApi for each gateway service.':
    (s) => api(s, { gatewayService: foundService(s, {}) }).linkTo(foundService(s, {}, 'Other')),
  'stack/Service: invalid input\n  - serviceId: must be a UUID (Konnect). Received "orders". Copy the id from Konnect; for a new gateway service choose one, or leave it out.\n  - controlPlaneId: must be a UUID (Konnect). Received "cp". Copy the id from Konnect; for a new gateway service choose one, or leave it out.':
    (s) => foundService(s, { serviceId: 'orders', controlPlaneId: 'cp' }),
  'stack/Id: invalid input\n  - serviceId: must be a UUID (Konnect). Received "orders". Copy the id from Konnect; for a new gateway service choose one, or leave it out.\n  - controlPlaneId: must be a UUID (Konnect). Received "". Copy the id from Konnect; for a new gateway service choose one, or leave it out.':
    (s) => service(s, { serviceId: 'orders', controlPlaneId: '' }),
  'stack/Id: invalid input\n  - host: must not be empty. Received "". Give it a value.': (s) =>
    service(s, { host: '' }),
  'stack/Publication2: invalid input\n  - api, portal: must not be published twice to one portal: a publication is identified by API and portal (Konnect). Received "stack/Api2 on stack/Portal2". Change the publication that exists, or publish to another portal.':
    (s) =>
      times(2, (n) =>
        publish(
          s,
          n,
          PortalApi.fromApiId(s, `Api${n}`, UUID),
          DevPortal.fromPortalId(s, `Portal${n}`, OTHER_UUID),
        ),
      ),
  'stack/Publication2: invalid input\n  - api, portal: must not be published twice to one portal: a publication is identified by API and portal (Konnect). Received "stack/Id on stack/Portal". Change the publication that exists, or publish to another portal.':
    (s) => publishTwice(s, api(s, {}), portal(s, {}, 'Portal')),
  'stack/Publication1: invalid input\n  - visibility: must not be private on a portal without RBAC: no developer could see the API (Konnect). Received {"visibility":"private","rbacEnabled":false}. Set rbacEnabled: true on the DevPortal, or publish with Visibility.PUBLIC.':
    [
      (s) => publish(s, 1, api(s, {}), portal(s, {}, 'Portal'), Visibility.PRIVATE),
      (s) => publish(s, 1, api(s, {}), DevPortal.fromPortalId(s, 'Portal', UUID, { rbacEnabled: false })),
    ],
  'stack: invalid input\n  - okta: must be a version constraint (Terraform). Received "latest". Write it like ~> 3.19 or >= 4.20.0, < 7.0.0.\n  - konnect: must be a version constraint (Terraform). Received "~> 3.19, <". Write it like ~> 3.19 or >= 4.20.0, < 7.0.0.':
    (s) => ProviderVersions.require(s, { okta: 'latest', konnect: '~> 3.19, <' }),
};

test.each(rowsOf(broken))('%s', (message, act) => {
  expect(messageOf(() => act(newStack()))).toBe(message);
});

/** What cdktf asks for before it synthesizes. */
const providers = (stack: TerraformStack) => ({
  okta: new OktaProvider(stack, 'okta', {}),
  konnect: new KonnectProvider(stack, 'konnect', {}),
});

/** Asked at synthesis only, because the provider may be created after the portal. */
const brokenAtSynthesis: Broken = {
  'stack/Id: invalid input\n  - serverUrl of the konnect provider: must be the URL of a region: portals, APIs, strategies and control planes do not live in the global one (Konnect). Received "https://global.api.konghq.com". Use https://<region>.api.konghq.com with the region of the organization, for example eu, us or au.':
    (s) => {
      portal(s, {});
      new KonnectProvider(s, 'konnect', { serverUrl: 'https://global.api.konghq.com' });
    },
  'stack/Id: invalid input\n  - serverUrl of the konnect provider: must be the URL of a region: portals, APIs, strategies and control planes do not live in the global one (Konnect). Received "https://global.api.konghq.com/". Use https://<region>.api.konghq.com with the region of the organization, for example eu, us or au.':
    (s) => {
      new KonnectProvider(s, 'konnect', { serverUrl: 'https://eu.api.konghq.com' });
      const provider = new KonnectProvider(s, 'global', {
        alias: 'global',
        serverUrl: 'https://global.api.konghq.com/',
      });
      portal(s, { provider });
    },
  'stack/Id: invalid input\n  - name: must be the name of one auth strategy only in its region: people and scripts find a strategy by it. Received "Okta OIDC, the name of stack/First". Give one of the two another name.':
    [
      (s) => {
        new OktaDevPortalOidc(s, 'First');
        new OktaDevPortalOidc(s, 'Id');
        providers(s);
      },
      (s) => {
        new OktaDevPortalOidc(s, 'First', { name: 'Okta OIDC' });
        new OktaDevPortalOidc(s, 'Id', { konnectProvider: providers(s).konnect });
      },
    ],
  'stack/Id: invalid input\n  - clients: must hold at least one client, unless allClients is true: otherwise the policy is for nobody (Okta). Received []. Name a client, add one with addClient, or set allClients: true.':
    (s) => {
      providers(s);
      const authorizationServer = AuthorizationServer.fromDefault(s, 'Server');
      new AccessPolicy(s, 'Id', { authorizationServer, name: 'Clients' });
    },
  'stack/Id: invalid input\n  - policyName: must be the name of one access policy only on its authorization server (Okta). Received "Okta OIDC (stack), the name of stack/First". Give the one that is not deployed yet another name or policyName.':
    (s) => {
      providers(s);
      const server = { authorizationServerId: 'aus1', issuer: ISSUER, scopeNames: ['a'], strategyId: UUID };
      OktaDevPortalOidc.fromAttributes(s, 'First', server).allowClient('0oa1');
      OktaDevPortalOidc.fromAttributes(s, 'Id', server).allowClient('0oa2');
    },
};

test.each(rowsOf(brokenAtSynthesis))('at synthesis, %s', (message, act) => {
  const stack = newStack();
  act(stack);
  const [title, failure] = (synthErrorOf(stack) ?? '').split('\n\n')[0].split('\n  [stack/Id] ');
  expect(title).toBe('Validation failed with the following errors:');
  expect(failure).toBe(message);
});

test('a portal by the provider of a region, while another provider is global, is accepted', () => {
  const stack = newStack();
  const provider = new KonnectProvider(stack, 'eu', { alias: 'eu', serverUrl: 'https://eu.api.konghq.com' });
  portal(stack, { provider });
  new KonnectProvider(stack, 'konnect', { serverUrl: 'https://global.api.konghq.com' });
  expect(synthErrorOf(stack)).toBeUndefined();
});

const keptAtSynthesis: Kept[] = [
  [
    'two strategies of one name in two regions',
    (s) => {
      providers(s);
      for (const alias of ['eu', 'us']) {
        const konnectProvider = new KonnectProvider(s, alias, { alias });
        new OktaDevPortalOidc(s, `Id-${alias}`, { konnectProvider });
      }
    },
  ],
  [
    'two strategies of a name that is known at apply only',
    (s) => {
      providers(s);
      const name = new TerraformVariable(s, 'name', {}).stringValue;
      new OktaDevPortalOidc(s, 'First', { name });
      new OktaDevPortalOidc(s, 'Id', { name });
    },
  ],
  [
    'two strategies of one name in two apps',
    (s) => {
      providers(s);
      new OktaDevPortalOidc(newStack(), 'Id');
      new OktaDevPortalOidc(s, 'Id');
    },
  ],
  [
    'policies of one name on two authorization servers, and one without clients',
    (s) => {
      providers(s);
      for (const id of ['aus1', 'aus2', 'aus3']) {
        const attributes = { authorizationServerId: id, issuer: ISSUER, scopeNames: ['a'], strategyId: UUID };
        const oidc = OktaDevPortalOidc.fromAttributes(s, `Id-${id}`, attributes);
        if (id !== 'aus3') oidc.allowClient('0oa1');
      }
      const attributes = {
        authorizationServerId: 'aus1',
        issuer: ISSUER,
        scopeNames: ['a'],
        strategyId: UUID,
      };
      OktaDevPortalOidc.fromAttributes(s, 'Id', attributes);
    },
  ],
];

test.each(keptAtSynthesis)('%s: accepted at synthesis', (_what, act) => {
  const stack = newStack();
  act(stack);
  expect(synthErrorOf(stack)).toBeUndefined();
});

const kept: Kept[] = [
  ['50 scopes', (s) => strategy(s, { scopes: names(50) })],
  ['claim path of 10 names', (s) => strategy(s, { credentialClaim: names(10) })],
  ['50 labels', (s) => strategy(s, { labels: Object.fromEntries(names(50).map((key) => [key, 'x'])) })],
  ['label with 63 characters on both sides', (s) => api(s, { labels: { ['k'.repeat(63)]: 'v'.repeat(63) } })],
  ['name of 255 characters beyond the basic plane', (s) => portal(s, { name: '😀'.repeat(255) })],
  [
    'private API on a portal of which nothing is known',
    (s) => publish(s, 1, api(s, {}), DevPortal.fromPortalId(s, 'Portal', UUID), Visibility.PRIVATE),
  ],
  [
    'API without a visibility on a portal without RBAC',
    (s) => publish(s, 1, api(s, {}), portal(s, {}, 'Portal')),
  ],
  [
    'API on two portals',
    (s) =>
      times(2, (n) => publish(s, n, PortalApi.fromApiId(s, `Api${n}`, UUID), portal(s, {}, `Portal${n}`))),
  ],
  [
    'same publication in two apps',
    () => times(2, () => publish(newStack(), 1, api(newStack(), {}), portal(newStack(), {}))),
  ],
  ['route by host only', (s) => service(s, { routes: { Route: { hosts: ['api.example.com'] } } })],
  [
    'version constraints of any kind',
    (s) => ProviderVersions.require(s, { okta: '>=4.20.0,!= 5.0.0 , < 7', konnect: '3.19.0-rc.1' }),
  ],
];

test.each(kept)('%s is accepted', (_what, act) => {
  expect(() => act(newStack())).not.toThrow();
});

test('every rule of the Konnect side has a message here', () => {
  expect(rulesWithoutMessage('konnect', { ...broken, ...brokenAtSynthesis })).toEqual([]);
});
