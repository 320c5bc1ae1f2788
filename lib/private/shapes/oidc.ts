import type { OktaDevPortalOidcProps } from '../../okta-dev-portal-oidc';
import type {
  OktaDevPortalOidcAttributes,
  OktaDevPortalOidcReferenceOptions,
} from '../../okta-dev-portal-oidc-reference';
import type { ProviderVersionsProps } from '../../provider-versions';
import {
  adoption,
  construct,
  constructsOf,
  listOf,
  number,
  of,
  provider,
  required,
  type Shape,
  text,
} from '../kinds';
import { API_PUBLICATION_OPTIONS, OIDC_AUTH_STRATEGY_OPTIONS, TOKEN_REQUIREMENTS } from './konnect';
import { OIDC_CLIENT } from './okta';

const { displayName, authMethods, labels, additionalProperties } = OIDC_AUTH_STRATEGY_OPTIONS;

/** What kind each prop of the construct that composes both sides is of. */
export const OKTA_DEV_PORTAL_OIDC: Shape<OktaDevPortalOidcProps> = {
  ...TOKEN_REQUIREMENTS,
  authorizationServer: construct('authorizationServerId'),
  claimName: text,
  scopes: listOf(text),
  name: text,
  displayName,
  authMethods,
  labels,
  additionalProperties,
  clients: constructsOf(of(OIDC_CLIENT)),
  allowedClientIds: listOf(text),
  publications: constructsOf(of(API_PUBLICATION_OPTIONS)),
  policyName: text,
  policyPriority: number,
  policyDescription: text,
  policyRuleName: text,
  policyRuleGroups: listOf(text),
  accessTokenLifetimeMinutes: number,
  adopt: adoption,
  oktaProvider: provider,
  konnectProvider: provider,
};

export const OKTA_DEV_PORTAL_OIDC_REFERENCE: Shape<OktaDevPortalOidcReferenceOptions> = {
  policyName: text,
  oktaProvider: provider,
  konnectProvider: provider,
};

export const OKTA_DEV_PORTAL_OIDC_ATTRIBUTES: Shape<OktaDevPortalOidcAttributes> = {
  ...OKTA_DEV_PORTAL_OIDC_REFERENCE,
  authorizationServerId: required(text),
  issuer: required(text),
  scopeNames: required(listOf(text)),
  strategyId: required(text),
};

export const PROVIDER_VERSIONS: Shape<ProviderVersionsProps> = { okta: text, konnect: text };
