import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { bodyOf, checkName, checkStatus, objectIn, stringsIn } from './bodies';
import { OktaError } from './errors';
import { compile } from './expression';
import type { AuthorizationServer, OktaEntity, OktaModel } from './model';
import { page } from './paging';
import { checkScopes, SERVERS, serverOf } from './servers';

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
const VALUE_TYPES = ['EXPRESSION', 'GROUPS', 'SYSTEM'];

/** A kind of thing that an authorization server holds by name. */
interface Members {
  readonly path: string;
  readonly type: string;
  readonly prefix: string;
  /** What Okta makes of fields that are left out. */
  readonly defaults: Body;
  readonly of: (server: AuthorizationServer) => Map<string, OktaEntity>;
  readonly check: (server: AuthorizationServer, body: Body) => void;
}

const SCOPES: Members = {
  path: 'scopes',
  type: 'OAuth2Scope',
  prefix: 'scp',
  defaults: { consent: 'IMPLICIT', default: false, metadataPublish: 'NO_CLIENTS', optional: false },
  of: ({ scopes }) => scopes,
  check: (_server, { name }) => {
    if (/[\s"\\]/.test(String(name))) {
      throw OktaError.validation(
        'name',
        'name: The scope name must not contain whitespace, quotes or backslashes.',
      );
    }
  },
};
const CLAIMS: Members = {
  path: 'claims',
  type: 'OAuth2Claim',
  prefix: 'ocl',
  defaults: { status: 'ACTIVE', alwaysIncludeInToken: true },
  of: ({ claims }) => claims,
  check: checkClaim,
};

/** Scopes and claims of authorization servers. */
export function addScopeAndClaimRoutes(http: FastifyInstance, model: OktaModel): void {
  addMembers(http, model, SCOPES);
  addMembers(http, model, CLAIMS);
}

function addMembers(http: FastifyInstance, model: OktaModel, kind: Members): void {
  const { path, type, prefix, defaults, of, check } = kind;
  const list = `${SERVERS}/:server/${path}`;
  const find = (request: FastifyRequest) => {
    const server = serverOf(model, request);
    const { id } = request.params as { id: string };
    const member = of(server).get(id);
    if (!member) {
      throw OktaError.notFound(id, type);
    }
    return { server, members: of(server), member };
  };
  http.get(list, (request, reply) => page(request, reply, [...of(serverOf(model, request)).values()]));
  http.post(list, async (request, reply) => {
    const server = serverOf(model, request);
    const body = bodyOf(request);
    checkName(body, of(server).values());
    check(server, body);
    const entity = model.createMember(prefix, { ...defaults, ...body });
    of(server).set(entity.id, entity);
    return reply.code(201).send(entity);
  });
  http.get(`${list}/:id`, async (request) => find(request).member);
  http.put(`${list}/:id`, async (request) => {
    const { server, members, member } = find(request);
    const body = bodyOf(request);
    checkName(
      body,
      [...members.values()].filter((each) => each !== member),
    );
    check(server, body);
    const updated = model.update(member, body);
    members.set(member.id, updated);
    return updated;
  });
  http.delete(`${list}/:id`, async (request, reply) => {
    const { members, member } = find(request);
    if (member.system === true) {
      throw OktaError.forbidden();
    }
    members.delete(member.id);
    return reply.code(204).send();
  });
}

function checkClaim(server: AuthorizationServer, body: Body): void {
  const { name, value = '', valueType = 'EXPRESSION', claimType } = body;
  checkStatus(body);
  if (claimType !== 'RESOURCE' && claimType !== 'IDENTITY') {
    throw OktaError.validation('claimType', 'claimType: The field must be RESOURCE or IDENTITY.');
  }
  if (!VALUE_TYPES.includes(String(valueType))) {
    throw OktaError.validation('valueType', `valueType: The field must be ${VALUE_TYPES.join(' or ')}.`);
  }
  if (claimType === 'RESOURCE' && RESERVED_CLAIMS.includes(String(name))) {
    throw OktaError.validation('name', `name: ${name} is reserved and cannot be used in an access token.`);
  }
  if (valueType === 'EXPRESSION') {
    try {
      compile(String(value));
    } catch {
      throw OktaError.validation('value', `value: Invalid expression ${value}.`);
    }
  }
  checkScopes(server, stringsIn(objectIn(body, 'conditions'), 'scopes'), 'conditions');
}
