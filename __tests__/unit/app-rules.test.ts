import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { DataTerraformRemoteStateLocal, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  AccessPolicy,
  Api,
  ApiPublication,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
} from '../../lib';
import { stackWithProviders } from '../support/how-to';
import { newStack } from '../support/synth';
import {
  type Act,
  catchSynthError,
  type ExpectedFailure,
  expectFailures,
  expectSynthFailures,
  type InvalidInput,
  ISSUER,
  OTHER_UUID,
  rowsOf,
  UUID,
} from '../support/validation';

/*
 * Rules that look at the whole app: providers, regions, names.
 */
const SERVER = { authorizationServerId: 'aus1', issuer: ISSUER };
const REFERENCE = { ...SERVER, scopeNames: ['a'], strategyId: UUID };
const ORG = { orgName: 'acme', baseUrl: 'okta.com' };
const GLOBAL = 'https://global.api.konghq.com';

/** Another stack of the same app, without providers. */
const beside = (stack: TerraformStack, id = 'team') => new TerraformStack(stack.node.root as Construct, id);

const konnect = (stack: TerraformStack, alias: string) =>
  new KonnectProvider(stack, `konnect-${alias}`, { alias, serverUrl: `https://${alias}.api.konghq.com` });

const okta = (scope: Construct, alias = 'org') => new OktaProvider(scope, `okta-${alias}`, { alias });

const providers = (stack: TerraformStack) => ({
  okta: new OktaProvider(stack, 'okta', {}),
  konnect: new KonnectProvider(stack, 'konnect', {}),
});

const policy = (stack: TerraformStack) =>
  AuthorizationServer.fromDefault(stack, 'Server').addAccessPolicy('Policy', { name: 'policy' });

const service = (stack: TerraformStack, provider?: KonnectProvider) => {
  const controlPlane = ControlPlane.fromControlPlaneId(stack, 'ControlPlane', UUID, { provider });
  return new GatewayService(stack, 'Service', { controlPlane, host: 'upstream.internal', provider });
};

/** A publication whose parts have these providers. */
const publication = (s: TerraformStack, regions: { [part in 'api' | 'portal' | 'own']?: KonnectProvider }) =>
  new ApiPublication(s, 'Id', {
    api: new Api(s, 'Api', { name: 'api', provider: regions.api }),
    portal: DevPortal.fromPortalId(s, 'Portal', UUID, { provider: regions.portal }),
    strategy: OidcAuthStrategy.fromStrategyId(s, 'Strategy', OTHER_UUID),
    provider: regions.own,
  });

const otherKind: readonly InvalidInput[] = [
  [
    'provider',
    /must be a provider of konnect.*Pass the KonnectProvider of the stack/,
    (s) => new DevPortal(s, 'Id', { name: 'portal', provider: okta(s) }),
    (s) => DevPortal.fromPortalId(s, 'Id', UUID, { provider: okta(s) }),
    (s) => ControlPlane.fromControlPlaneId(s, 'Id', UUID, { provider: okta(s) }),
  ],
  [
    'provider',
    /must be a provider of okta.*Pass the OktaProvider of the stack/,
    (s) => new OidcClient(s, 'Id', { label: 'app', redirectUris: [ISSUER], provider: konnect(s, 'eu') }),
    (s) => AuthorizationServer.fromDefault(s, 'Id', { provider: konnect(s, 'eu') }),
  ],
  ['client', /must be a construct with clientId/, (s) => policy(s).addClient(okta(s) as never)],
  [
    'oktaProvider',
    /must be a provider of okta/,
    (s) => new OktaDevPortalOidc(s, 'Id', { oktaProvider: konnect(s, 'eu') }),
  ],
  [
    'konnectProvider',
    /must be a provider of konnect/,
    (s) => OktaDevPortalOidc.fromAttributes(s, 'Id', REFERENCE, { konnectProvider: okta(s) }),
  ],
];

const otherStack: readonly InvalidInput[] = [
  [
    'provider',
    /must be a provider of the same stack.*team\/konnect-eu/,
    (s) => new DevPortal(s, 'Id', { name: 'portal', provider: konnect(beside(s), 'eu') }),
    (s) => DevPortal.fromPortalId(s, 'Id', UUID, { provider: konnect(beside(s), 'eu') }),
    (s) => new Api(s, 'Id', { name: 'api', provider: konnect(beside(s), 'eu') }),
    (s) => ControlPlane.fromControlPlaneId(s, 'Id', UUID, { provider: konnect(beside(s), 'eu') }),
  ],
  [
    'provider',
    /must be a provider of the same stack.*team\/okta-org/,
    (s) => new OidcClient(s, 'Id', { label: 'app', redirectUris: [ISSUER], provider: okta(beside(s)) }),
    (s) => AuthorizationServer.fromDefault(s, 'Id', { provider: okta(beside(s)) }),
    (s) => AuthorizationServer.fromAttributes(s, 'Id', { ...SERVER, provider: okta(beside(s)) }),
  ],
  [
    'oktaProvider',
    /must be a provider of the same stack/,
    (s) => new OktaDevPortalOidc(s, 'Id', { oktaProvider: okta(beside(s)) }),
    (s) => OktaDevPortalOidc.fromAttributes(s, 'Id', REFERENCE, { oktaProvider: okta(beside(s)) }),
  ],
  [
    'dependsOn[0]',
    /must be in the same stack/,
    (s) => {
      const dependsOn = [new DevPortal(beside(s), 'Other', { name: 'other' }).resource];
      new DevPortal(s, 'Id', { name: 'portal', dependsOn });
    },
  ],
  [
    'provider',
    /must be a provider of the same stack.*stack\/konnect-eu/,
    (s) => {
      const provider = konnect(s, 'eu');
      const api = new Api(beside(s), 'Api', { name: 'api' });
      const portal = DevPortal.fromPortalId(s, 'Portal', UUID);
      new OktaDevPortalOidc(s, 'Id').publish('api', { api, portal, provider });
    },
  ],
  [
    'id',
    /must not be the id of another publication of the API/,
    (s) => {
      const api = new Api(beside(s), 'Api', { name: 'api' });
      for (const [id, portalId] of Object.entries({ First: UUID, Id: OTHER_UUID })) {
        const portal = DevPortal.fromPortalId(s, `Portal-${id}`, portalId);
        new OktaDevPortalOidc(s, id, { name: id }).publish('portal', { api, portal });
      }
    },
  ],
];

test.each(rowsOf(otherKind))('of another kind: %s %s', (prop, text, act) => {
  expectFailures(() => act(newStack()), [prop, text]);
});

test.each(rowsOf(otherStack))('of another stack: %s %s', (prop, text, act) => {
  expectFailures(() => act(newStack()), [prop, text]);
});

const aliased = /is required: the stack has only aliased providers/;
const global = /must be the URL of a region/;
const elsewhere = /must be in the same region.*us\.api\.konghq\.com and https:\/\/eu/;

const invalid: readonly (readonly [what: string, act: Act, ...failures: ExpectedFailure[]])[] = [
  [
    'only an aliased konnect provider, created after the portal',
    (s) => [new DevPortal(s, 'Id', { name: 'portal' }), konnect(s, 'eu')],
    ['provider', aliased, 'stack/Id'],
  ],
  [
    'only an aliased konnect provider for a service',
    (s) => [konnect(s, 'eu'), service(s).addRoute('route', { paths: ['/'] })],
    ['provider', aliased, 'stack/Service'],
  ],
  [
    'only aliased okta providers',
    (s) => [
      okta(s),
      okta(new Construct(s, 'Providers'), 'other'),
      new OidcClient(s, 'Id', { label: 'app', redirectUris: [ISSUER] }),
    ],
    ['provider', /only okta\.org, okta\.other/, 'stack/Id'],
  ],
  [
    'only an aliased konnect provider for an authentication',
    (s) => {
      new OktaProvider(s, 'okta', {});
      const provider = konnect(s, 'eu');
      const api = new Api(s, 'Api', { name: 'api', provider });
      const portal = new DevPortal(s, 'Portal', { name: 'portal', provider });
      new OktaDevPortalOidc(s, 'Id', { publications: { api: { api, portal } } });
    },
    ['konnectProvider', aliased, 'stack/Id'],
  ],
  [
    'the global URL',
    (s) => [new KonnectProvider(s, 'konnect', { serverUrl: GLOBAL }), service(s)],
    ['serverUrl', global, 'stack/konnect'],
  ],
  [
    'the global URL with a slash, in an aliased provider',
    (s) => {
      new KonnectProvider(s, 'konnect', { serverUrl: 'https://eu.api.konghq.com' });
      const provider = new KonnectProvider(s, 'global', { alias: 'global', serverUrl: `${GLOBAL}/` });
      new DevPortal(s, 'Id', { name: 'portal', provider });
    },
    ['serverUrl', global, 'stack/global'],
  ],
  [
    'an API of another region',
    (s) => publication(s, { api: konnect(s, 'us'), own: konnect(s, 'eu') }),
    ['api', elsewhere, 'stack/Id'],
  ],
  [
    'an API of another region than the default provider',
    (s) => {
      new KonnectProvider(s, 'konnect', { serverUrl: 'https://eu.api.konghq.com/' });
      publication(s, { api: konnect(s, 'us') });
    },
    ['api', elsewhere, 'stack/Id'],
  ],
  [
    'API and portal of another region',
    (s) => {
      const us = konnect(s, 'us');
      publication(s, { api: us, portal: us, own: konnect(s, 'eu') });
    },
    ['api', elsewhere, 'stack/Id'],
    ['portal', elsewhere, 'stack/Id'],
  ],
  [
    'a portal of another region than the API',
    (s) => {
      new KonnectProvider(s, 'konnect', {});
      publication(s, { api: konnect(s, 'eu'), portal: konnect(s, 'us') });
    },
    ['portal', elsewhere, 'stack/Id'],
  ],
  [
    'a gateway service of another region',
    (s) => {
      const gatewayService = service(s, konnect(s, 'us'));
      new Api(s, 'Id', { name: 'api', gatewayService, provider: konnect(s, 'eu') });
    },
    ['gatewayService', elsewhere, 'stack/Id'],
  ],
  [
    'a policy without clients',
    (s) => {
      providers(s);
      const authorizationServer = AuthorizationServer.fromDefault(s, 'Server');
      new AccessPolicy(s, 'Id', { authorizationServer, name: 'Clients' });
    },
    ['clients', /must contain at least one client/, 'stack/Id'],
  ],
  [
    'two policies of one name on a server',
    (s) => {
      providers(s);
      OktaDevPortalOidc.fromAttributes(s, 'First', REFERENCE).allowClient('0oa1');
      OktaDevPortalOidc.fromAttributes(s, 'Id', REFERENCE).allowClient('0oa2');
    },
    ['name', /one access policy only/, 'stack/Id/AccessPolicy'],
  ],
];

const invalidRows = invalid.map(([what, act, ...failures]) => [what, act, failures] as const);

test.each(invalidRows)('%s: rejected at synthesis', (_what, act, failures) => {
  const stack = newStack();
  act(stack);
  expectSynthFailures(stack, ...failures);
});

/** Adds one claim and one scope. */
const extend = (server: ReturnType<typeof AuthorizationServer.fromDefault>) => [
  server.addClientIdClaim('clientId'),
  server.addScope('api.access'),
];

test.each<[string, (stack: TerraformStack, other: TerraformStack) => unknown]>([
  [
    'by its name, and providers that name the org',
    (...stacks) =>
      stacks.map((each) => {
        new OktaProvider(each, 'okta', ORG);
        return extend(AuthorizationServer.fromDefault(each, 'Server'));
      }),
  ],
  [
    'by an id that no other server has',
    (...stacks) =>
      stacks.map((each) => {
        new OktaProvider(each, 'okta', {});
        return extend(AuthorizationServer.fromAttributes(each, 'Server', SERVER));
      }),
  ],
  [
    'by a reference to the stack that created it',
    (team, stack) => {
      for (const each of [team, stack]) {
        new OktaProvider(each, 'okta', {});
      }
      const created = new AuthorizationServer(team, 'Server', { name: 'Own', audiences: ['api://own'] });
      const { authorizationServerId, issuer } = created;
      extend(created);
      extend(AuthorizationServer.fromAttributes(stack, 'Server', { authorizationServerId, issuer }));
    },
  ],
])('a claim and a scope that two stacks add to one server, %s: rejected', (_how, act) => {
  const stack = newStack();
  act(beside(stack), stack);
  expectSynthFailures(
    stack,
    ['claimName', /by one stack only.*also the name of team\/Server/, 'stack/Server/Claim-clientId'],
    ['scopeName', /by one stack only.*also the name of team\/Server/, 'stack/Server/Scope-api.access'],
  );
});

const valid: readonly (readonly [what: string, act: Act])[] = [
  [
    'stacks of two environments, whose orgs only their variables tell apart',
    (s) => {
      for (const stack of [beside(s, 'dev'), s]) {
        providers(stack);
        new OktaDevPortalOidc(stack, 'oidc', { allowedClientIds: ['0oa1'] });
      }
    },
  ],
  [
    'stacks of two orgs, with the server default and policies of one name',
    (s) => {
      for (const [stack, orgName] of [[beside(s), 'dev'] as const, [s, 'prod'] as const]) {
        new OktaProvider(stack, 'okta', { ...ORG, orgName });
        new KonnectProvider(stack, 'konnect', {});
        const attributes = { authorizationServerId: 'default', issuer: ISSUER };
        const authorizationServer = AuthorizationServer.fromAttributes(stack, 'server', attributes);
        new OktaDevPortalOidc(stack, 'oidc', { authorizationServer, allowedClientIds: ['0oa1'] });
      }
    },
  ],
  [
    'an org of which a provider names a part, and one from a variable',
    (s) => {
      for (const [index, stack] of [beside(s), s].entries()) {
        const orgName = new TerraformVariable(stack, 'org', {}).stringValue;
        new OktaProvider(stack, 'okta', index === 0 ? { orgName: 'acme' } : { ...ORG, orgName });
        AuthorizationServer.fromDefault(stack, 'server').addScope('a');
      }
    },
  ],
  [
    'a default provider that is created late, and inside of a construct',
    (s) => {
      new DevPortal(s, 'portal', { name: 'portal' });
      konnect(s, 'eu');
      new KonnectProvider(new Construct(s, 'providers'), 'konnect', {});
    },
  ],
  [
    'parts whose providers have the same URL, or one that only Terraform knows',
    (s) => {
      new KonnectProvider(s, 'konnect', {});
      const own = new KonnectProvider(s, 'own', { alias: 'own', serverUrl: 'https://EU.api.konghq.com/' });
      const serverUrl = new TerraformVariable(s, 'url', {}).stringValue;
      const portal = new KonnectProvider(s, 'variable', { alias: 'variable', serverUrl });
      publication(s, { api: konnect(s, 'eu'), portal, own });
    },
  ],
  [
    'publications with one id of two APIs of another stack',
    (s) => {
      const team = beside(s);
      new KonnectProvider(team, 'konnect', {});
      providers(s);
      const portal = DevPortal.fromPortalId(s, 'portal', UUID);
      const oidc = new OktaDevPortalOidc(s, 'oidc');
      for (const name of ['orders', 'stock']) {
        oidc.publish('portal', { api: new Api(team, name, { name }), portal });
      }
    },
  ],
  [
    'a portal with the provider of a region beside a global provider',
    (s) => {
      new DevPortal(s, 'portal', { name: 'portal', provider: konnect(s, 'eu') });
      new KonnectProvider(s, 'konnect', { serverUrl: GLOBAL });
    },
  ],
  [
    'a provider whose URL is a variable',
    (s) => {
      new KonnectProvider(s, 'konnect', { serverUrl: new TerraformVariable(s, 'url', {}).stringValue });
      new DevPortal(s, 'portal', { name: 'portal' });
    },
  ],
  [
    'two strategies of one name in two regions',
    (s) => {
      providers(s);
      for (const alias of ['eu', 'us']) {
        const konnectProvider = new KonnectProvider(s, alias, { alias });
        new OktaDevPortalOidc(s, `oidc-${alias}`, { konnectProvider });
      }
    },
  ],
  [
    'two strategies whose names only Terraform knows',
    (s) => {
      providers(s);
      const name = new TerraformVariable(s, 'name', {}).stringValue;
      return ['one', 'two'].map((id) => new OktaDevPortalOidc(s, id, { name }));
    },
  ],
  [
    'policies of one name on two servers, and one without clients',
    (s) => {
      providers(s);
      for (const authorizationServerId of ['aus1', 'aus2', 'aus3']) {
        const issuer = `https://dev-1.okta.com/oauth2/${authorizationServerId}`;
        const attributes = { ...REFERENCE, authorizationServerId, issuer };
        const oidc = OktaDevPortalOidc.fromAttributes(s, authorizationServerId, attributes);
        if (authorizationServerId !== 'aus3') oidc.allowClient('0oa1');
      }
      OktaDevPortalOidc.fromAttributes(s, 'oidc', REFERENCE);
    },
  ],
];

test.each(valid)('%s: valid', (_what, act) => {
  const stack = newStack();
  act(stack);
  expect(catchSynthError(stack)).toBeUndefined();
});

test('a provider that is created between two syntheses is found', () => {
  const stack = newStack();
  konnect(stack, 'eu');
  new Api(stack, 'Id', { name: 'api' });
  expectSynthFailures(stack, ['provider', aliased]);
  new KonnectProvider(new Construct(stack, 'providers'), 'konnect', {});
  expect(catchSynthError(stack)).toBeUndefined();
});

describe('two references of a stack to one server by remote state', () => {
  function references(name?: string): TerraformStack {
    const stack = stackWithProviders();
    const state = new DataTerraformRemoteStateLocal(stack, 'state', { path: 'platform.tfstate' });
    for (const id of ['First', 'Id']) {
      const attributes = {
        authorizationServerId: state.getString('server_id'),
        issuer: state.getString('issuer'),
        scopeNames: state.getList(`${id}_scopes`),
        strategyId: state.getString(`${id}_strategy`),
      };
      const options = id === 'Id' ? { accessPolicy: { name } } : {};
      OktaDevPortalOidc.fromAttributes(stack, id, attributes, options).allowClient('0oa1');
    }
    return stack;
  }

  test('are rejected with policies of one name', () => {
    expectSynthFailures(references('Okta OIDC (stack)'), [
      'name',
      /one access policy only.*also the name of stack\/First/,
      'stack/Id/AccessPolicy',
    ]);
  });

  test('are valid with another name for the second', () => {
    expect(catchSynthError(references('Writers'))).toBeUndefined();
  });

  test('a name that is undefined is the default', () => {
    expectSynthFailures(references(), ['name', /one access policy only/, 'stack/Id/AccessPolicy']);
  });
});
