import type { AccessPolicyProps } from '../../okta/access-policy';
import type { AccessPolicyRuleOptions, AccessPolicyRuleProps } from '../../okta/access-policy-rule';
import { GrantType } from '../../okta/access-policy-rule';
import type {
  AuthorizationServerAttributes,
  AuthorizationServerLookup,
  AuthorizationServerProps,
} from '../../okta/authorization-server';
import { IssuerMode, KeyRotationMode } from '../../okta/authorization-server';
import type { ClientIdClaimProps } from '../../okta/client-id-claim';
import type { OidcClientProps } from '../../okta/oidc-client';
import { ClientSecretStorage, OidcClientType } from '../../okta/oidc-client';
import type { OktaScopeProps } from '../../okta/scope';
import {
  construct,
  flag,
  known,
  listOf,
  member,
  number,
  of,
  provider,
  required,
  type Shape,
  text,
} from '../kinds';
import { RESOURCE_PROPS } from './resource';

/** What kind each prop of the Okta side is of. */
export const AUTHORIZATION_SERVER: Shape<AuthorizationServerProps> = {
  ...RESOURCE_PROPS,
  name: required(text),
  audiences: required(listOf(text)),
  description: text,
  issuerMode: member(() => IssuerMode),
  keyRotationMode: member(() => KeyRotationMode),
};

export const AUTHORIZATION_SERVER_LOOKUP: Shape<AuthorizationServerLookup> = { provider };

export const AUTHORIZATION_SERVER_ATTRIBUTES: Shape<AuthorizationServerAttributes> = {
  provider,
  authorizationServerId: required(text),
  issuer: required(text),
};

export const OKTA_SCOPE: Shape<OktaScopeProps> = {
  ...RESOURCE_PROPS,
  authorizationServer: required(construct('authorizationServerId')),
  scopeName: required(text),
  displayName: text,
  description: text,
  publishInMetadata: known(flag),
  defaultScope: flag,
};

export const CLIENT_ID_CLAIM: Shape<ClientIdClaimProps> = {
  ...RESOURCE_PROPS,
  authorizationServer: required(construct('authorizationServerId')),
  claimName: required(text),
  scopes: known(listOf(construct('scopeName'))),
};

export const OIDC_CLIENT: Shape<OidcClientProps> = {
  ...RESOURCE_PROPS,
  label: required(text),
  type: known(member(() => OidcClientType)),
  redirectUris: listOf(text),
  clientSecret: known(member(() => ClientSecretStorage)),
};

export const ACCESS_POLICY_RULE_OPTIONS: Shape<AccessPolicyRuleOptions> = {
  ...RESOURCE_PROPS,
  name: required(text),
  scopes: required(listOf(text)),
  grantTypes: known(listOf(member(() => GrantType))),
  accessTokenLifetimeMinutes: number,
  groups: listOf(text),
};

export const ACCESS_POLICY_RULE: Shape<AccessPolicyRuleProps> = {
  ...ACCESS_POLICY_RULE_OPTIONS,
  authorizationServer: required(construct('authorizationServerId')),
  policyId: required(text),
  priority: required(number),
  ignorePriorityChanges: required(known(flag)),
  replaceTriggeredBy: known(listOf(text)),
};

export const ACCESS_POLICY: Shape<AccessPolicyProps> = {
  ...RESOURCE_PROPS,
  authorizationServer: required(construct('authorizationServerId')),
  name: required(text),
  description: text,
  clients: known(listOf(construct('clientId'))),
  allClients: known(flag),
  rules: known(listOf(of(ACCESS_POLICY_RULE_OPTIONS))),
  priority: number,
  ignorePriorityChanges: known(flag),
};
