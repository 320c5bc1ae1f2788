import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { oneOf, openObject, STRINGS, text } from '../http/json-schema';
import { bodyOf, checkName, STATUS, statusFor, stringsIn } from './bodies';
import { OktaError } from './errors';
import { LIST_QUERY, page } from './lists';
import type { AuthorizationServer, OktaEntity, OktaModel } from './model';

/** Path of the authorization servers. */
export const SERVERS = '/api/v1/authorizationServers';
/** The name of the authorization server that an org has from the start, which paths accept in place of its id. */
const DEFAULT_SERVER = 'default';
const JWK = openObject({
  kty: oneOf('RSA'),
  kid: text(),
  e: text(),
  n: text(),
  status: STATUS,
  use: oneOf('enc'),
});
const SERVER = openObject({
  name: text(),
  description: text(),
  audiences: STRINGS,
  issuer: text(),
  issuerMode: text(),
  status: STATUS,
  credentials: openObject({
    signing: openObject({ rotationMode: oneOf('AUTO', 'MANUAL'), use: oneOf('sig') }),
  }),
  jwks: openObject({ keys: { type: 'array', items: JWK } }),
  jwks_uri: text(),
  accessTokenEncryptedResponseAlgorithm: oneOf('RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'),
});

/** Authorization servers and their lifecycle. */
export function addServerRoutes(http: FastifyInstance, model: OktaModel, orgUrl: () => string): void {
  const find = (request: FastifyRequest) => serverOf(model, request);
  http.get(SERVERS, { schema: { querystring: LIST_QUERY } }, (request, reply) =>
    page(request, reply, entities(model)),
  );
  http.post(SERVERS, { schema: { body: SERVER } }, async (request, reply) => {
    const body = bodyOf(request);
    checkName(body, entities(model));
    checkAudiences(body);
    return reply.code(201).send(model.createServer(body, orgUrl()).entity);
  });
  http.get(`${SERVERS}/:server`, async (request) => find(request).entity);
  http.put(`${SERVERS}/:server`, { schema: { body: SERVER } }, async (request) => {
    const server = find(request);
    const body = bodyOf(request);
    checkName(
      body,
      entities(model).filter((each) => each !== server.entity),
    );
    checkAudiences(body);
    const { issuer, credentials, status } = server.entity;
    server.entity = model.update(server.entity, { ...body, issuer, credentials, status });
    return server.entity;
  });
  http.post(`${SERVERS}/:server/lifecycle/:action`, async (request, reply) => {
    const server = find(request);
    server.entity = model.withStatus(server.entity, statusFor(request));
    return reply.code(204).send();
  });
  http.delete(`${SERVERS}/:server`, async (request, reply) => {
    const { entity } = find(request);
    if (entity.id === model.defaultServerId) {
      throw OktaError.forbidden();
    }
    if (entity.status === 'ACTIVE') {
      throw OktaError.active('authorization server');
    }
    model.servers.delete(entity.id);
    return reply.code(204).send();
  });
}

/** The authorization server that the path names. */
export function serverOf(model: OktaModel, request: FastifyRequest): AuthorizationServer {
  const { server: id } = request.params as { server: string };
  const server = model.servers.get(id === DEFAULT_SERVER ? model.defaultServerId : id);
  if (!server) {
    throw OktaError.notFound(id, 'AuthorizationServer');
  }
  return server;
}

/** @throws OktaError if the server does not have a scope. `*` matches every scope */
export function checkScopes(server: AuthorizationServer, names: readonly string[], field: string): void {
  const all = new Set([...server.scopes.values()].map(({ name }) => name));
  const unknown = names.filter((name) => name !== '*' && !all.has(name));
  if (unknown.length > 0) {
    throw OktaError.validation(field, `scopes: ${unknown.join(', ')} not found in the authorization server.`);
  }
}

function entities({ servers }: OktaModel): OktaEntity[] {
  return [...servers.values()].map(({ entity }) => entity);
}

function checkAudiences(body: Body): void {
  if (stringsIn(body, 'audiences').length !== 1) {
    throw OktaError.validation('audiences', 'audiences: The authorization server must have one audience.');
  }
}
