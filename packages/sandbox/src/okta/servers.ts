import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OktaError } from './errors';
import { compile } from './expression';
import type { AuthorizationServer, Body, Entity, OktaModel } from './model';
import { page } from './paging';

const ROOT = '/api/v1/authorizationServers';
/** Names that Okta does not let a claim of an access token have. */
const RESERVED_CLAIMS = [
  'acr',
  'amr',
  'as_uri',
  'cid',
  'groups',
  'iss',
  'jti',
  'rpt',
  'rsi',
  'token_type',
  'uid',
  'username',
  'ver',
];

/** Authorization servers with their scopes and claims. */
export function addServerRoutes(http: FastifyInstance, model: OktaModel, orgUrl: () => string): void {
  http.get(ROOT, (request, reply) =>
    page(
      request,
      reply,
      [...model.servers.values()].map(({ entity }) => entity),
    ),
  );
  http.post(ROOT, async (request, reply) => {
    const body = bodyOf(request);
    checkName(
      body,
      [...model.servers.values()].map(({ entity }) => entity),
    );
    checkAudiences(body);
    return reply.code(201).send(model.createServer(body, orgUrl()).entity);
  });
  http.get(`${ROOT}/:server`, async (request) => serverOf(model, request).entity);
  http.put(`${ROOT}/:server`, async (request) => {
    const server = serverOf(model, request);
    const body = bodyOf(request);
    checkName(
      body,
      [...model.servers.values()].map(({ entity }) => entity).filter(({ id }) => id !== server.entity.id),
    );
    checkAudiences(body);
    const { issuer, credentials } = server.entity;
    server.entity = model.update(server.entity, { ...body, issuer, credentials });
    return server.entity;
  });
  http.post(`${ROOT}/:server/lifecycle/:action`, async (request, reply) => {
    const server = serverOf(model, request);
    server.entity = model.withStatus(server.entity, statusFor(request));
    return reply.code(204).send();
  });
  http.delete(`${ROOT}/:server`, async (request, reply) => {
    const { entity } = serverOf(model, request);
    if (entity.id === 'default') {
      throw OktaError.forbidden();
    }
    if (entity.status !== 'INACTIVE') {
      throw new OktaError(
        403,
        'E0000056',
        'Delete authorization server forbidden. It must be deactivated first.',
      );
    }
    model.servers.delete(entity.id);
    return reply.code(204).send();
  });

  http.get(`${ROOT}/:server/scopes`, (request, reply) =>
    page(request, reply, [...serverOf(model, request).scopes.values()]),
  );
  addMembers(http, model, {
    path: 'scopes',
    type: 'OAuth2Scope',
    prefix: 'scp',
    of: (server) => server.scopes,
    check: (_server, body) => {
      if (/[\s"\\]/.test(String(body.name))) {
        throw OktaError.validation(
          'name',
          'name: The scope name must not contain whitespace, quotes or backslashes.',
        );
      }
    },
  });
  http.get(`${ROOT}/:server/claims`, (request, reply) =>
    page(request, reply, [...serverOf(model, request).claims.values()]),
  );
  addMembers(http, model, {
    path: 'claims',
    type: 'OAuth2Claim',
    prefix: 'ocl',
    of: (server) => server.claims,
    check: checkClaim,
  });
}

interface Members {
  readonly path: string;
  readonly type: string;
  readonly prefix: string;
  readonly of: (server: AuthorizationServer) => Map<string, Entity>;
  readonly check: (server: AuthorizationServer, body: Body) => void;
}

function addMembers(
  http: FastifyInstance,
  model: OktaModel,
  { path, type, prefix, of, check }: Members,
): void {
  const find = (request: FastifyRequest) => {
    const members = of(serverOf(model, request));
    const { id } = request.params as { id: string };
    const member = members.get(id);
    if (!member) {
      throw OktaError.notFound(id, type);
    }
    return { members, member };
  };
  http.post(`${ROOT}/:server/${path}`, async (request, reply) => {
    const server = serverOf(model, request);
    const body = bodyOf(request);
    checkName(body, [...of(server).values()]);
    check(server, body);
    const entity = model.create(prefix, body);
    of(server).set(entity.id, entity);
    return reply.code(201).send(entity);
  });
  http.get(`${ROOT}/:server/${path}/:id`, async (request) => find(request).member);
  http.put(`${ROOT}/:server/${path}/:id`, async (request) => {
    const { members, member } = find(request);
    const body = bodyOf(request);
    checkName(
      body,
      [...members.values()].filter(({ id }) => id !== member.id),
    );
    check(serverOf(model, request), body);
    const updated = model.update(member, body);
    members.set(member.id, updated);
    return updated;
  });
  http.delete(`${ROOT}/:server/${path}/:id`, async (request, reply) => {
    const { members, member } = find(request);
    if (member.system === true) {
      throw OktaError.forbidden();
    }
    members.delete(member.id);
    return reply.code(204).send();
  });
}

function checkClaim(server: AuthorizationServer, body: Body): void {
  const {
    name,
    value,
    valueType = 'EXPRESSION',
    claimType,
    conditions,
  } = body as {
    name: string;
    value?: string;
    valueType?: string;
    claimType?: string;
    conditions?: { scopes?: string[] };
  };
  if (claimType !== 'RESOURCE' && claimType !== 'IDENTITY') {
    throw OktaError.validation('claimType', 'claimType: The field must be RESOURCE or IDENTITY.');
  }
  if (claimType === 'RESOURCE' && RESERVED_CLAIMS.includes(name)) {
    throw OktaError.validation('name', `name: ${name} is reserved and cannot be used in an access token.`);
  }
  if (valueType === 'EXPRESSION') {
    try {
      compile(value ?? '');
    } catch {
      throw OktaError.validation('value', `value: Invalid expression ${value ?? ''}.`);
    }
  }
  checkScopes(server, conditions?.scopes ?? [], 'conditions');
}

/** @throws OktaError when a scope is none of the server's */
export function checkScopes(server: AuthorizationServer, names: readonly string[], field: string): void {
  const all = new Set([...server.scopes.values()].map(({ name }) => name));
  const unknown = names.filter((name) => name !== '*' && !all.has(name));
  if (unknown.length > 0) {
    throw OktaError.validation(field, `scopes: ${unknown.join(', ')} not found in the authorization server.`);
  }
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

/** The JSON object of a request. */
export function bodyOf(request: FastifyRequest): Body {
  if (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body)) {
    throw OktaError.malformed();
  }
  return request.body as Body;
}

/** @throws OktaError for a name that is missing, too long or taken */
export function checkName({ name }: Body, others: readonly Entity[]): void {
  if (typeof name !== 'string' || name === '') {
    throw OktaError.validation('name', 'name: The field cannot be left blank');
  }
  if (name.length > 255) {
    throw OktaError.validation('name', 'name: The field is too long');
  }
  if (others.some((other) => other.name === name)) {
    throw OktaError.validation(
      'name',
      'name: An object with this field already exists in the current organization',
    );
  }
}

/** ACTIVE or INACTIVE, as the lifecycle path says. */
export function statusFor(request: FastifyRequest): string {
  const { action } = request.params as { action: string };
  const statuses: { readonly [action: string]: string } = { activate: 'ACTIVE', deactivate: 'INACTIVE' };
  if (!Object.hasOwn(statuses, action)) {
    throw OktaError.notFound(action, 'Lifecycle');
  }
  return statuses[action];
}

function checkAudiences({ audiences }: Body): void {
  if (!Array.isArray(audiences) || audiences.length !== 1) {
    throw OktaError.validation('audiences', 'audiences: The authorization server must have one audience.');
  }
}
