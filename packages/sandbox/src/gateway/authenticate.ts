import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { Clock } from '../clock';
import { requireEsm } from '../esm';
import type { ClaimRequirement, GatewayStrategy } from './configuration';

const { createLocalJWKSet, errors: joseErrors, jwtVerify } = requireEsm<typeof import('jose')>('jose');

/** The gateway's decision: pass, or a status with Kong's message and the reason. */
export type Verdict =
  | { readonly status: 200 }
  | { readonly status: 401 | 403 | 500; readonly message: string; readonly reason: string };

interface Discovery {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
}

const unauthorized = (reason: string): Verdict => ({ status: 401, message: 'Unauthorized', reason });
const forbidden = (reason: string): Verdict => ({ status: 403, message: 'Forbidden', reason });
const unexpected = (reason: string): Verdict => ({
  status: 500,
  message: 'An unexpected error occurred',
  reason,
});

/**
 * What Kong's openid-connect plugin does for a published API: gets a token for Basic credentials (`client_credentials`)
 * or takes the one that was sent (`bearer`), verifies issuer, signature and expiry, looks for the required scopes,
 * audience, groups and roles, and reads the credential claim. 401 without a valid token; 403 if a requirement is not
 * met or the client has no registration.
 */
export async function authenticate(
  authorization: string | undefined,
  strategy: GatewayStrategy,
  clock: Clock,
  isRegistered: (clientId: string) => boolean,
): Promise<Verdict> {
  const [, scheme, credentials] = /^(basic|bearer) +(\S+)$/i.exec(authorization ?? '') ?? [];
  const method = scheme?.toLowerCase() === 'basic' ? 'client_credentials' : scheme?.toLowerCase();
  if (!method || !strategy.authMethods.includes(method)) {
    return unauthorized(`no credentials for ${strategy.authMethods.join(' or ')}`);
  }
  if (!isLoopback(strategy.issuer)) {
    return unexpected(`the sandbox asks no issuer but its own, and the strategy names ${strategy.issuer}`);
  }
  const discovery = await get<Discovery>(
    `${strategy.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  );
  if (!discovery) {
    return unexpected(`no discovery document at ${strategy.issuer}`);
  }
  const token = method === 'bearer' ? credentials : await askForToken(discovery, strategy, credentials);
  if (token instanceof Refusal) {
    return unauthorized(token.reason);
  }
  const payload = await verify(token, discovery, clock);
  if (payload instanceof Refusal) {
    return unauthorized(payload.reason);
  }
  const missing = strategy.requirements?.find((each) => !isMet(each, payload));
  if (missing) {
    return forbidden(
      `the token has no ${missing.name} ${missing.required.join(' or ')} in ${missing.claim.join('.')}`,
    );
  }
  const clientId = claimAt(payload, strategy.credentialClaim);
  if (typeof clientId !== 'string') {
    return forbidden(`the token has no claim ${strategy.credentialClaim.join('.')}`);
  }
  return isRegistered(clientId) ? { status: 200 } : forbidden(`no approved registration for ${clientId}`);
}

/** The reason for a missing or invalid token. */
class Refusal {
  public constructor(public readonly reason: string) {}
}

async function askForToken(
  discovery: Discovery,
  strategy: GatewayStrategy,
  credentials: string,
): Promise<string | Refusal> {
  const response = await fetch(discovery.token_endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}`, accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: strategy.scopes.join(' ') }),
  });
  const body = (await response.json()) as {
    access_token?: string;
    error?: string;
    error_description?: string;
    errorSummary?: string;
  };
  return (
    body.access_token ??
    new Refusal(`${body.error ?? response.status}: ${body.error_description ?? body.errorSummary ?? ''}`)
  );
}

async function verify(token: string, discovery: Discovery, clock: Clock): Promise<JWTPayload | Refusal> {
  const keys = await get<JSONWebKeySet>(discovery.jwks_uri);
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys ?? { keys: [] }), {
      issuer: discovery.issuer,
      currentDate: clock.now(),
      requiredClaims: ['exp'],
    });
    return payload;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) {
      return new Refusal(error.message);
    }
    throw error;
  }
}

function isMet({ claim, required }: ClaimRequirement, payload: JWTPayload): boolean {
  const value = claimAt(payload, claim);
  const values =
    typeof value === 'string' ? value.split(/\s+/) : Array.isArray(value) ? value.map(String) : [];
  return required.some((entry) => entry.split(/\s+/).every((each) => values.includes(each)));
}

function claimAt(payload: JWTPayload, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as { [name: string]: unknown })[name]
        : undefined,
    payload,
  );
}

async function get<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url);
  return response.ok ? ((await response.json()) as T) : undefined;
}

function isLoopback(issuer: string): boolean {
  return URL.canParse(issuer) && ['127.0.0.1', 'localhost'].includes(new URL(issuer).hostname);
}
