import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import { formOf } from '../oauth/form';
import type { Signer } from '../oauth/signer';
import { OktaError } from './errors';
import type { AuthorizationServer, OktaModel } from './model';
import { SERVERS, serverOf } from './servers';
import { answerTokenRequest, GRANT_TYPES } from './token';

/** Discovery, keys and token endpoint of every active authorization server. */
export function addOAuthRoutes(http: FastifyInstance, model: OktaModel, clock: Clock, signer: Signer): void {
  const find = (request: FastifyRequest) => activeServer(model, request);
  http.get('/oauth2/:server/.well-known/oauth-authorization-server', async (request) =>
    metadata(find(request)),
  );
  http.get('/oauth2/:server/.well-known/openid-configuration', async (request) => ({
    ...metadata(find(request)),
    id_token_signing_alg_values_supported: ['RS256'],
  }));
  http.get(
    `${SERVERS}/:server/credentials/keys`,
    async (request) => serverOf(model, request) && [{ ...signer.jwk, status: 'ACTIVE' }],
  );
  http.get('/oauth2/:server/v1/keys', async (request) => find(request) && { keys: [signer.jwk] });
  http.post('/oauth2/:server/v1/token', async (request, reply) => {
    const server = find(request);
    const { authorization } = request.headers;
    const answer = await answerTokenRequest(
      { server, form: formOf(request), authorization },
      { model, clock, signer },
    );
    return reply.header('cache-control', 'no-store').send(answer);
  });
}

function activeServer(model: OktaModel, request: FastifyRequest): AuthorizationServer {
  const server = serverOf(model, request);
  if (server.entity.status !== 'ACTIVE') {
    throw OktaError.notFound(server.entity.id, 'AuthorizationServer');
  }
  return server;
}

function metadata({ entity, scopes }: AuthorizationServer): object {
  const issuer = entity.issuer as string;
  return {
    issuer,
    authorization_endpoint: `${issuer}/v1/authorize`,
    token_endpoint: `${issuer}/v1/token`,
    jwks_uri: `${issuer}/v1/keys`,
    response_types_supported: ['code', 'token'],
    grant_types_supported: GRANT_TYPES,
    subject_types_supported: ['public'],
    scopes_supported: [...scopes.values()].map(({ name }) => name),
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
