export { Adoption } from './adoption/adoption';
export { ValidationError, type ValidationFailure } from './errors';
export * from './konnect/api-publication';
export * from './konnect/dev-portal';
export * from './konnect/gateway-route';
export * from './konnect/gateway-service';
export { KonnectRegion } from './konnect/konnect-region';
export {
  AuthMethod,
  type IOidcAuthStrategy,
  OidcAuthStrategy,
  type OidcAuthStrategyOptions,
  type OidcAuthStrategyProps,
} from './konnect/oidc-auth-strategy';
export * from './konnect/portal-api';
export * from './konnect/portal-application';
export * from './konnect/portal-developer';
export * from './konnect/portal-page';
export * from './konnect/portal-registration';
export * from './konnect/portal-team';
export * from './konnect/portal-team-role';
export type { TokenRequirements } from './konnect/token-requirements';
export { Visibility } from './konnect/visibility';
export * from './moves';
export * from './okta/access-policy';
export * from './okta/access-policy-rule';
export * from './okta/authorization-server';
export type { IAuthorizationServer } from './okta/authorization-server-ref';
export { ClientIdClaim, type ClientIdClaimOptions, type ClientIdClaimProps } from './okta/client-id-claim';
export {
  ClientSecretStorage,
  type IOidcClient,
  OidcClient,
  type OidcClientProps,
  OidcClientType,
} from './okta/oidc-client';
export { OktaScope, type OktaScopeOptions, type OktaScopeProps } from './okta/scope';
export * from './okta-dev-portal-oidc';
export type { ClientRegistrationOptions, IOktaDevPortalOidc } from './okta-dev-portal-oidc-ref';
export type {
  OktaDevPortalOidcAttributes,
  OktaDevPortalOidcReferenceOptions,
} from './okta-dev-portal-oidc-reference';
export * from './provider-versions';
export type { ResourceProps } from './resource-props';
