import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import { clientCredentials, invalidClient } from '../oauth/client-credentials';
import { OAuthError } from '../oauth/oauth-error';
import type { Signer } from '../oauth/signer';
import type { OidcIssuerClient } from './oidc-issuer';

export const GRANT_TYPE = 'client_credentials';

/** Keycloak's default lifetime of an access token. */
const LIFETIME_SECONDS = 300;

/** Scopes that Keycloak adds to every token. */
const DEFAULT_SCOPES = ['profile', 'email'];

const INVALID_CREDENTIALS = 'Invalid client or Invalid client credentials';

interface TokenRequest {
  readonly form: URLSearchParams;
  /** The header. */
  readonly authorization?: string;
}

interface Issuing {
  readonly issuer: string;
  readonly clients: readonly OidcIssuerClient[];
  readonly scopes: readonly string[];
  readonly clock: Clock;
  readonly signer: Signer;
}

/** The answer to a token request. */
export interface IssuedToken {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
}

/**
 * Issues the access token of a service account, with the claims of Keycloak.
 *
 * @throws OAuthError with Keycloak's codes: invalid_client for an unknown client, unauthorized_client for a wrong secret
 */
export async function issueToken(request: TokenRequest, issuing: Issuing): Promise<IssuedToken> {
  const { issuer, clock, signer } = issuing;
  const { clientId } = authenticate(request, issuing.clients);
  checkGrantType(request.form.get('grant_type'));
  const scope = [...DEFAULT_SCOPES, ...requestedScopes(request.form, issuing.scopes)].join(' ');
  const now = clock.epochSeconds();
  const token = await signer.sign({
    exp: now + LIFETIME_SECONDS,
    iat: now,
    jti: randomUUID(),
    iss: issuer,
    aud: 'account',
    sub: randomUUID(),
    typ: 'Bearer',
    azp: clientId,
    scope,
    preferred_username: `service-account-${clientId}`,
    client_id: clientId,
  });
  return { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_SECONDS, scope };
}

function authenticate(
  { form, authorization = '' }: TokenRequest,
  clients: readonly OidcIssuerClient[],
): OidcIssuerClient {
  const { id, secret } = clientCredentials(form, authorization);
  const client = clients.find(({ clientId }) => clientId === id);
  if (!client) {
    throw invalidClient(INVALID_CREDENTIALS);
  }
  if (client.clientSecret !== secret) {
    throw new OAuthError(401, 'unauthorized_client', INVALID_CREDENTIALS);
  }
  return client;
}

function checkGrantType(grantType: string | null): void {
  if (grantType === null) {
    throw new OAuthError(400, 'invalid_request', 'Missing form parameter: grant_type');
  }
  if (grantType !== GRANT_TYPE) {
    throw new OAuthError(400, 'unsupported_grant_type', 'Unsupported grant_type');
  }
}

function requestedScopes(form: URLSearchParams, known: readonly string[]): string[] {
  const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
  const allowed = ['openid', ...DEFAULT_SCOPES, ...known];
  if (scopes.some((scope) => !allowed.includes(scope))) {
    throw new OAuthError(400, 'invalid_scope', `Invalid scopes: ${scopes.join(' ')}`);
  }
  return scopes.filter((scope) => !DEFAULT_SCOPES.includes(scope));
}
