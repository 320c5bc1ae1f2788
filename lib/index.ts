export { Adoption } from './adoption/adoption';
export type { ProviderOptions, ResourceProps } from './core/provider-construct';
export { ProviderVersions, type ProviderVersionsProps } from './core/provider-versions';
export { ValidationError, type ValidationFailure } from './core/validation-error';
export {
  AccessControlEnforcement,
  type AccessControlEnforcementOptions,
  type AccessControlEnforcementProps,
  MatchPolicy,
} from './konnect/access-control-enforcement';
export { Api, type IApi } from './konnect/api';
export {
  ApiDocument,
  type ApiDocumentOptions,
  type ApiDocumentProps,
  type IApiDocument,
} from './konnect/api-document';
export type { ApiAttributes, ApiProps } from './konnect/api-props';
export {
  ApiPublication,
  type ApiPublicationOptions,
  type ApiPublicationProps,
} from './konnect/api-publication';
export { ApiVersion, type ApiVersionOptions, type ApiVersionProps } from './konnect/api-version';
export {
  ApplicationRegistration,
  type ApplicationRegistrationOptions,
  type ApplicationRegistrationProps,
} from './konnect/application-registration';
export {
  ControlPlane,
  type ControlPlaneAttributes,
  type ControlPlaneProps,
  type IControlPlane,
} from './konnect/control-plane';
export { DevPortal, type IDevPortal } from './konnect/dev-portal';
export type { DevPortalAttributes, DevPortalProps } from './konnect/dev-portal-props';
export {
  GatewayRoute,
  type GatewayRouteOptions,
  type GatewayRouteProps,
  type NetworkEndpoint,
} from './konnect/gateway-route';
export {
  GatewayService,
  type GatewayServiceAttributes,
  type GatewayServiceProps,
  type IGatewayService,
} from './konnect/gateway-service';
export {
  AuthMethod,
  type IOidcAuthStrategy,
  OidcAuthStrategy,
  type OidcAuthStrategyOptions,
  type OidcAuthStrategyProps,
} from './konnect/oidc-auth-strategy';
export type { ClientRegistrationOptions, IOidcPublications } from './konnect/oidc-publications';
export { OidcPublications, type OidcPublicationsProps } from './konnect/oidc-publications';
export type { TokenRequirements } from './konnect/plugin-settings';
export { type IPortalApplication, PortalApplication } from './konnect/portal-application';
export type {
  PortalApplicationAttributes,
  PortalApplicationOptions,
  PortalApplicationProps,
} from './konnect/portal-application-props';
export {
  DeveloperStatus,
  type IPortalDeveloper,
  PortalDeveloper,
  type PortalDeveloperOptions,
  type PortalDeveloperProps,
} from './konnect/portal-developer';
export {
  type IPortalPage,
  PortalPage,
  type PortalPageOptions,
  type PortalPageProps,
} from './konnect/portal-page';
export {
  type IPortalTeam,
  KonnectRegion,
  PortalTeam,
  type PortalTeamAttributes,
  type PortalTeamOptions,
  type PortalTeamProps,
} from './konnect/portal-team';
export {
  PortalTeamDeveloper,
  type PortalTeamDeveloperOptions,
  type PortalTeamDeveloperProps,
} from './konnect/portal-team-developer';
export { PortalRole, PortalTeamRole, type PortalTeamRoleProps } from './konnect/portal-team-role';
export { Visibility } from './konnect/shared-props';
export { Moves } from './moves/moves';
export {
  AccessPolicy,
  type AccessPolicyAttributes,
  type AccessPolicyOptions,
  type AccessPolicyProps,
  type IAccessPolicy,
} from './okta/access-policy';
export {
  AccessPolicyRule,
  type AccessPolicyRuleOptions,
  type AccessPolicyRuleProps,
  GrantType,
} from './okta/access-policy-rule';
export {
  AuthorizationServer,
  type AuthorizationServerAttributes,
  type AuthorizationServerLookupOptions,
  type AuthorizationServerProps,
  type IAuthorizationServer,
  IssuerMode,
  KeyRotationMode,
} from './okta/authorization-server';
export {
  AuthorizationServerScope,
  type AuthorizationServerScopeOptions,
  type AuthorizationServerScopeProps,
  type IAuthorizationServerScope,
} from './okta/authorization-server-scope';
export type { ClientAccessPolicyOptions } from './okta/client-access-policy';
export { ClientIdClaim, type ClientIdClaimOptions, type ClientIdClaimProps } from './okta/client-id-claim';
export {
  ClientSecretStorage,
  type IOidcClient,
  OidcClient,
  type OidcClientProps,
  OidcClientType,
} from './okta/oidc-client';
export {
  OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
} from './okta-dev-portal-oidc';
export type {
  IOktaDevPortalOidc,
  OktaDevPortalOidcAttributes,
  OktaDevPortalOidcImportOptions,
} from './okta-dev-portal-oidc-base';
