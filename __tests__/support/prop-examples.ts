import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AccessPolicy,
  type AccessPolicyOptions,
  type AccessPolicyProps,
  AccessPolicyRule,
  type AccessPolicyRuleOptions,
  type AccessPolicyRuleProps,
  Adoption,
  ApiPublication,
  type ApiPublicationOptions,
  type ApiPublicationProps,
  AuthMethod,
  AuthorizationServer,
  type AuthorizationServerAttributes,
  type AuthorizationServerLookup,
  type AuthorizationServerProps,
  ClientIdClaim,
  type ClientIdClaimOptions,
  type ClientIdClaimProps,
  type ClientRegistrationOptions,
  ClientSecretStorage,
  DeveloperStatus,
  DevPortal,
  type DevPortalAttributes,
  type DevPortalProps,
  GatewayRoute,
  type GatewayRouteOptions,
  type GatewayRouteProps,
  GatewayService,
  type GatewayServiceAttributes,
  type GatewayServiceProps,
  GrantType,
  type IDevPortal,
  type IGatewayService,
  type IOidcClient,
  type IPortalApi,
  IssuerMode,
  KeyRotationMode,
  KonnectRegion,
  Moves,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
  OidcClient,
  type OidcClientProps,
  OidcClientType,
  OktaDevPortalOidc,
  type OktaDevPortalOidcAttributes,
  type OktaDevPortalOidcProps,
  type OktaDevPortalOidcReferenceOptions,
  OktaScope,
  type OktaScopeOptions,
  type OktaScopeProps,
  PortalApi,
  type PortalApiAttributes,
  type PortalApiProps,
  PortalApplication,
  type PortalApplicationOptions,
  type PortalApplicationProps,
  PortalDeveloper,
  type PortalDeveloperProps,
  PortalPage,
  type PortalPageOptions,
  type PortalPageProps,
  PortalRegistration,
  type PortalRegistrationOptions,
  type PortalRegistrationProps,
  PortalRole,
  PortalTeam,
  type PortalTeamOptions,
  type PortalTeamProps,
  PortalTeamRole,
  type PortalTeamRoleProps,
  ProviderVersions,
  type ProviderVersionsProps,
  type ResourceProps,
  type TokenRequirements,
  Visibility,
} from '../../lib';
import { PortalCatalog, type PortalCatalogProps } from '../../lib/catalog';
import type { Given } from './fixture';
import { ISSUER, UUID } from './validation';

/** What is taken over: nothing yet, and the rest is created. */
const ADOPTION = join(__dirname, 'adoption.json');

/** One way to give input to the library, with an example that sets every prop. */
export interface Entry {
  readonly what: string;
  /** The interfaces whose props the example sets. */
  readonly interfaces: readonly string[];
  /** Props that the library has to take; whoever changes them may expect a ValidationError at worst. */
  readonly example: (given: Given) => object;
  /** Whether the example stands for one parameter; otherwise it holds several. */
  readonly whole: boolean;
  /** Hands the props in; they may be anything at run time. */
  readonly create: (stack: TerraformStack, props: never, given: Given) => unknown;
}

function entry<T extends object>(
  what: string,
  interfaces: readonly string[],
  // Every prop, so that the compiler finds the one that an example forgets.
  example: (given: Given) => Required<T>,
  create: (stack: TerraformStack, props: T, given: Given) => unknown,
): Entry {
  return { what, interfaces, example, create, whole: true };
}

/** Input that comes as several parameters. */
function parameters<T extends object>(...parts: Parameters<typeof entry<T>>): Entry {
  return { ...entry<T>(...parts), whole: false };
}

const oktaMeta = (given: Given): Required<ResourceProps> => ({
  provider: given.okta,
  dependsOn: [given.portal.resource],
  preventDestroy: true,
});
const konnectMeta = (given: Given): Required<ResourceProps> => ({
  ...oktaMeta(given),
  provider: given.konnect,
});
const labels = { team: 'payments' };
const client = (given: Given): Required<OidcClientProps> => ({
  ...oktaMeta(given),
  label: 'Dev Portal app',
  type: OidcClientType.WEB,
  redirectUris: ['https://localhost/callback'],
  clientSecret: ClientSecretStorage.IN_STATE,
});
const route = (given: Given): Required<GatewayRouteOptions> => ({
  ...konnectMeta(given),
  name: 'route',
  paths: ['/orders'],
  hosts: ['orders.example'],
  methods: ['GET'],
  protocols: ['https'],
  stripPath: false,
  tags: ['team-payments'],
});
const rule = (given: Given): Required<AccessPolicyRuleOptions> => ({
  ...oktaMeta(given),
  name: 'Client credentials',
  scopes: ['api.access'],
  grantTypes: [GrantType.CLIENT_CREDENTIALS],
  accessTokenLifetimeMinutes: 30,
  groups: ['00g1'],
});
const publication = (given: Given): Required<ApiPublicationOptions> => ({
  ...konnectMeta(given),
  api: given.api,
  portal: given.portal,
  visibility: Visibility.PUBLIC,
  autoApproveRegistrations: true,
});
const requirements: Required<TokenRequirements> = {
  scopesRequired: ['api.access'],
  // Another one than Okta's, so that no rule compares the scopes.
  scopesClaim: ['roles'],
  audienceRequired: ['api://company'],
  audienceClaim: ['aud'],
};
const application = (given: Given): Required<PortalApplicationOptions> => ({
  ...konnectMeta(given),
  client: OidcClient.fromClientId(given.stack, 'existing', '0oa1'),
  developer: given.developer,
  name: 'Shop',
  description: 'Sells things',
  labels,
});
const clientRegistration = (given: Given): Required<ClientRegistrationOptions> => ({
  ...application(given),
  approved: true,
});
const registration = (given: Given): Required<PortalRegistrationOptions> => ({
  ...konnectMeta(given),
  api: given.api,
  approved: true,
});
/** A developer's application, in a stack that asks for the provider that knows such. */
const applicationOf = (stack: TerraformStack, given: Given): PortalApplication => {
  ProviderVersions.require(stack, { konnect: '~> 3.21' });
  const { strategy, developer } = given;
  const client = OidcClient.fromClientId(stack, 'client', '0oa2');
  return new PortalApplication(stack, 'application', { client, developer, strategy });
};
const reference = (given: Given): Required<OktaDevPortalOidcReferenceOptions> => ({
  policyName: 'Clients of this stack',
  oktaProvider: given.okta,
  konnectProvider: given.konnect,
});

/** Every way to give input to the library. */
export const catalogue: readonly Entry[] = [
  entry<OktaDevPortalOidcProps>(
    'OktaDevPortalOidc',
    ['OktaDevPortalOidcProps', 'OidcClientProps', 'ApiPublicationOptions'],
    (given) => ({
      authorizationServer: given.server,
      claimName: 'clientId',
      scopes: ['api.access'],
      name: 'Okta OIDC',
      displayName: 'Okta',
      authMethods: [AuthMethod.CLIENT_CREDENTIALS],
      labels,
      ...requirements,
      additionalProperties: { ssl_verify: true, audience: ['api'], nested: { text: 'x' } },
      clients: { app: client(given) },
      allowedClientIds: ['0oa1'],
      publications: { orders: publication(given) },
      policyName: 'Clients',
      policyPriority: 2,
      policyDescription: 'Clients of the Dev Portal',
      policyRuleName: 'Client credentials',
      policyRuleGroups: ['00g1'],
      accessTokenLifetimeMinutes: 30,
      adopt: Adoption.fromFile(ADOPTION),
      oktaProvider: given.okta,
      konnectProvider: given.konnect,
    }),
    (stack, props) => new OktaDevPortalOidc(stack, 'it', props),
  ),
  entry<OktaDevPortalOidcAttributes>(
    'OktaDevPortalOidc.fromAttributes',
    ['OktaDevPortalOidcAttributes'],
    (given) => ({
      ...reference(given),
      authorizationServerId: 'aus1',
      issuer: ISSUER,
      scopeNames: ['api.access'],
      strategyId: UUID,
    }),
    (stack, props, { api, portal }) => {
      const oidc = OktaDevPortalOidc.fromAttributes(stack, 'it', props);
      oidc.allowClient('0oa1');
      oidc.publish('orders', { api, portal });
    },
  ),
  entry<OktaDevPortalOidcReferenceOptions>(
    'OktaDevPortalOidc.fromOidc',
    ['OktaDevPortalOidcReferenceOptions'],
    reference,
    (stack, props) => {
      const oidc = new OktaDevPortalOidc(stack, 'oidc');
      OktaDevPortalOidc.fromOidc(stack, 'it', oidc, props).allowClient('0oa1');
    },
  ),
  entry<AuthorizationServerProps>(
    'AuthorizationServer',
    ['AuthorizationServerProps'],
    (given) => ({
      ...oktaMeta(given),
      name: 'APIs',
      audiences: ['api://company'],
      description: 'Tokens for the APIs',
      issuerMode: IssuerMode.DYNAMIC,
      keyRotationMode: KeyRotationMode.MANUAL,
    }),
    (stack, props) => new AuthorizationServer(stack, 'it', props),
  ),
  parameters<AuthorizationServerLookup & { readonly name: string }>(
    'AuthorizationServer.fromName',
    ['AuthorizationServerLookup'],
    (given) => ({ name: 'APIs', provider: given.okta }),
    (stack, props) => AuthorizationServer.fromName(stack, 'it', props.name, props).addScope('api.access'),
  ),
  entry<AuthorizationServerAttributes>(
    'AuthorizationServer.fromAttributes',
    ['AuthorizationServerAttributes'],
    (given) => ({ authorizationServerId: 'aus1', issuer: ISSUER, provider: given.okta }),
    (stack, props) => {
      const authorizationServer = AuthorizationServer.fromAttributes(stack, 'it', props);
      new OktaDevPortalOidc(stack, 'oidc', { authorizationServer }).allowClient('0oa1');
    },
  ),
  entry<OktaScopeProps>(
    'OktaScope',
    ['OktaScopeOptions', 'OktaScopeProps'],
    (given) => ({
      ...oktaMeta(given),
      authorizationServer: given.server,
      scopeName: 'orders.read',
      displayName: 'Orders',
      description: 'Read orders',
      publishInMetadata: false,
      defaultScope: true,
    }),
    (stack, props) => new OktaScope(stack, 'it', props),
  ),
  entry<ClientIdClaimProps>(
    'ClientIdClaim',
    ['ClientIdClaimOptions', 'ClientIdClaimProps'],
    (given) => ({
      ...oktaMeta(given),
      authorizationServer: given.server,
      claimName: 'clientId',
      scopes: [given.scope],
    }),
    (stack, props) => new ClientIdClaim(stack, 'it', props),
  ),
  entry<AccessPolicyProps>(
    'AccessPolicy',
    ['AccessPolicyOptions', 'AccessPolicyProps', 'AccessPolicyRuleOptions'],
    (given) => ({
      ...oktaMeta(given),
      authorizationServer: given.server,
      name: 'Clients',
      description: 'Clients of the Dev Portal',
      clients: [OidcClient.fromClientId(given.stack, 'existing', '0oa1')],
      allClients: false,
      rules: [rule(given)],
      priority: 1,
      ignorePriorityChanges: true,
    }),
    (stack, props) => new AccessPolicy(stack, 'it', props),
  ),
  entry<AccessPolicyRuleProps>(
    'AccessPolicyRule',
    ['AccessPolicyRuleProps'],
    (given) => ({
      ...rule(given),
      authorizationServer: given.server,
      policyId: '00p1',
      priority: 1,
      ignorePriorityChanges: true,
      replaceTriggeredBy: [],
    }),
    (stack, props) => new AccessPolicyRule(stack, 'it', props),
  ),
  entry<OidcClientProps>('OidcClient', ['OidcClientProps'], client, (stack, props) => {
    new OidcClient(stack, 'it', props);
  }),
  parameters<{ readonly construct: Construct; readonly paths: string[] }>(
    'Moves.from',
    [],
    (given) => ({ construct: given.api, paths: ['orders', 'platform/orders'] }),
    (_stack, props) => Moves.from(props.construct, ...[props.paths].flat()),
  ),
  parameters<{ readonly role: string; readonly region: string }>(
    'PortalRole.custom and KonnectRegion.custom',
    [],
    () => ({ role: 'API Owner', region: 'eu' }),
    (stack, props, { api, members }) => {
      ProviderVersions.require(stack, { konnect: '~> 3.20' });
      const region = KonnectRegion.custom(props.region);
      members.addTeam('team', { name: 'Partners', region }).grant(api, PortalRole.custom(props.role));
    },
  ),
  parameters<{ readonly clientId: string }>(
    'OidcClient.fromClientId',
    [],
    () => ({ clientId: '0oa1' }),
    (stack, props, { server }) => {
      const clients = [OidcClient.fromClientId(stack, 'it', props.clientId)];
      server.addAccessPolicy('policy', { name: 'Clients', clients });
    },
  ),
  entry<OidcAuthStrategyProps>(
    'OidcAuthStrategy',
    ['OidcAuthStrategyOptions', 'OidcAuthStrategyProps'],
    (given) => ({
      ...konnectMeta(given),
      name: 'Okta OIDC',
      displayName: 'Okta',
      authMethods: [AuthMethod.BEARER],
      labels,
      ...requirements,
      additionalProperties: { ssl_verify: true, audience: ['api'] },
      issuer: ISSUER,
      credentialClaim: ['app', 'id'],
      scopes: ['api.access'],
    }),
    (stack, props) => new OidcAuthStrategy(stack, 'it', props),
  ),
  parameters<{ readonly strategyId: string }>(
    'OidcAuthStrategy.fromStrategyId',
    [],
    () => ({ strategyId: UUID }),
    (stack, props, { api, portal }) => {
      const strategy = OidcAuthStrategy.fromStrategyId(stack, 'it', props.strategyId);
      new ApiPublication(stack, 'publication', { api, portal, strategy });
    },
  ),
  entry<DevPortalProps>(
    'DevPortal',
    ['DevPortalProps'],
    (given) => ({
      ...konnectMeta(given),
      name: 'Portal',
      displayName: 'Developers',
      description: 'APIs of the company',
      authenticationEnabled: true,
      rbacEnabled: true,
      autoApproveDevelopers: true,
      autoApproveApplications: true,
      defaultApiVisibility: Visibility.PRIVATE,
      defaultPageVisibility: Visibility.PRIVATE,
      homePage: '# Welcome',
      labels,
      forceDestroy: true,
    }),
    (stack, props) => new DevPortal(stack, 'it', props),
  ),
  parameters<DevPortalAttributes & { readonly portalId: string }>(
    'DevPortal.fromPortalId',
    ['DevPortalAttributes'],
    (given) => ({ portalId: UUID, rbacEnabled: false, provider: given.konnect }),
    (stack, props) => {
      const portal = DevPortal.fromPortalId(stack, 'it', props.portalId, props);
      portal.addPage('guides', { slug: 'guides', content: '' });
    },
  ),
  entry<PortalPageProps>(
    'PortalPage',
    ['PortalPageOptions', 'PortalPageProps'],
    (given) => ({
      ...konnectMeta(given),
      portal: given.portal,
      slug: 'guides',
      title: 'Guides',
      description: 'How to use the APIs',
      content: '# Guides',
      visibility: Visibility.PUBLIC,
      published: false,
    }),
    (stack, props) => new PortalPage(stack, 'it', props),
  ),
  entry<PortalApiProps>(
    'PortalApi',
    ['PortalApiProps'],
    (given) => ({
      ...konnectMeta(given),
      name: 'Orders',
      version: '1.0.0',
      description: 'Orders of the company',
      slug: 'orders',
      labels,
      attributes: { domains: ['sales'] },
      specification: 'openapi: 3.1.0',
      gatewayService: given.service,
    }),
    (stack, props) => new PortalApi(stack, 'it', props),
  ),
  parameters<PortalApiAttributes & { readonly apiId: string }>(
    'PortalApi.fromApiId',
    ['PortalApiAttributes'],
    () => ({ apiId: UUID, linkedToGateway: true }),
    (stack, props, { portal, strategy }) => {
      const api = PortalApi.fromApiId(stack, 'it', props.apiId, props);
      new ApiPublication(stack, 'publication', { api, portal, strategy });
    },
  ),
  entry<ApiPublicationProps>(
    'ApiPublication',
    ['ApiPublicationOptions', 'ApiPublicationProps'],
    (given) => ({ ...publication(given), strategy: given.strategy }),
    (stack, props) => new ApiPublication(stack, 'it', props),
  ),
  entry<GatewayServiceProps>(
    'GatewayService',
    ['GatewayServiceProps', 'GatewayRouteOptions'],
    (given) => ({
      ...konnectMeta(given),
      controlPlaneId: UUID,
      host: 'upstream.internal',
      serviceId: UUID,
      name: 'orders',
      protocol: 'https',
      port: 443,
      path: '/v1',
      retries: 3,
      connectTimeout: 1000,
      readTimeout: 2000,
      writeTimeout: 3000,
      routes: { orders: route(given) },
      tags: ['team-payments'],
    }),
    (stack, props) => new GatewayService(stack, 'it', props),
  ),
  entry<GatewayServiceAttributes>(
    'GatewayService.fromAttributes',
    ['GatewayServiceAttributes'],
    (given) => ({ serviceId: UUID, controlPlaneId: UUID, provider: given.konnect }),
    (stack, props, { api }) => {
      const service = GatewayService.fromAttributes(stack, 'it', props);
      service.addRoute('orders', { paths: ['/orders'] });
      api.linkTo(service);
    },
  ),
  entry<GatewayRouteProps>(
    'GatewayRoute',
    ['GatewayRouteProps'],
    (given) => ({ ...route(given), controlPlaneId: UUID, serviceId: UUID }),
    (stack, props) => new GatewayRoute(stack, 'it', props),
  ),
  entry<PortalDeveloperProps>(
    'PortalDeveloper',
    ['PortalDeveloperOptions', 'PortalDeveloperProps'],
    (given) => ({
      ...konnectMeta(given),
      portal: given.portal,
      email: 'dev@example.test',
      fullName: 'Dev Eloper',
      status: DeveloperStatus.APPROVED,
      sendInvitationEmail: true,
    }),
    (stack, props) => {
      ProviderVersions.require(stack, { konnect: '~> 3.21' });
      new PortalDeveloper(stack, 'it', props);
    },
  ),
  parameters<{ readonly developerId: string; readonly portal: IDevPortal }>(
    'PortalDeveloper.fromDeveloperId',
    [],
    (given) => ({ developerId: UUID, portal: given.portal }),
    (stack, props, given) => {
      const developer = PortalDeveloper.fromDeveloperId(stack, 'it', props.developerId, props.portal);
      applicationOf(stack, { ...given, developer } as Given);
    },
  ),
  entry<PortalApplicationProps>(
    'PortalApplication',
    ['PortalApplicationOptions', 'PortalApplicationProps'],
    (given) => ({ ...application(given), strategy: given.strategy }),
    (stack, props) => {
      ProviderVersions.require(stack, { konnect: '~> 3.21' });
      new PortalApplication(stack, 'it', props);
    },
  ),
  entry<PortalRegistrationProps>(
    'PortalRegistration',
    ['PortalRegistrationOptions', 'PortalRegistrationProps'],
    (given) => ({ ...registration(given), application: applicationOf(given.stack, given) }),
    (stack, props) => new PortalRegistration(stack, 'it', props),
  ),
  entry<PortalTeamProps>(
    'PortalTeam',
    ['PortalTeamOptions', 'PortalTeamProps'],
    (given) => ({
      ...konnectMeta(given),
      portal: given.members,
      name: 'Partners',
      description: 'Who may see the private APIs',
      canOwnApplications: true,
      region: KonnectRegion.EU,
    }),
    (stack, props, { api }) => {
      ProviderVersions.require(stack, { konnect: '~> 3.20' });
      new PortalTeam(stack, 'it', props).grantViewer(api);
    },
  ),
  entry<PortalTeamRoleProps>(
    'PortalTeamRole',
    ['PortalTeamRoleProps'],
    (given) => ({
      ...konnectMeta(given),
      team: new PortalTeam(given.stack, 'team', { name: 'Partners', portal: given.members }),
      role: PortalRole.custom('API Owner'),
      api: given.api,
      region: KonnectRegion.custom('eu'),
    }),
    (stack, props) => {
      ProviderVersions.require(stack, { konnect: '~> 3.20' });
      new PortalTeamRole(stack, 'it', props);
    },
  ),
  entry<PortalCatalogProps>(
    'PortalCatalog',
    ['PortalCatalogProps'],
    (given) => ({
      file: join(__dirname, 'catalogue.yaml'),
      portals: { main: given.portal },
      controlPlaneIds: { main: UUID },
      strategies: { code: new OktaDevPortalOidc(given.stack, 'oidc') },
      authorizationServer: given.server,
      oktaProvider: given.okta,
      konnectProvider: given.konnect,
    }),
    (stack, props) => new PortalCatalog(stack, 'it', props),
  ),
  entry<ProviderVersionsProps>(
    'ProviderVersions.require',
    ['ProviderVersionsProps', 'ResourceProps'],
    () => ({ okta: '>= 4.20.0', konnect: '~> 3.19' }),
    (stack, props) => ProviderVersions.require(stack, props),
  ),
  parameters<{ readonly scopeName: string; readonly options: OktaScopeOptions }>(
    'IAuthorizationServer.addScope',
    [],
    (given) => ({ scopeName: 'orders.read', options: { ...oktaMeta(given), description: 'Read orders' } }),
    (_stack, props, { server }) => server.addScope(props.scopeName, props.options),
  ),
  parameters<{ readonly claimName: string; readonly options: ClientIdClaimOptions }>(
    'IAuthorizationServer.addClientIdClaim',
    [],
    (given) => ({ claimName: 'clientId', options: { ...oktaMeta(given), scopes: [given.scope] } }),
    (_stack, props, { server }) => server.addClientIdClaim(props.claimName, props.options),
  ),
  parameters<{ readonly lookup: AuthorizationServerLookup; readonly policy: AccessPolicyOptions }>(
    'AuthorizationServer.fromDefault and addAccessPolicy',
    [],
    (given) => ({
      lookup: { provider: given.okta },
      policy: { ...oktaMeta(given), name: 'Clients', allClients: true, rules: [rule(given)] },
    }),
    (stack, props) =>
      AuthorizationServer.fromDefault(stack, 'it', props.lookup).addAccessPolicy('policy', props.policy),
  ),
  parameters<{ readonly options: AccessPolicyRuleOptions; readonly client: IOidcClient }>(
    'AccessPolicy.addRule and addClient',
    [],
    (given) => ({ options: rule(given), client: OidcClient.fromClientId(given.stack, 'existing', '0oa1') }),
    (_stack, props, { server }) => {
      const policy = server.addAccessPolicy('policy', { name: 'Clients' });
      policy.addRule(props.options);
      policy.addClient(props.client);
    },
  ),
  parameters<OidcMethods>(
    'OktaDevPortalOidc.addClient, allowClient, publish and registerClient',
    ['ClientRegistrationOptions'],
    (given) => ({
      client: client(given),
      clientId: '0oa1',
      publication: publication(given),
      application: clientRegistration(given),
    }),
    (stack, props) => {
      ProviderVersions.require(stack, { konnect: '~> 3.21' });
      const oidc = new OktaDevPortalOidc(stack, 'it');
      oidc.addClient('app', props.client);
      oidc.allowClient(props.clientId);
      oidc.publish('orders', props.publication);
      oidc.registerClient('shop', props.application);
    },
  ),
  parameters<{ readonly [name: string]: string }>(
    'ids of what is added',
    [],
    () => ({
      client: 'client',
      publication: 'orders',
      application: 'shop',
      registration: 'own',
      route: 'all',
    }),
    (stack, ids, { api, portal, developer, service }) => {
      ProviderVersions.require(stack, { konnect: '~> 3.21' });
      const oidc = new OktaDevPortalOidc(stack, 'it');
      const client = oidc.addClient(ids.client, { label: 'App', type: OidcClientType.SERVICE });
      oidc.publish(ids.publication, { api, portal });
      const application = oidc.registerClient(ids.application, { client, developer });
      application.register(ids.registration, { api: PortalApi.fromApiId(stack, 'other', UUID) });
      service.addRoute(ids.route, { name: 'all', paths: ['/'] });
    },
  ),
  parameters<TeamMethods>(
    'PortalApplication.register, IDevPortal.addTeam and PortalTeam.grant',
    [],
    (given) => ({
      registration: registration(given),
      team: { ...konnectMeta(given), name: 'Partners', region: KonnectRegion.EU },
      role: PortalRole.custom('API Owner'),
      api: given.api,
    }),
    (stack, props, given) => {
      applicationOf(stack, given).register('orders', props.registration);
      given.members.addTeam('team', props.team).grant(props.api, props.role);
    },
  ),
  parameters<KonnectMethods>(
    'IDevPortal.addPage, IGatewayService.addRoute and PortalApi.linkTo',
    [],
    (given) => ({
      page: { slug: 'guides', content: '# Guides' },
      route: route(given),
      service: given.service,
    }),
    (_stack, props, { api, portal, service }) => {
      portal.addPage('guides', props.page);
      service.addRoute('orders', props.route);
      api.linkTo(props.service);
    },
  ),
];

interface OidcMethods {
  readonly client: OidcClientProps;
  readonly clientId: string;
  readonly publication: ApiPublicationOptions;
  readonly application: ClientRegistrationOptions;
}

interface TeamMethods {
  readonly registration: PortalRegistrationOptions;
  readonly team: PortalTeamOptions;
  readonly role: PortalRole;
  readonly api: IPortalApi;
}

interface KonnectMethods {
  readonly page: PortalPageOptions;
  readonly route: GatewayRouteOptions;
  readonly service: IGatewayService;
}
