import type { Entity } from './entity';
import type { StateResource } from './state';
import { TokenRequirement } from './token-requirement';
import { text, texts } from './values';

/** An auth strategy of kind openid_connect. */
export interface OidcStrategy {
  readonly kind: 'openid_connect';
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly credentialClaim: readonly string[];
  readonly authMethods: readonly string[];
  readonly scopes: readonly string[];

  /** Claim values that a token must have, all of them. */
  readonly requirements: readonly TokenRequirement[];
}

/** An auth strategy without tokens, for example key_auth. */
export interface OtherStrategy {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/** An auth strategy of any kind. */
export type AuthStrategy = OidcStrategy | OtherStrategy;

/** Whether a strategy is of kind openid_connect. */
export function isOidcStrategy(strategy: AuthStrategy | undefined): strategy is OidcStrategy {
  return strategy?.kind === 'openid_connect';
}

interface Config {
  readonly [setting: string]: unknown;
}

/** A strategy from the state, a konnect_application_auth_strategy. */
export function strategyFromState(values: StateResource['values']): AuthStrategy {
  const block = values.openid_connect as { configs?: { openid_connect?: Config } } | null | undefined;
  const config = block?.configs?.openid_connect;
  const id = text(values.id);
  const name = text(values.name);
  if (!config) {
    return { kind: values.key_auth ? 'key_auth' : 'unknown', id, name };
  }
  // Settings of the plugin that the provider has no attribute for are JSON in the state.
  const additional = config.additional_properties ? JSON.parse(text(config.additional_properties)) : {};
  return oidcStrategy(id, name, { ...config, ...additional });
}

/** A strategy as Konnect returns it. */
export function strategyFromKonnect({ id, name, strategy_type: kind, configs }: Entity): AuthStrategy {
  const config = (configs as { 'openid-connect'?: Config } | undefined)?.['openid-connect'];
  return config
    ? oidcStrategy(id, text(name), config)
    : { kind: text(kind) || 'unknown', id, name: text(name) };
}

function oidcStrategy(id: string, name: string, config: Config): OidcStrategy {
  return {
    kind: 'openid_connect',
    id,
    name,
    issuer: text(config.issuer),
    credentialClaim: texts(config.credential_claim),
    authMethods: texts(config.auth_methods),
    scopes: texts(config.scopes),
    requirements: TokenRequirement.of(config),
  };
}
