import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import { OAuthError } from '../oauth/oauth-error';
import type { Signer } from '../oauth/signer';
import { objectIn, stringsIn } from './bodies';
import { authenticate } from './client-authentication';
import { compile } from './expression';
import {
  type Application,
  type AuthorizationServer,
  clientIdOf,
  type OktaModel,
  type Policy,
  type Rule,
} from './model';
import { EVERY_CLIENT } from './policies';
import { allows, lifetimeOf } from './rules';

const CLIENT_CREDENTIALS = 'client_credentials';
/** Grant types that the token endpoint knows. The sandbox has no users, so others have no code or token to redeem. */
export const GRANT_TYPES = ['authorization_code', CLIENT_CREDENTIALS, 'refresh_token'];

interface TokenRequest {
  readonly server: AuthorizationServer;
  readonly form: URLSearchParams;
  /** The header. */
  readonly authorization?: string;
}

interface Issuing {
  readonly model: OktaModel;
  readonly clock: Clock;
  readonly signer: Signer;
}

/**
 * Evaluates a request for a token in Okta's order: client, grant type, scopes, policies and rules by
 * priority, claims.
 *
 * @throws OAuthError when one of them refuses it
 */
export async function answerTokenRequest(
  { server, form, authorization }: TokenRequest,
  { model, clock, signer }: Issuing,
): Promise<object> {
  const application = authenticate(model, form, authorization);
  const id = clientIdOf(application.entity);
  const grant = checkGrant(application, form.get('grant_type'));
  const scopes = requestedScopes(server, form.get('scope') ?? '');
  const lifetime = lifetimeOf(matchingRule(server, id, grant, scopes));
  const now = clock.epochSeconds();
  const accessToken = await signer.sign({
    sub: id,
    ...claims(server, application, scopes),
    ver: 1,
    jti: `AT.${randomUUID()}`,
    iss: server.entity.issuer as string,
    aud: stringsIn(server.entity, 'audiences')[0],
    iat: now,
    exp: now + lifetime,
    cid: id,
    scp: scopes,
  });
  model.issued.add(accessToken);
  return { token_type: 'Bearer', expires_in: lifetime, access_token: accessToken, scope: scopes.join(' ') };
}

function checkGrant({ entity }: Application, grant: string | null): string {
  if (!grant) {
    throw new OAuthError(400, 'invalid_request', "The request must have a 'grant_type'.");
  }
  if (!GRANT_TYPES.includes(grant)) {
    throw new OAuthError(
      400,
      'unsupported_grant_type',
      `The authorization server does not support the grant type '${grant}'.`,
    );
  }
  const client = objectIn(objectIn(entity, 'settings'), 'oauthClient');
  if (!stringsIn(client, 'grant_types').includes(grant)) {
    throw new OAuthError(
      400,
      'unauthorized_client',
      `The client is not authorized to use the grant type '${grant}'.`,
    );
  }
  if (grant !== CLIENT_CREDENTIALS) {
    throw new OAuthError(400, 'invalid_grant', 'What the client redeems is invalid or has expired.');
  }
  return grant;
}

function requestedScopes(server: AuthorizationServer, scope: string): string[] {
  const all = [...server.scopes.values()];
  const asked = new Set(scope.split(' ').filter(Boolean));
  const scopes =
    asked.size > 0 ? [...asked] : all.filter((each) => each.default === true).map(({ name }) => name);
  if (scopes.length === 0) {
    throw invalidScope("The authorization server has no default scopes, so 'scope' must be provided.");
  }
  if (scopes.some((name) => !all.some((each) => each.name === name))) {
    throw invalidScope('One or more scopes are not configured for the authorization server resource.');
  }
  // System scopes such as openid are about a user, and client credentials have none.
  const system = all.filter((each) => each.system === true && scopes.includes(each.name));
  if (system.length > 0) {
    const names = system.map(({ name }) => name).join(', ');
    throw invalidScope(`Client credentials cannot be granted the scopes: ${names}.`);
  }
  const consented = all.filter((each) => each.consent === 'REQUIRED' && scopes.includes(each.name));
  if (consented.length > 0) {
    const names = consented.map(({ name }) => name).join(', ');
    throw invalidScope(
      `Client credentials cannot be granted scopes that need the consent of a user: ${names}.`,
    );
  }
  return scopes;
}

function invalidScope(description: string): OAuthError {
  return new OAuthError(400, 'invalid_scope', description);
}

function matchingRule(
  { policies }: AuthorizationServer,
  clientId: string,
  grant: string,
  scopes: readonly string[],
): Rule {
  const rule = policies
    .filter((policy) => policy.entity.status === 'ACTIVE' && isFor(policy, clientId))
    .flatMap(({ rules }) => rules)
    .find((each) => each.entity.status === 'ACTIVE' && allows(each, grant, scopes));
  if (!rule) {
    throw new OAuthError(
      400,
      'access_denied',
      'Policy evaluation failed for this request, please check the policy configurations.',
    );
  }
  return rule;
}

function isFor({ entity }: Policy, clientId: string): boolean {
  const clients = stringsIn(objectIn(objectIn(entity, 'conditions'), 'clients'), 'include');
  return clients.includes(EVERY_CLIENT) || clients.includes(clientId);
}

/** Claims of access tokens. Values of a user are null, and Okta omits claims that are null. */
function claims(
  server: AuthorizationServer,
  { entity }: Application,
  scopes: readonly string[],
): { [name: string]: string | boolean } {
  const { id, name } = entity;
  const app = { clientId: clientIdOf(entity), id, name, label: entity.label as string };
  const included = [...server.claims.values()].filter((claim) => {
    const only = stringsIn(objectIn(claim, 'conditions'), 'scopes');
    return (
      claim.status === 'ACTIVE' &&
      claim.claimType === 'RESOURCE' &&
      (claim.valueType ?? 'EXPRESSION') === 'EXPRESSION' &&
      (only.length === 0 || only.some((scope) => scopes.includes(scope)))
    );
  });
  const values: { [name: string]: string | boolean } = {};
  for (const claim of included) {
    const value = compile(String(claim.value))({ app });
    if (value !== null) {
      values[claim.name] = value;
    }
  }
  return values;
}
