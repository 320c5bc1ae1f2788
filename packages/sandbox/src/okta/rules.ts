import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { BOOLEAN, integer, oneOf, openObject, STRINGS, text } from '../http/json-schema';
import { GRANT_TYPES } from './application-schema';
import { bodyOf, checkName, objectIn, STATUS, statusFor, stringsIn } from './bodies';
import { OktaError } from './errors';
import type { AuthorizationServer, OktaModel, Policy, Rule } from './model';
import { namesBut, PRIORITY, place, remove } from './priorities';
import { checkScopes } from './servers';

const RULES = '/api/v1/authorizationServers/:server/policies/:policy/rules';
/** Okta's limits of an access token's lifetime, in minutes. */
const LIFETIME = { least: 5, most: 1440, default: 60 };
/** Grant types that Okta knows in a rule: those of an application without `refresh_token`. */
const RULE_GRANT_TYPES = GRANT_TYPES.filter((type) => type !== 'refresh_token');

const SIDES = openObject({ include: STRINGS, exclude: STRINGS });
const RULE = openObject(
  {
    name: text(),
    priority: PRIORITY,
    status: STATUS,
    system: BOOLEAN,
    type: oneOf('RESOURCE_ACCESS'),
    conditions: openObject({
      grantTypes: openObject({ include: STRINGS }),
      scopes: openObject({ include: STRINGS }),
      people: openObject({ groups: SIDES, users: SIDES }),
    }),
    actions: openObject({
      token: openObject({
        accessTokenLifetimeMinutes: integer(),
        refreshTokenLifetimeMinutes: integer(),
        refreshTokenWindowMinutes: integer(),
        inlineHook: openObject({ id: text() }),
      }),
    }),
  },
  ...['name', 'conditions', 'type'],
);
/** The group of all users. Client credentials have no user, so rules for other groups never apply. */
const EVERYONE = 'EVERYONE';

interface Place {
  readonly server: AuthorizationServer;
  readonly policy: Policy;
}

/** Rules of access policies. */
export function addRuleRoutes(
  http: FastifyInstance,
  model: OktaModel,
  policyOf: (request: FastifyRequest) => Place,
): void {
  const find = (request: FastifyRequest) => {
    const at = policyOf(request);
    const { rule: id } = request.params as { rule: string };
    const rule = at.policy.rules.find(({ entity }) => entity.id === id);
    if (!rule) {
      throw OktaError.notFound(id, 'PolicyRule');
    }
    return { ...at, rule };
  };
  http.get(RULES, async (request) => policyOf(request).policy.rules.map(({ entity }) => entity));
  http.post(RULES, { schema: { body: RULE } }, async (request, reply) => {
    const { server, policy } = policyOf(request);
    const body = bodyOf(request);
    check(server, policy, body);
    const rule: Rule = { entity: model.createMember('0pr', withDefaults(body)) };
    place(policy.rules, rule, body.priority);
    return reply.code(201).send(rule.entity);
  });
  http.get(`${RULES}/:rule`, async (request) => find(request).rule.entity);
  http.put(`${RULES}/:rule`, { schema: { body: RULE } }, async (request) => {
    const { server, policy, rule } = find(request);
    const body = bodyOf(request);
    check(server, policy, body, rule);
    const priority = body.priority ?? rule.entity.priority;
    rule.entity = model.update(rule.entity, withDefaults(body));
    place(policy.rules, rule, priority);
    return rule.entity;
  });
  http.post(`${RULES}/:rule/lifecycle/:action`, async (request, reply) => {
    const { rule } = find(request);
    rule.entity = model.withStatus(rule.entity, statusFor(request));
    return reply.code(204).send();
  });
  http.delete(`${RULES}/:rule`, async (request, reply) => {
    const { policy, rule } = find(request);
    remove(policy.rules, rule);
    return reply.code(204).send();
  });
}

/** Whether a rule allows this grant and all of these scopes. A rule for certain users never applies. */
export function allows({ entity }: Rule, grant: string, scopes: readonly string[]): boolean {
  const conditions = objectIn(entity, 'conditions');
  const allowed = stringsIn(objectIn(conditions, 'scopes'), 'include');
  return (
    stringsIn(objectIn(conditions, 'grantTypes'), 'include').includes(grant) &&
    (allowed.includes('*') || scopes.every((scope) => allowed.includes(scope))) &&
    isForEverybody(objectIn(conditions, 'people'))
  );
}

function isForEverybody(people: Body): boolean {
  const groups = stringsIn(objectIn(people, 'groups'), 'include');
  const users = stringsIn(objectIn(people, 'users'), 'include');
  return groups.includes(EVERYONE) || (groups.length === 0 && users.length === 0);
}

/** Lifetime of an access token by a rule, in seconds. */
export function lifetimeOf({ entity }: Rule): number {
  return minutesIn(entity) * 60;
}

/** Okta's default lifetimes. */
function withDefaults(body: Body): Body {
  const actions = objectIn(body, 'actions');
  const token = {
    accessTokenLifetimeMinutes: LIFETIME.default,
    refreshTokenLifetimeMinutes: 0,
    refreshTokenWindowMinutes: 10_080,
    ...objectIn(actions, 'token'),
  };
  return { ...body, actions: { ...actions, token } };
}

function minutesIn(body: Body): number {
  const { accessTokenLifetimeMinutes = LIFETIME.default } = objectIn(objectIn(body, 'actions'), 'token');
  return Number(accessTokenLifetimeMinutes);
}

function check(server: AuthorizationServer, { rules }: Policy, body: Body, self?: Rule): void {
  checkName(body, namesBut(rules, self));
  const conditions = objectIn(body, 'conditions');
  const grants = stringsIn(objectIn(conditions, 'grantTypes'), 'include');
  const unknown = grants.filter((grant) => !RULE_GRANT_TYPES.includes(grant));
  if (grants.length === 0 || unknown.length > 0) {
    throw OktaError.validation('grantTypes', `grantTypes: Invalid grant type ${unknown.join(', ')}.`);
  }
  checkScopes(server, stringsIn(objectIn(conditions, 'scopes'), 'include'), 'scopes');
  const minutes = minutesIn(body);
  if (!Number.isInteger(minutes) || minutes < LIFETIME.least || minutes > LIFETIME.most) {
    throw OktaError.validation(
      'accessTokenLifetimeMinutes',
      `accessTokenLifetimeMinutes: must be between ${LIFETIME.least} and ${LIFETIME.most}.`,
    );
  }
}
