import type { Attributes } from '../../providers/definition';
import { isSome, textsIn } from '../api/json';

const EXCHANGES = [
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:device_code',
  'interaction_code',
  'urn:okta:params:oauth:grant-type:oob',
  'urn:okta:params:oauth:grant-type:otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
];

interface Grants {
  readonly valid: readonly string[];
  readonly required: readonly string[];
}

/** Grant types that an application can have and must have, by its type. */
const GRANTS: { readonly [type: string]: Grants } = {
  web: {
    valid: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'client_credentials',
      ...EXCHANGES,
      'urn:openid:params:grant-type:ciba',
    ],
    required: ['authorization_code'],
  },
  native: {
    valid: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'password',
      EXCHANGES[0],
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      ...EXCHANGES.slice(1),
    ],
    required: ['authorization_code'],
  },
  browser: { valid: ['implicit', 'authorization_code', 'refresh_token', ...EXCHANGES], required: [] },
  service: { valid: ['client_credentials', 'implicit', ...EXCHANGES], required: ['client_credentials'] },
};

/** The grant types of an application, or the least that its type needs. */
export function grantTypesOf({ grant_types: configured, type }: Attributes): readonly string[] {
  const { valid, required } = GRANTS[String(type)] ?? { valid: [], required: [] };
  return [textsIn(configured), required, valid].find((grants) => grants.length > 0) ?? [];
}

/** The response types of an application, or those that its grant types need. */
export function responseTypesOf(planned: Attributes): readonly string[] {
  const configured = textsIn(planned.response_types);
  const hasAny = (...some: string[]) => grantTypesOf(planned).some((grant) => some.includes(grant));
  return configured.length > 0
    ? configured
    : [
        ...(hasAny('implicit', 'client_credentials') ? ['token'] : []),
        ...(hasAny('password', 'authorization_code', 'refresh_token') ? ['code'] : []),
      ];
}

/**
 * Checks of the real provider, which it makes only at apply.
 *
 * @throws Error for grant types that the type does not allow, and for what another attribute needs
 */
export function checkApplication(planned: Attributes): void {
  const grants = textsIn(planned.grant_types);
  const rule = GRANTS[String(planned.type)];
  if (grants.length > 0 && rule) {
    checkGrants(grants, rule, String(planned.type));
  }
  const lacks = (name: string) => !isSome(planned[name]);
  const responses = textsIn(planned.response_types);
  if (planned.token_endpoint_auth_method === 'private_key_jwt' && lacks('jwks') && lacks('jwks_uri')) {
    throw new Error(`'token_endpoint_auth_method' private_key_jwt needs 'jwks' or 'jwks_uri'`);
  }
  if (planned.login_mode !== 'DISABLED' && lacks('login_uri')) {
    throw new Error(`'login_mode' needs 'login_uri' unless it is DISABLED`);
  }
  if (planned.login_mode === 'OKTA' && lacks('login_scopes')) {
    throw new Error(`'login_mode' OKTA needs 'login_scopes'`);
  }
  if (grants.includes('implicit') && !responses.includes('token') && !responses.includes('id_token')) {
    throw new Error(`the grant type implicit needs 'token' or 'id_token' in 'response_types'`);
  }
}

function checkGrants(grants: readonly string[], { valid, required }: Grants, type: string): void {
  const isAllowed =
    required.every((grant) => grants.includes(grant)) && grants.every((grant) => valid.includes(grant));
  if (!isAllowed) {
    const must = required.length > 0 ? ` and must contain ${required.join(', ')}` : '';
    throw new Error(
      `failed conditional validation for field "grant_types" of type "${type}", it can contain ${valid.join(', ')}${must}, received ${grants.join(', ')}`,
    );
  }
}
