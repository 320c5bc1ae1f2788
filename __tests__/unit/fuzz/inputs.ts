import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as lib from '../../../lib';
import { type PropsSpec, propsSpec } from '../../../lib/core/props-spec';
import { KONNECT_PROVIDER_OPTIONS, OKTA_PROVIDER_OPTIONS } from '../../../lib/core/provider-construct';
import { PROVIDER_VERSIONS } from '../../../lib/core/provider-versions';
import { construct, text } from '../../../lib/core/specs';
import { ACCESS_CONTROL_ENFORCEMENT } from '../../../lib/konnect/access-control-enforcement';
import { API_DOCUMENT } from '../../../lib/konnect/api-document';
import { API, API_ATTRIBUTES } from '../../../lib/konnect/api-props';
import { API_PUBLICATION, API_PUBLICATION_OPTIONS } from '../../../lib/konnect/api-publication';
import { API_VERSION } from '../../../lib/konnect/api-version';
import {
  APPLICATION_REGISTRATION,
  APPLICATION_REGISTRATION_OPTIONS,
} from '../../../lib/konnect/application-registration';
import { CONTROL_PLANE } from '../../../lib/konnect/control-plane';
import { DEV_PORTAL, DEV_PORTAL_ATTRIBUTES } from '../../../lib/konnect/dev-portal-props';
import { GATEWAY_ROUTE, GATEWAY_ROUTE_OPTIONS } from '../../../lib/konnect/gateway-route';
import { GATEWAY_SERVICE, GATEWAY_SERVICE_ATTRIBUTES } from '../../../lib/konnect/gateway-service';
import { OIDC_AUTH_STRATEGY } from '../../../lib/konnect/oidc-auth-strategy';
import { CLIENT_REGISTRATION_OPTIONS, OIDC_PUBLICATIONS } from '../../../lib/konnect/oidc-publications';
import {
  PORTAL_APPLICATION,
  PORTAL_APPLICATION_ATTRIBUTES,
} from '../../../lib/konnect/portal-application-props';
import { PORTAL_DEVELOPER } from '../../../lib/konnect/portal-developer';
import { PORTAL_PAGE } from '../../../lib/konnect/portal-page';
import { PORTAL_TEAM, PORTAL_TEAM_ATTRIBUTES, REGION } from '../../../lib/konnect/portal-team';
import { PORTAL_TEAM_DEVELOPER } from '../../../lib/konnect/portal-team-developer';
import { PORTAL_TEAM_ROLE, ROLE } from '../../../lib/konnect/portal-team-role';
import { UUID } from '../../../lib/konnect/shared-props';
import { ACCESS_POLICY, ACCESS_POLICY_ATTRIBUTES } from '../../../lib/okta/access-policy';
import { ACCESS_POLICY_RULE, ACCESS_POLICY_RULE_OPTIONS } from '../../../lib/okta/access-policy-rule';
import {
  AUTHORIZATION_SERVER,
  AUTHORIZATION_SERVER_ATTRIBUTES,
  AUTHORIZATION_SERVER_LOOKUP_OPTIONS,
} from '../../../lib/okta/authorization-server';
import { AUTHORIZATION_SERVER_SCOPE, SCOPE_NAME } from '../../../lib/okta/authorization-server-scope';
import { CLIENT_ID_CLAIM } from '../../../lib/okta/client-id-claim';
import { OIDC_CLIENT } from '../../../lib/okta/oidc-client';
import { OKTA_DEV_PORTAL_OIDC } from '../../../lib/okta-dev-portal-oidc';
import {
  OKTA_DEV_PORTAL_OIDC_ATTRIBUTES,
  OKTA_DEV_PORTAL_OIDC_IMPORT_OPTIONS,
} from '../../../lib/okta-dev-portal-oidc-base';
import { Fixture } from '../../support/fixture';
import { ISSUER } from '../../support/validation';
import { type AnySpec, type Props, SpecValues } from './spec-values';

/** One way to pass input to the library: a constructor or a method. */
export interface Input {
  /** As in code: `Api`, `Api.fromApiId`, `Api.linkTo`. */
  readonly name: string;
  readonly spec: AnySpec;
  /** Passes the props. They may be anything at run time. */
  readonly create: (fixture: Fixture, id: string, props: never) => unknown;
}

function input<T>(
  name: string,
  spec: PropsSpec<T>,
  create: (fixture: Fixture, id: string, props: T) => unknown,
): Input {
  return { name, spec: spec as unknown as AnySpec, create };
}

function ofClass<T>(
  type: new (scope: Construct, id: string, props: T) => Construct,
  spec: PropsSpec<T>,
): Input {
  return input(type.name, spec, ({ stack }, id, props) => new type(stack, id, props));
}

/** Arguments by position. */
const args = <T>(fields: PropsSpec<T>['fields']) => propsSpec<T>(fields);

/** Arguments by position, and the options behind them. */
function withArgs<T, O>(fields: PropsSpec<T>['fields'], options: PropsSpec<O>): PropsSpec<T & O> {
  return { fields: { ...options.fields, ...fields } as PropsSpec<T & O>['fields'], rules: options.rules };
}

/** Props of a construct that a method creates, without those that the method sets. */
function without<T, K extends keyof T & string>(spec: PropsSpec<T>, ...names: K[]): PropsSpec<Omit<T, K>> {
  const isKept = (name: string) => !names.includes(name as K);
  const fields = Object.entries(spec.fields).filter(([name]) => isKept(name));
  return {
    fields: Object.fromEntries(fields) as PropsSpec<Omit<T, K>>['fields'],
    rules: spec.rules.filter(({ prop }) => isKept(prop)) as never,
  };
}

const STRATEGY = { name: 'Strategy', issuer: ISSUER, credentialClaim: ['clientId'], scopes: ['api.access'] };
const NAME = text().notBlank().required();
const CLIENT = construct('clientId').required();
const TEAM = construct('teamId').required();

/** Every way to pass input to the library. A test finds the one that is missing. */
export const INPUTS: readonly Input[] = [
  ofClass(lib.AccessControlEnforcement, ACCESS_CONTROL_ENFORCEMENT),
  ofClass(lib.AccessPolicy, ACCESS_POLICY),
  ofClass(lib.AccessPolicyRule, ACCESS_POLICY_RULE),
  ofClass(lib.Api, API),
  ofClass(lib.ApiDocument, API_DOCUMENT),
  ofClass(lib.ApiPublication, API_PUBLICATION),
  ofClass(lib.ApiVersion, API_VERSION),
  ofClass(lib.ApplicationRegistration, APPLICATION_REGISTRATION),
  ofClass(lib.AuthorizationServer, AUTHORIZATION_SERVER),
  ofClass(lib.AuthorizationServerScope, AUTHORIZATION_SERVER_SCOPE),
  ofClass(lib.ClientIdClaim, CLIENT_ID_CLAIM),
  ofClass(lib.ControlPlane, CONTROL_PLANE),
  ofClass(lib.DevPortal, DEV_PORTAL),
  ofClass(lib.GatewayRoute, GATEWAY_ROUTE),
  ofClass(lib.GatewayService, GATEWAY_SERVICE),
  ofClass(lib.OidcAuthStrategy, OIDC_AUTH_STRATEGY),
  ofClass(lib.OidcClient, OIDC_CLIENT),
  ofClass(lib.OidcPublications, OIDC_PUBLICATIONS),
  ofClass(lib.OktaDevPortalOidc, OKTA_DEV_PORTAL_OIDC),
  ofClass(lib.PortalApplication, PORTAL_APPLICATION),
  ofClass(lib.PortalDeveloper, PORTAL_DEVELOPER),
  ofClass(lib.PortalPage, PORTAL_PAGE),
  ofClass(lib.PortalTeam, PORTAL_TEAM),
  ofClass(lib.PortalTeamRole, PORTAL_TEAM_ROLE),
  ofClass(lib.PortalTeamDeveloper, PORTAL_TEAM_DEVELOPER),

  input('AccessPolicy.fromAttributes', ACCESS_POLICY_ATTRIBUTES, ({ stack }, id, props) =>
    lib.AccessPolicy.fromAttributes(stack, id, props).addRule({ name: 'Rule', scopes: ['*'] }),
  ),
  input('AccessPolicy.addRule', ACCESS_POLICY_RULE_OPTIONS, ({ policy }, id, props) =>
    policy.addRule(props, id),
  ),
  input(
    'AccessPolicy.addClient',
    args<{ client: lib.IOidcClient }>({ client: CLIENT }),
    ({ policy }, _id, { client }) => policy.addClient(client),
  ),
  input(
    'Api.fromApiId',
    withArgs<{ apiId: string }, lib.ApiAttributes>({ apiId: UUID.required() }, API_ATTRIBUTES),
    ({ stack, portal, strategy }, id, { apiId, ...attributes }) => {
      const api = lib.Api.fromApiId(stack, id, apiId, attributes);
      new lib.ApiPublication(stack, `${id}-publication`, { api, portal, strategy });
    },
  ),
  input('Api.addVersion', without(API_VERSION, 'api'), ({ api }, id, props) => api.addVersion(id, props)),
  input('Api.addDocument', without(API_DOCUMENT, 'api', 'parent'), ({ api }, id, props) =>
    api.addDocument(id, props),
  ),
  input('ApiDocument.addDocument', without(API_DOCUMENT, 'api', 'parent'), ({ document }, id, props) =>
    document.addDocument(id, props),
  ),
  input(
    'Api.linkTo',
    args<{ gatewayService: lib.IGatewayService }>({ gatewayService: construct('serviceId').required() }),
    ({ api }, _id, { gatewayService }) => api.linkTo(gatewayService),
  ),
  input(
    'Api.linkToControlPlane',
    args<{ controlPlane: lib.IControlPlane }>({ controlPlane: construct('controlPlaneId').required() }),
    ({ api }, _id, { controlPlane }) => api.linkToControlPlane(controlPlane),
  ),
  ...(['grantViewer', 'grantConsumer'] as const).map((method) =>
    input(`Api.${method}`, args<{ team: lib.IPortalTeam }>({ team: TEAM }), ({ api }, _id, { team }) =>
      api[method](team),
    ),
  ),
  input(
    'Api.grant',
    args<{ team: lib.IPortalTeam; role: lib.PortalRole }>({ team: TEAM, role: ROLE.required() }),
    ({ api }, _id, { team, role }) => api.grant(team, role),
  ),
  input('AuthorizationServer.fromDefault', OKTA_PROVIDER_OPTIONS, ({ stack }, id, props) =>
    lib.AuthorizationServer.fromDefault(stack, id, props),
  ),
  input('AuthorizationServer.fromLookup', AUTHORIZATION_SERVER_LOOKUP_OPTIONS, ({ stack }, id, props) =>
    lib.AuthorizationServer.fromLookup(stack, id, props),
  ),
  input('AuthorizationServer.fromAttributes', AUTHORIZATION_SERVER_ATTRIBUTES, ({ stack }, id, props) => {
    const server = lib.AuthorizationServer.fromAttributes(stack, id, props);
    server.addScope('orders.read');
    new lib.OidcAuthStrategy(stack, `${id}-strategy`, {
      name: 'Strategy',
      issuer: server.issuer,
      credentialClaim: ['clientId'],
      scopes: ['orders.read'],
    });
  }),
  input(
    'AuthorizationServer.addScope',
    without(AUTHORIZATION_SERVER_SCOPE, 'authorizationServer'),
    ({ stack }, id, { scopeName, ...options }) =>
      lib.AuthorizationServer.fromDefault(stack, id).addScope(scopeName, options),
  ),
  input(
    'AuthorizationServer.addClientIdClaim',
    without(CLIENT_ID_CLAIM, 'authorizationServer'),
    ({ stack }, id, { claimName, ...options }) =>
      lib.AuthorizationServer.fromDefault(stack, id).addClientIdClaim(claimName, options),
  ),
  input(
    'AuthorizationServer.addAccessPolicy',
    without(ACCESS_POLICY, 'authorizationServer'),
    ({ server }, id, props) => server.addAccessPolicy(id, props),
  ),
  input(
    'AuthorizationServerScope.fromScopeName',
    args<{ scopeName: string }>({ scopeName: SCOPE_NAME.required() }),
    ({ stack, server }, id, { scopeName }) => {
      const scopes = [lib.AuthorizationServerScope.fromScopeName(stack, id, scopeName)];
      server.addClientIdClaim('claim', { scopes });
    },
  ),
  input(
    'ControlPlane.fromControlPlaneId',
    withArgs<{ controlPlaneId: string }, lib.ControlPlaneAttributes>(
      { controlPlaneId: UUID.required() },
      KONNECT_PROVIDER_OPTIONS,
    ),
    ({ stack }, id, { controlPlaneId, ...attributes }) => {
      const controlPlane = lib.ControlPlane.fromControlPlaneId(stack, id, controlPlaneId, attributes);
      new lib.GatewayService(stack, `${id}-service`, { controlPlane, host: 'upstream.internal' });
    },
  ),
  input(
    'ControlPlane.enforceAccess',
    without(ACCESS_CONTROL_ENFORCEMENT, 'controlPlane'),
    ({ controlPlane }, _id, props) => controlPlane.enforceAccess(props),
  ),
  input(
    'DevPortal.fromPortalId',
    withArgs<{ portalId: string }, lib.DevPortalAttributes>(
      { portalId: UUID.required() },
      DEV_PORTAL_ATTRIBUTES,
    ),
    ({ stack }, id, { portalId, ...attributes }) =>
      lib.DevPortal.fromPortalId(stack, id, portalId, attributes).addPage('page', {
        slug: 'page',
        content: '',
      }),
  ),
  input('DevPortal.addPage', without(PORTAL_PAGE, 'portal', 'parent'), ({ portal }, id, props) =>
    portal.addPage(id, props),
  ),
  input('PortalPage.addPage', without(PORTAL_PAGE, 'portal', 'parent'), ({ page }, id, props) =>
    page.addPage(id, props),
  ),
  input(
    'DevPortal.useDefaultStrategy',
    args<{ defaultStrategy: lib.IOidcAuthStrategy }>({
      defaultStrategy: construct('strategyId').required(),
    }),
    ({ portal }, _id, { defaultStrategy }) => portal.useDefaultStrategy(defaultStrategy),
  ),
  input('DevPortal.addTeam', without(PORTAL_TEAM, 'portal'), ({ members }, id, props) =>
    members.addTeam(id, props),
  ),
  input('PortalTeam.addDeveloper', without(PORTAL_TEAM_DEVELOPER, 'team'), ({ team }, id, props) =>
    team.addDeveloper(id, props),
  ),
  input('GatewayService.fromAttributes', GATEWAY_SERVICE_ATTRIBUTES, ({ stack, api }, id, props) => {
    const service = lib.GatewayService.fromAttributes(stack, id, props);
    service.addRoute('route', { paths: ['/'] });
    api.linkTo(service);
  }),
  input('GatewayService.addRoute', GATEWAY_ROUTE_OPTIONS, ({ service }, id, props) =>
    service.addRoute(id, props),
  ),
  input(
    'KonnectRegion.custom',
    args<{ region: lib.KonnectRegion }>({ region: REGION.required() }),
    ({ members, api }, id, { region }) =>
      api.grantViewer(members.addTeam(id, { name: 'Team', region: lib.KonnectRegion.custom(region?.name) })),
  ),
  input(
    'OidcAuthStrategy.fromStrategyId',
    args<{ strategyId: string }>({ strategyId: UUID.required() }),
    ({ stack, api, portal }, id, { strategyId }) => {
      const strategy = lib.OidcAuthStrategy.fromStrategyId(stack, id, strategyId);
      new lib.ApiPublication(stack, `${id}-publication`, { api, portal, strategy });
    },
  ),
  input(
    'OidcClient.fromClientId',
    args<{ clientId: string }>({ clientId: NAME }),
    ({ stack, policy }, id, props) =>
      policy.addClient(lib.OidcClient.fromClientId(stack, id, props.clientId)),
  ),
  input(
    'OktaDevPortalOidc.fromAttributes',
    withArgs<lib.OktaDevPortalOidcAttributes, lib.OktaDevPortalOidcImportOptions>(
      OKTA_DEV_PORTAL_OIDC_ATTRIBUTES.fields,
      OKTA_DEV_PORTAL_OIDC_IMPORT_OPTIONS,
    ),
    ({ stack, api, portal }, id, { accessPolicy, oktaProvider, konnectProvider, ...attributes }) => {
      const options = { accessPolicy, oktaProvider, konnectProvider };
      const oidc = lib.OktaDevPortalOidc.fromAttributes(stack, id, attributes, options);
      oidc.allowClient('0oa1');
      oidc.publish('api', { api, portal });
    },
  ),
  input('OktaDevPortalOidc.addClient', OIDC_CLIENT, ({ oidc }, id, props) => oidc.addClient(id, props)),
  input(
    'OktaDevPortalOidc.allowClient',
    args<{ clientId: string }>({ clientId: NAME }),
    ({ stack, oidc }, id, { clientId }) =>
      lib.OktaDevPortalOidc.fromAttributes(stack, id, oidc).allowClient(clientId),
  ),
  input('OktaDevPortalOidc.publish', API_PUBLICATION_OPTIONS, ({ oidc }, id, props) =>
    oidc.publish(id, props),
  ),
  input('OktaDevPortalOidc.registerClient', CLIENT_REGISTRATION_OPTIONS, ({ oidc }, id, props) =>
    oidc.registerClient(id, props),
  ),
  input('OidcPublications.publish', API_PUBLICATION_OPTIONS, ({ stack }, id, props) =>
    new lib.OidcPublications(stack, id, STRATEGY).publish('api', props),
  ),
  input('OidcPublications.registerClient', CLIENT_REGISTRATION_OPTIONS, ({ stack }, id, props) =>
    new lib.OidcPublications(stack, id, STRATEGY).registerClient('app', props),
  ),
  input('PortalApplication.fromAttributes', PORTAL_APPLICATION_ATTRIBUTES, ({ stack, api }, id, props) =>
    lib.PortalApplication.fromAttributes(stack, id, props).register('api', { api }),
  ),
  input('PortalApplication.register', APPLICATION_REGISTRATION_OPTIONS, ({ application }, id, props) =>
    application.register(id, props),
  ),
  input(
    'PortalDeveloper.fromDeveloperId',
    args<{ developerId: string; portal: lib.IDevPortal }>({
      developerId: UUID.required(),
      portal: construct('portalId').required(),
    }),
    ({ stack, client, strategy }, id, { developerId, portal }) => {
      const developer = lib.PortalDeveloper.fromDeveloperId(stack, id, developerId, portal);
      new lib.PortalApplication(stack, `${id}-application`, { client, developer, strategy });
    },
  ),
  input(
    'PortalRole.custom',
    args<{ role: lib.PortalRole }>({ role: ROLE.required() }),
    ({ api, team }, _id, { role }) => api.grant(team, lib.PortalRole.custom(role?.name)),
  ),
  input('PortalTeam.fromAttributes', PORTAL_TEAM_ATTRIBUTES, ({ stack }, id, props) =>
    lib.PortalTeam.fromAttributes(stack, id, props),
  ),
  input('ProviderVersions.require', PROVIDER_VERSIONS, ({ stack }, id, props) =>
    lib.ProviderVersions.require(new TerraformStack(stack.node.root as Construct, id), props),
  ),
];

/** A fixture, values for an input, and valid props of it. */
export function prepare({ name, spec }: Input, seed = 1) {
  const fixture = new Fixture();
  const values = new SpecValues(fixture);
  const props = values.props(spec).filter((each) => fitsTogether(each, name));
  return { fixture, values, valid: values.sample(props, seed) };
}

/** What rules require that compare props with others of the construct. */
function fitsTogether(props: Props, name: string): boolean {
  const { scopesRequired, scopesClaim, clients, allClients, region, routes } = props;
  return (
    // Another claim than the one of Okta: the scopes of the strategy need not be in it.
    (scopesRequired === undefined || scopesClaim !== undefined) &&
    (clients !== undefined || allClients === true || !/AccessPolicy$/.test(name)) &&
    (region !== undefined || name !== 'PortalTeamRole') &&
    // A route is called like its key.
    Object.keys(Object(routes)).every((key) => /^[\w.~-]+$/.test(key))
  );
}
