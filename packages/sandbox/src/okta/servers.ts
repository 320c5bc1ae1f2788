import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { bodyOf, checkName, statusFor, stringsIn } from './bodies';
import { OktaError } from './errors';
import type { AuthorizationServer, OktaEntity, OktaModel } from './model';
import { page } from './paging';

/** Path of the authorization servers. */
export const SERVERS = '/api/v1/authorizationServers';
/** Id of the authorization server that an org has from the start. */
export const DEFAULT_SERVER = 'default';

/** Authorization servers and their lifecycle. */
export function addServerRoutes(http: FastifyInstance, model: OktaModel, orgUrl: () => string): void {
  const find = (request: FastifyRequest) => serverOf(model, request);
  http.get(SERVERS, (request, reply) => page(request, reply, entities(model)));
  http.post(SERVERS, async (request, reply) => {
    const body = bodyOf(request);
    checkName(body, entities(model));
    checkAudiences(body);
    return reply.code(201).send(model.createServer(body, orgUrl()).entity);
  });
  http.get(`${SERVERS}/:server`, async (request) => find(request).entity);
  http.put(`${SERVERS}/:server`, async (request) => {
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
    if (entity.id === DEFAULT_SERVER) {
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
  const server = model.servers.get(id);
  if (!server) {
    throw OktaError.notFound(id, 'AuthorizationServer');
  }
  return server;
}

/** @throws OktaError when a scope is none of the server's; `*` is every scope */
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
