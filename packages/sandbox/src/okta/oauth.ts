import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import { OktaError } from './errors';
import { compile } from './expression';
import type { Application, AuthorizationServer, Entity, OktaModel } from './model';
import { isFor } from './policies';
import type { Signer } from './signer';

/** A refusal in the shape of RFC 6749; codes and descriptions are Okta's. */
class OAuthError extends Error {
  public constructor(
    public readonly status: number,
    public readonly error: string,
    description: string,
  ) {
    super(description);
  }
}

const invalidClient = () =>
  new OAuthError(401, 'invalid_client', 'The client secret supplied for a confidential client is invalid.');

/** Discovery, keys and token endpoint of every authorization server. */
export function addOAuthRoutes(http: FastifyInstance, model: OktaModel, clock: Clock, signer: Signer): void {
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(body as string)),
  );
  for (const document of ['openid-configuration', 'oauth-authorization-server']) {
    http.get(`/oauth2/:server/.well-known/${document}`, async (request) =>
      discovery(activeServer(model, request)),
    );
  }
  http.get('/oauth2/:server/v1/keys', async (request) => {
    activeServer(model, request);
    return { keys: [signer.jwk] };
  });
  http.post('/oauth2/:server/v1/token', async (request, reply) => {
    const server = activeServer(model, request);
    try {
      return await reply
        .header('cache-control', 'no-store')
        .send(await token(server, model, clock, signer, request));
    } catch (error) {
      return refuse(error, reply);
    }
  });
}

function refuse(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof OAuthError) {
    return reply.code(error.status).send({ error: error.error, error_description: error.message });
  }
  throw error;
}

function activeServer(model: OktaModel, request: FastifyRequest): AuthorizationServer {
  const { server: id } = request.params as { server: string };
  const server = model.servers.get(id);
  if (server?.entity.status !== 'ACTIVE') {
    throw OktaError.notFound(id, 'AuthorizationServer');
  }
  return server;
}

function discovery({ entity, scopes }: AuthorizationServer): object {
  const issuer = entity.issuer as string;
  return {
    issuer,
    authorization_endpoint: `${issuer}/v1/authorize`,
    token_endpoint: `${issuer}/v1/token`,
    jwks_uri: `${issuer}/v1/keys`,
    response_types_supported: ['code', 'token'],
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: [...scopes.values()].map(({ name }) => name),
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

/** Okta's order: client, grant type, scopes, policies and rules by priority, claims. */
async function token(
  server: AuthorizationServer,
  model: OktaModel,
  clock: Clock,
  signer: Signer,
  request: FastifyRequest,
): Promise<object> {
  const form = request.body;
  if (!(form instanceof URLSearchParams)) {
    throw new OAuthError(
      400,
      'invalid_request',
      "The Content-Type must be 'application/x-www-form-urlencoded'.",
    );
  }
  const { application, id } = authenticate(model, form, request.headers.authorization);
  const grant = form.get('grant_type');
  if (grant !== 'client_credentials') {
    throw new OAuthError(400, 'unsupported_grant_type', 'The sandbox grants client_credentials only.');
  }
  const { oauthClient } = application.entity.settings as { oauthClient: { grant_types: readonly string[] } };
  if (!oauthClient.grant_types.includes(grant)) {
    throw new OAuthError(
      400,
      'unauthorized_client',
      `The client is not authorized to use the grant type ${grant}.`,
    );
  }
  const scopes = requestedScopes(server, form);
  const lifetime = lifetimeBySeconds(server, id, grant, scopes);
  const now = clock.epochSeconds();
  const accessToken = await signer.sign({
    ver: 1,
    jti: `AT.${randomUUID()}`,
    iss: server.entity.issuer as string,
    aud: (server.entity.audiences as readonly string[])[0],
    iat: now,
    exp: now + lifetime,
    cid: id,
    scp: [...scopes],
    sub: id,
    ...claims(server, application, scopes),
  });
  return { token_type: 'Bearer', expires_in: lifetime, access_token: accessToken, scope: scopes.join(' ') };
}

function authenticate(model: OktaModel, form: URLSearchParams, authorization?: string) {
  let [id, secret] = [form.get('client_id'), form.get('client_secret')];
  const basic = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic) {
    const text = Buffer.from(basic, 'base64').toString();
    [id, secret] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)].map(decodeForm);
  }
  if (!id || !secret) {
    throw new OAuthError(
      401,
      'invalid_client',
      'Client authentication failed. No client credentials were sent.',
    );
  }
  const application = model.applications.get(id);
  if (application?.entity.status !== 'ACTIVE') {
    throw new OAuthError(401, 'invalid_client', `Invalid value for 'client_id' parameter.`);
  }
  if (application.secret !== secret) {
    throw invalidClient();
  }
  return { application, id };
}

/** RFC 6749 has id and secret form-encoded in a Basic header; ids and secrets of Okta need none. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function requestedScopes(server: AuthorizationServer, form: URLSearchParams): string[] {
  const all = [...server.scopes.values()];
  const asked = (form.get('scope') ?? '').split(/\s+/).filter(Boolean);
  const scopes =
    asked.length > 0 ? asked : all.filter((scope) => scope.default === true).map(({ name }) => name);
  if (scopes.length === 0) {
    throw new OAuthError(
      400,
      'invalid_scope',
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    );
  }
  const unknown = scopes.filter((name) => !all.some((scope) => scope.name === name));
  if (unknown.length > 0) {
    throw new OAuthError(
      400,
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
    );
  }
  // They speak about a user, and client credentials have none.
  if (all.some((scope) => scope.system === true && scopes.includes(scope.name))) {
    throw new OAuthError(
      400,
      'invalid_scope',
      'One or more scopes cannot be requested with the client credentials grant.',
    );
  }
  return [...new Set(scopes)];
}

function lifetimeBySeconds(
  server: AuthorizationServer,
  clientId: string,
  grant: string,
  scopes: readonly string[],
): number {
  for (const policy of server.policies) {
    if (policy.entity.status !== 'ACTIVE' || !isFor(policy, clientId)) {
      continue;
    }
    const rule = policy.rules.find((each) => each.status === 'ACTIVE' && allows(each, grant, scopes));
    if (rule) {
      const { token: settings } = rule.actions as { token: { accessTokenLifetimeMinutes?: number } };
      return (settings.accessTokenLifetimeMinutes ?? 60) * 60;
    }
  }
  throw new OAuthError(
    400,
    'access_denied',
    'Policy evaluation failed for this request, please check the policy configurations.',
  );
}

function allows(rule: Entity, grant: string, scopes: readonly string[]): boolean {
  const { grantTypes, scopes: allowed } = rule.conditions as {
    grantTypes: { include: readonly string[] };
    scopes?: { include?: readonly string[] };
  };
  const names = allowed?.include ?? [];
  return (
    grantTypes.include.includes(grant) &&
    (names.includes('*') || scopes.every((scope) => names.includes(scope)))
  );
}

function claims(
  server: AuthorizationServer,
  { entity }: Application,
  scopes: readonly string[],
): { [name: string]: unknown } {
  const { id, name, label } = entity as Entity & { label: string };
  const active = [...server.claims.values()].filter((claim) => {
    const only = (claim.conditions as { scopes?: readonly string[] } | undefined)?.scopes ?? [];
    const included = only.length === 0 || only.some((scope) => scopes.includes(scope));
    return (
      claim.status === 'ACTIVE' && claim.claimType === 'RESOURCE' && claim.valueType !== 'GROUPS' && included
    );
  });
  return Object.fromEntries(
    active.map((claim) => [
      claim.name,
      compile(claim.value as string)({ app: { clientId: id, id, name, label } }),
    ]),
  );
}
