import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body, Entity } from '../entity';
import { BOOLEAN, oneOf, openObject, type Schema, STRINGS, text } from '../http/json-schema';
import { bodyOf, checkName, objectIn, STATUS, stringsIn } from './bodies';
import { OktaError } from './errors';
import { compile } from './expression';
import { LIST_QUERY, page } from './lists';
import type { AuthorizationServer, OktaEntity, OktaModel } from './model';
import { checkScopes, SERVERS, serverOf } from './servers';

/** Claim names that Okta reserves in access tokens. */
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

/** Scopes or claims: members of an authorization server with unique names. */
interface Members {
  readonly path: string;
  readonly type: string;
  readonly prefix: string;
  readonly schema: Schema;
  /** Okta's defaults for omitted fields. */
  readonly defaults: Body;
  /** Fields of the model that responses omit. */
  readonly internal: readonly string[];
  readonly of: (server: AuthorizationServer) => Map<string, OktaEntity>;
  readonly check: (server: AuthorizationServer, body: Body) => void;
}

const SCOPES: Members = {
  path: 'scopes',
  type: 'OAuth2Scope',
  prefix: 'scp',
  schema: openObject(
    {
      name: text(),
      description: text(),
      displayName: text(),
      consent: oneOf('FLEXIBLE', 'IMPLICIT', 'REQUIRED'),
      metadataPublish: oneOf('ALL_CLIENTS', 'NO_CLIENTS'),
      default: BOOLEAN,
      optional: BOOLEAN,
      system: BOOLEAN,
    },
    'name',
  ),
  internal: ['created', 'lastUpdated', 'status'],
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
  schema: openObject({
    name: text(),
    status: STATUS,
    claimType: oneOf('IDENTITY', 'RESOURCE'),
    valueType: oneOf('EXPRESSION', 'GROUPS', 'SYSTEM'),
    value: text(),
    group_filter_type: oneOf('CONTAINS', 'EQUALS', 'REGEX', 'STARTS_WITH'),
    alwaysIncludeInToken: BOOLEAN,
    system: BOOLEAN,
    conditions: openObject({ scopes: STRINGS }),
  }),
  internal: ['created', 'lastUpdated'],
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
  const { path, type, prefix, schema, defaults, of, check } = kind;
  const answer = (member: OktaEntity): Entity => {
    const shown = Object.entries(member).filter(([name]) => !kind.internal.includes(name));
    return { ...Object.fromEntries(shown), id: member.id };
  };
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
  http.get(list, { schema: { querystring: LIST_QUERY } }, (request, reply) =>
    page(request, reply, [...of(serverOf(model, request)).values()].map(answer)),
  );
  http.post(list, { schema: { body: schema } }, async (request, reply) => {
    const server = serverOf(model, request);
    const body = bodyOf(request);
    checkName(body, of(server).values());
    check(server, body);
    const entity = model.createMember(prefix, { ...defaults, ...body });
    of(server).set(entity.id, entity);
    return reply.code(201).send(answer(entity));
  });
  http.get(`${list}/:id`, async (request) => answer(find(request).member));
  http.put(`${list}/:id`, { schema: { body: schema } }, async (request) => {
    const { server, members, member } = find(request);
    const body = bodyOf(request);
    checkName(
      body,
      [...members.values()].filter((each) => each !== member),
    );
    check(server, body);
    const updated = model.update(member, body);
    members.set(member.id, updated);
    return answer(updated);
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
  if (claimType === undefined) {
    throw OktaError.validation('claimType', 'claimType: The field must be RESOURCE or IDENTITY.');
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
