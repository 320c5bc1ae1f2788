import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  Api,
  type ApiProps,
  ApiPublication,
  AuthMethod,
  ControlPlane,
  DevPortal,
  type DevPortalProps,
  GatewayService,
  type GatewayServiceProps,
  type IApi,
  type IDevPortal,
  Moves,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
  type PortalPageOptions,
  PortalTeam,
  ProviderVersions,
  Visibility,
} from '../../lib';
import { newStack, synthesize } from '../support/synth';
import {
  type Act,
  expectFailures,
  expectSynthFailures,
  type InvalidInput,
  ISSUER,
  OTHER_UUID,
  rowsOf,
  UUID,
  warningsOf,
} from '../support/validation';

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
const labelled = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, 'x']));

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

const api = (stack: TerraformStack, props: Partial<ApiProps>) =>
  new Api(stack, 'Id', { name: 'api', ...props });

/** The control plane of the stack, always the same. */
const controlPlaneOf = (stack: TerraformStack) =>
  (stack.node.tryFindChild('ControlPlane') as ControlPlane | undefined) ??
  ControlPlane.fromControlPlaneId(stack, 'ControlPlane', UUID);

const service = (stack: TerraformStack, props: Partial<GatewayServiceProps>, id = 'Id') =>
  new GatewayService(stack, id, {
    controlPlane: controlPlaneOf(stack),
    host: 'upstream.example.com',
    ...props,
  });

const foundService = (stack: TerraformStack, serviceId: string, id = 'Service') =>
  GatewayService.fromAttributes(stack, id, { serviceId, controlPlane: controlPlaneOf(stack) });

const publish = (
  stack: TerraformStack,
  n: number,
  published: IApi,
  on: IDevPortal,
  visibility?: Visibility,
) =>
  new ApiPublication(stack, `Publication${n}`, {
    api: published,
    portal: on,
    visibility,
    strategy: OidcAuthStrategy.fromStrategyId(stack, `Strategy${n}`, UUID),
  });

const invalid: readonly InvalidInput[] = [
  [
    'scopes',
    /1 to 50 items \(Konnect\)/,
    (s) => strategy(s, { scopes: [] }),
    (s) => strategy(s, { scopes: names(51) }),
  ],
  [
    'credentialClaim',
    /1 to 10 items \(Konnect\)/,
    (s) => strategy(s, { credentialClaim: [] }),
    (s) => strategy(s, { credentialClaim: names(11) }),
  ],
  [
    'credentialClaim[1]',
    /1 to 128 characters \(Konnect\)/,
    (s) => strategy(s, { credentialClaim: ['app', ''] }),
    (s) => strategy(s, { credentialClaim: ['app', 'x'.repeat(129)] }),
  ],
  ['authMethods', /1 to 10 items/, (s) => strategy(s, { authMethods: [] })],
  [
    'authMethods',
    /must not contain a value twice/,
    (s) => strategy(s, { authMethods: [AuthMethod.BEARER, AuthMethod.BEARER] }),
  ],
  [
    'authMethods',
    /must not contain both password and client_credentials/,
    (s) => strategy(s, { authMethods: [AuthMethod.PASSWORD, AuthMethod.CLIENT_CREDENTIALS] }),
  ],
  ['name', /1 to 256 characters \(Konnect\)/, (s) => strategy(s, { name: '' })],
  ['displayName', /1 to 256 characters/, (s) => strategy(s, { displayName: 'x'.repeat(257) })],
  [
    'scopesRequired[0]',
    /must be scopes separated by one space/,
    (s) => strategy(s, { scopesRequired: ['a  b'], scopesClaim: ['x'] }),
    (s) => strategy(s, { scopesRequired: [''], scopesClaim: ['x'] }),
  ],
  [
    'scopesRequired',
    /must have an item whose scopes are all in scopes/,
    (s) => strategy(s, { scopesRequired: ['other'] }),
  ],
  ['audienceRequired[0]', /must be one audience/, (s) => strategy(s, { audienceRequired: ['a b'] })],
  ['strategyId', /must be a UUID/, (s) => OidcAuthStrategy.fromStrategyId(s, 'Id', 'okta')],
  ['portalId', /must be a UUID/, (s) => DevPortal.fromPortalId(s, 'Id', UUID.slice(1))],
  ['apiId', /must be a UUID/, (s) => Api.fromApiId(s, 'Id', 'my-api')],
  ['controlPlaneId', /must be a UUID/, (s) => ControlPlane.fromControlPlaneId(s, 'Id', 'cp')],
  [
    'serviceId',
    /must be a UUID/,
    (s) => foundService(s, 'orders'),
    (s) => service(s, { serviceId: 'orders' }),
  ],
  ['labels', /at most 50 items \(Konnect\)/, (s) => strategy(s, { labels: labelled(names(51)) })],
  ...['kong', 'konnect-x', 'mesh', 'kic', '_x'].map(
    (key): InvalidInput => [
      `labels.${key}`,
      /must have a key that does not start with kong/,
      (s) => strategy(s, { labels: labelled([key]) }),
    ],
  ),
  ['labels.', /1 to 63 characters/, (s) => strategy(s, { labels: labelled(['']) })],
  [
    `labels.${'k'.repeat(64)}`,
    /1 to 63 characters/,
    (s) => strategy(s, { labels: labelled(['k'.repeat(64)]) }),
  ],
  [
    'labels.team',
    /must have a value of a-z, A-Z, 0-9/,
    (s) => portal(s, { labels: { team: '' } }),
    (s) => portal(s, { labels: { team: '-x' } }),
    (s) => portal(s, { labels: { team: 'x_' } }),
    (s) => portal(s, { labels: { team: 'a b' } }),
    (s) => api(s, { labels: { team: 'a/b' } }),
  ],
  ['labels.team', /at most 63 characters/, (s) => portal(s, { labels: { team: 'v'.repeat(64) } })],
  ['name', /1 to 255 characters/, (s) => portal(s, { name: '' }), (s) => api(s, { name: 'x'.repeat(256) })],
  ['name', /2 to 256 characters/, (s) => new ControlPlane(s, 'Id', { name: ' ' })],
  ['displayName', /1 to 255 characters/, (s) => portal(s, { displayName: 'x'.repeat(256) })],
  ['description', /at most 512 characters/, (s) => portal(s, { description: 'x'.repeat(513) })],
  [
    'authenticationEnabled',
    /must be true for a portal with RBAC/,
    (s) => portal(s, { rbacEnabled: true, authenticationEnabled: false }),
  ],
  ['slug', /must not be empty/, (s) => page(s, { slug: '' })],
  ['slug', /at most 512 characters/, (s) => page(s, { slug: 'x'.repeat(513) })],
  ['title', /at most 512 characters/, (s) => page(s, { title: 'x'.repeat(513) })],
  ['description', /at most 160 characters/, (s) => page(s, { description: 'x'.repeat(161) })],
  ['content', /at most 1000000 characters/, (s) => page(s, { content: 'x'.repeat(1_000_001) })],
  [
    'portal',
    /must have RBAC/,
    (s) => new PortalTeam(s, 'Id', { portal: portal(s, {}, 'Portal'), name: 'team' }),
  ],
  ['version', /1 to 255 characters/, (s) => api(s, { version: '' })],
  ['version', /is required with a specification/, (s) => api(s, { specification: 'openapi: 3.1.0' })],
  ['slug', /only letters, digits, _ and -/, (s) => api(s, { slug: 'my api' })],
  [
    'attributes.Domain',
    /must have a key of lower-case letters/,
    (s) => api(s, { attributes: { Domain: ['a'] } }),
  ],
  ['attributes.domain', /1 to 20 items/, (s) => api(s, { attributes: { domain: names(21) } })],
  ['attributes.domain[0]', /must not contain , < and >/, (s) => api(s, { attributes: { domain: ['a,b'] } })],
  [
    'gatewayService',
    /must not be set twice/,
    (s) => api(s, { gatewayService: foundService(s, UUID) }).linkTo(foundService(s, OTHER_UUID, 'Other')),
  ],
  ['host', /must be an ASCII host name or an address/, (s) => service(s, { host: 'https://a.example' })],
  ['port', /0 to 65535/, (s) => service(s, { port: 65536 }), (s) => service(s, { port: 80.5 })],
  ['path', /must start with \//, (s) => service(s, { path: 'anything' })],
  ['retries', /0 to 32767/, (s) => service(s, { retries: 32768 })],
  [
    'name',
    /must contain only letters, digits/,
    (s) => service(s, { name: 'my service' }),
    (s) => service(s, { name: '' }),
    (s) => service(s, {}).addRoute('Route', { name: 'a:b', paths: ['/'] }),
  ],
  ['protocol', /must be one of http/, (s) => service(s, { protocol: 'HTTP' })],
  ['connectTimeoutMs', /milliseconds, 1 to 2147483646/, (s) => service(s, { connectTimeoutMs: 0 })],
  ['readTimeoutMs', /1 to 2147483646/, (s) => service(s, { readTimeoutMs: 2147483647 })],
  ['writeTimeoutMs', /1 to 2147483646/, (s) => service(s, { writeTimeoutMs: 0.5 })],
  ...['a,b', 'a/b', '', 'a\n'].map(
    (tag): InvalidInput => [
      'tags[1]',
      /must have at least one character/,
      (s) => service(s, { tags: ['ok', tag] }),
    ],
  ),
  [
    'paths, hosts, methods, headers, snis',
    /must have at least one/,
    (s) => service(s, {}).addRoute('Route', { paths: [], methods: [] }),
  ],
  [
    'routes.Route.paths[1]',
    /must start with \/, or with ~\//,
    (s) => service(s, { routes: { Route: { paths: ['~/b', 'c'] } } }),
    (s) => service(s, { routes: { Route: { paths: ['/a', '~d'] } } }),
  ],
  ['methods[1]', /must be upper case/, (s) => service(s, {}).addRoute('Route', { methods: ['GET', 'get'] })],
  [
    'api, portal',
    /must not be published twice/,
    (s) => {
      const [published, on] = [api(s, {}), portal(s, {}, 'Portal')];
      return [publish(s, 1, published, on), publish(s, 2, published, on)];
    },
    (s) =>
      [1, 2].map((n) =>
        publish(s, n, Api.fromApiId(s, `Api${n}`, UUID), DevPortal.fromPortalId(s, `Portal${n}`, OTHER_UUID)),
      ),
  ],
  ['okta', /must be a version constraint/, (s) => ProviderVersions.require(s, { okta: 'latest' })],
  ['konnect', /must be a version constraint/, (s) => ProviderVersions.require(s, { konnect: '~> 3.19, <' })],
];

test.each(rowsOf(invalid))('%s %s', (prop, text, act) => {
  expectFailures(() => act(newStack()), [prop, text]);
});

const valid: readonly (readonly [what: string, act: Act])[] = [
  ['50 scopes', (s) => strategy(s, { scopes: names(50) })],
  ['claim path of 10 names', (s) => strategy(s, { credentialClaim: names(10) })],
  ['50 labels', (s) => strategy(s, { labels: labelled(names(50)) })],
  ['label with 63 characters on both sides', (s) => api(s, { labels: { ['k'.repeat(63)]: 'v'.repeat(63) } })],
  ['name of 255 characters beyond the basic plane', (s) => portal(s, { name: '😀'.repeat(255) })],
  [
    'API on two portals',
    (s) => [1, 2].map((n) => publish(s, n, api1(s), portal(s, { name: `Portal ${n}` }, `Portal${n}`))),
  ],
  ['route by host only', (s) => service(s, { routes: { Route: { hosts: ['api.example.com'] } } })],
  [
    'version constraints of all kinds',
    (s) => ProviderVersions.require(s, { okta: '>=4.20.0,!= 5.0.0 , < 7', konnect: '3.19.0-rc.1' }),
  ],
  ['port and retries at their limits', (s) => service(s, { port: 65535, retries: 32767 })],
  ['timeouts at their limits', (s) => service(s, { connectTimeoutMs: 1, readTimeoutMs: 2147483646 })],
  ['name with all kinds of characters', (s) => service(s, { name: 'aZ09.-_~ä😀' })],
  ['tag with all kinds of characters', (s) => service(s, { tags: ['a Z!+-.0~ä😀'] })],
];

const api1 = (stack: TerraformStack) => (stack.node.tryFindChild('Id') as Api | undefined) ?? api(stack, {});

test.each(valid)('%s is valid', (_what, act) => {
  expect(() => act(newStack())).not.toThrow();
});

describe('a gateway service or route without a name', () => {
  function stackWithService(id: string) {
    const stack = newStack();
    new KonnectProvider(stack, 'konnect', {});
    return { stack, made: service(stack, { routes: { route: { paths: ['/'] } } }, id) };
  }

  test('must have an id that is a valid name', () => {
    const { stack, made } = stackWithService('my service');
    made.addRoute('all of it', { paths: ['/all'] });
    expectSynthFailures(
      stack,
      ['name', /must contain only letters.*"my service"/],
      ['name', /must contain only letters.*"all of it"/],
    );
  });

  test('keeps the id that it was created with as name', () => {
    const { stack, made } = stackWithService('my service');
    Moves.from(made, 'service');
    expect(synthesize(stack).only('konnect_gateway_service').name).toBe('service');
  });
});

describe('warnings', () => {
  const notLinked = expect.stringMatching(/^API stack\/Api is linked to no gateway service/);
  const created = (stack: TerraformStack) => new Api(stack, 'Api', { name: 'api' });
  const found = (stack: TerraformStack) => DevPortal.fromPortalId(stack, 'Portal', UUID);

  test.each<[string, Act, unknown[]]>([
    ['an API without a gateway service', (s) => publish(s, 1, created(s), found(s)), [notLinked]],
    [
      'an existing API that is known to have none',
      (s) => publish(s, 1, Api.fromApiId(s, 'Api', UUID, { linkedToGateway: false }), found(s)),
      [notLinked],
    ],
    [
      'an existing API of which that is unknown',
      (s) => publish(s, 1, Api.fromApiId(s, 'Api', UUID), found(s)),
      [],
    ],
    [
      'an API that is linked after it was published',
      (s) => {
        const linked = created(s);
        publish(s, 1, linked, found(s));
        linked.linkTo(foundService(s, UUID));
      },
      [],
    ],
    [
      'a private API on a portal without RBAC',
      (s) => publish(s, 1, Api.fromApiId(s, 'Api', UUID), portal(s, {}, 'Portal'), Visibility.PRIVATE),
      [expect.stringMatching(/^API stack\/Api is private on portal stack\/Portal, which has no RBAC/)],
    ],
    [
      'a private API on a portal whose RBAC is unknown',
      (s) => publish(s, 1, Api.fromApiId(s, 'Api', UUID), found(s), Visibility.PRIVATE),
      [],
    ],
  ])('%s', (_what, act, warnings) => {
    const stack = newStack();
    act(stack);
    expect(warningsOf(stack)).toEqual(warnings);
  });

  test('nothing is said about tokens', () => {
    const stack = newStack();
    const text = new TerraformVariable(stack, 'text', {}).stringValue;
    publish(stack, 1, Api.fromApiId(stack, 'Api', text), DevPortal.fromPortalId(stack, 'Portal', text));
    expect(warningsOf(stack)).toEqual([]);
  });
});
