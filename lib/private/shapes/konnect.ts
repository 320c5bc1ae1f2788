import type { ApiPublicationOptions, ApiPublicationProps } from '../../konnect/api-publication';
import type { DevPortalAttributes, DevPortalProps } from '../../konnect/dev-portal';
import type { GatewayRouteOptions, GatewayRouteProps } from '../../konnect/gateway-route';
import type { GatewayServiceAttributes, GatewayServiceProps } from '../../konnect/gateway-service';
import type { OidcAuthStrategyOptions, OidcAuthStrategyProps } from '../../konnect/oidc-auth-strategy';
import { AuthMethod } from '../../konnect/oidc-auth-strategy';
import type { PortalApiAttributes, PortalApiProps } from '../../konnect/portal-api';
import type { PortalPageProps } from '../../konnect/portal-page';
import type { TokenRequirements } from '../../konnect/token-requirements';
import { Visibility } from '../../konnect/visibility';
import {
  construct,
  constructsOf,
  flag,
  json,
  known,
  listOf,
  mapOf,
  member,
  number,
  of,
  provider,
  required,
  type Shape,
  text,
} from '../kinds';
import { RESOURCE_PROPS } from './resource';

const visibility = member(() => Visibility);
const labels = mapOf(text);

/** What kind each prop of the Konnect side is of. */
export const DEV_PORTAL: Shape<DevPortalProps> = {
  ...RESOURCE_PROPS,
  name: required(text),
  displayName: text,
  description: text,
  authenticationEnabled: flag,
  rbacEnabled: known(flag),
  autoApproveDevelopers: flag,
  autoApproveApplications: flag,
  defaultApiVisibility: visibility,
  defaultPageVisibility: visibility,
  homePage: text,
  labels,
  forceDestroy: flag,
};

export const DEV_PORTAL_ATTRIBUTES: Shape<DevPortalAttributes> = { rbacEnabled: flag, provider };

export const PORTAL_PAGE: Shape<PortalPageProps> = {
  ...RESOURCE_PROPS,
  portal: required(construct('portalId')),
  slug: required(text),
  title: text,
  description: text,
  content: required(text),
  visibility,
  published: known(flag),
};

export const PORTAL_API: Shape<PortalApiProps> = {
  ...RESOURCE_PROPS,
  name: required(text),
  version: text,
  description: text,
  slug: text,
  labels,
  attributes: mapOf(listOf(text)),
  specification: text,
  gatewayService: construct('serviceId'),
};

export const PORTAL_API_ATTRIBUTES: Shape<PortalApiAttributes> = { linkedToGateway: flag };

export const API_PUBLICATION_OPTIONS: Shape<ApiPublicationOptions> = {
  ...RESOURCE_PROPS,
  api: required(construct('apiId')),
  portal: required(construct('portalId')),
  visibility,
  autoApproveRegistrations: flag,
};

export const API_PUBLICATION: Shape<ApiPublicationProps> = {
  ...API_PUBLICATION_OPTIONS,
  strategy: required(construct('strategyId')),
};

export const GATEWAY_ROUTE_OPTIONS: Shape<GatewayRouteOptions> = {
  ...RESOURCE_PROPS,
  name: text,
  paths: listOf(text),
  hosts: listOf(text),
  methods: listOf(text),
  protocols: listOf(text),
  stripPath: flag,
  tags: listOf(text),
};

export const GATEWAY_ROUTE: Shape<GatewayRouteProps> = {
  ...GATEWAY_ROUTE_OPTIONS,
  controlPlaneId: required(text),
  serviceId: required(text),
};

export const GATEWAY_SERVICE: Shape<GatewayServiceProps> = {
  ...RESOURCE_PROPS,
  controlPlaneId: required(text),
  host: required(text),
  serviceId: text,
  name: text,
  protocol: text,
  port: number,
  path: text,
  retries: number,
  connectTimeout: number,
  readTimeout: number,
  writeTimeout: number,
  routes: constructsOf(of(GATEWAY_ROUTE_OPTIONS)),
  tags: listOf(text),
};

export const GATEWAY_SERVICE_ATTRIBUTES: Shape<GatewayServiceAttributes> = {
  serviceId: required(text),
  controlPlaneId: required(text),
  provider,
};

export const TOKEN_REQUIREMENTS: Shape<TokenRequirements> = {
  scopesRequired: listOf(text),
  scopesClaim: listOf(text),
  audienceRequired: listOf(text),
  audienceClaim: listOf(text),
};

export const OIDC_AUTH_STRATEGY_OPTIONS: Shape<OidcAuthStrategyOptions> = {
  ...RESOURCE_PROPS,
  name: required(text),
  displayName: text,
  authMethods: listOf(member(() => AuthMethod)),
  labels,
  ...TOKEN_REQUIREMENTS,
  additionalProperties: json,
};

export const OIDC_AUTH_STRATEGY: Shape<OidcAuthStrategyProps> = {
  ...OIDC_AUTH_STRATEGY_OPTIONS,
  issuer: required(text),
  credentialClaim: required(listOf(text)),
  scopes: required(listOf(text)),
};
