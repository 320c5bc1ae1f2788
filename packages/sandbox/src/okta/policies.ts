import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OktaError } from './errors';
import type { Body, OktaModel, Policy } from './model';
import { bodyOf, checkName, checkScopes, serverOf, statusFor } from './servers';

const POLICIES = '/api/v1/authorizationServers/:server/policies';
const RULES = `${POLICIES}/:policy/rules`;
const EVERY_CLIENT = 'ALL_CLIENTS';
/** Minutes that an access token may live, as Okta limits them. */
const LIFETIME = { least: 5, most: 1440 };
const GRANT_TYPES = [
  'authorization_code',
  'client_credentials',
  'implicit',
  'interaction_code',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:openid:params:grant-type:ciba',
  'urn:okta:params:oauth:grant-type:otp',
  'urn:okta:params:oauth:grant-type:oob',
  'http://auth0.com/oauth/grant-type/mfa-otp',
  'http://auth0.com/oauth/grant-type/mfa-oob',
];

/** Access policies of authorization servers and their rules. */
export function addPolicyRoutes(http: FastifyInstance, model: OktaModel): void {
  http.get(POLICIES, async (request) => serverOf(model, request).policies.map(({ entity }) => entity));
  http.post(POLICIES, async (request, reply) => {
    const { policies } = serverOf(model, request);
    const body = bodyOf(request);
    checkPolicy(model, body, policies);
    const policy: Policy = { entity: model.create('00p', body), rules: [] };
    insert(policies, policy, body.priority);
    renumber(policies);
    return reply.code(201).send(policy.entity);
  });
  http.get(`${POLICIES}/:policy`, async (request) => policyOf(model, request).entity);
  http.put(`${POLICIES}/:policy`, async (request) => {
    const { policies } = serverOf(model, request);
    const policy = policyOf(model, request);
    const body = bodyOf(request);
    checkPolicy(
      model,
      body,
      policies.filter((each) => each !== policy),
    );
    policy.entity = model.update(policy.entity, body);
    policies.splice(policies.indexOf(policy), 1);
    insert(policies, policy, body.priority);
    renumber(policies);
    return policy.entity;
  });
  http.post(`${POLICIES}/:policy/lifecycle/:action`, async (request, reply) => {
    const policy = policyOf(model, request);
    policy.entity = model.withStatus(policy.entity, statusFor(request));
    return reply.code(204).send();
  });
  http.delete(`${POLICIES}/:policy`, async (request, reply) => {
    const { policies } = serverOf(model, request);
    policies.splice(policies.indexOf(policyOf(model, request)), 1);
    renumber(policies);
    return reply.code(204).send();
  });

  http.get(RULES, async (request) => policyOf(model, request).rules);
  http.post(RULES, async (request, reply) => {
    const { rules } = policyOf(model, request);
    const body = bodyOf(request);
    checkName(body, rules);
    checkRule(model, request, body);
    const rule = model.create('0pr', { ...body, priority: rules.length + 1 });
    rules.push(rule);
    return reply.code(201).send(rule);
  });
  http.get(`${RULES}/:rule`, async (request) => ruleOf(model, request).rule);
  http.put(`${RULES}/:rule`, async (request) => {
    const { rules, rule, index } = ruleOf(model, request);
    const body = bodyOf(request);
    checkName(
      body,
      rules.filter((each) => each !== rule),
    );
    checkRule(model, request, body);
    rules[index] = model.update(rule, { ...body, priority: index + 1 });
    return rules[index];
  });
  http.post(`${RULES}/:rule/lifecycle/:action`, async (request, reply) => {
    const { rules, rule, index } = ruleOf(model, request);
    rules[index] = model.withStatus(rule, statusFor(request));
    return reply.code(204).send();
  });
  http.delete(`${RULES}/:rule`, async (request, reply) => {
    const { rules, index } = ruleOf(model, request);
    rules.splice(index, 1);
    return reply.code(204).send();
  });
}

/** Whether a policy is for a client. */
export function isFor({ entity }: Policy, clientId: string): boolean {
  const { clients } = entity.conditions as { clients: { include: readonly string[] } };
  return clients.include.some((client) => client === EVERY_CLIENT || client === clientId);
}

function policyOf(model: OktaModel, request: FastifyRequest): Policy {
  const { policy: id } = request.params as { policy: string };
  const policy = serverOf(model, request).policies.find(({ entity }) => entity.id === id);
  if (!policy) {
    throw OktaError.notFound(id, 'Policy');
  }
  return policy;
}

function ruleOf(model: OktaModel, request: FastifyRequest) {
  const { rule: id } = request.params as { rule: string };
  const { rules } = policyOf(model, request);
  const index = rules.findIndex((rule) => rule.id === id);
  if (index < 0) {
    throw OktaError.notFound(id, 'PolicyRule');
  }
  return { rules, rule: rules[index], index };
}

function checkPolicy(model: OktaModel, body: Body, others: readonly Policy[]): void {
  checkName(
    body,
    others.map(({ entity }) => entity),
  );
  const { conditions } = body as { conditions?: { clients?: { include?: string[] } } };
  const clients = conditions?.clients?.include ?? [];
  if (clients.length === 0) {
    throw OktaError.validation('conditions', 'clients: A policy needs at least one client.');
  }
  const unknown = clients.filter((id) => id !== EVERY_CLIENT && !model.applications.has(id));
  if (unknown.length > 0) {
    throw OktaError.validation('conditions', `clients: Invalid client id ${unknown.join(', ')}.`);
  }
}

function checkRule(model: OktaModel, request: FastifyRequest, body: Body): void {
  const { conditions, actions } = body as {
    conditions?: { grantTypes?: { include?: string[] }; scopes?: { include?: string[] } };
    actions?: { token?: { accessTokenLifetimeMinutes?: number } };
  };
  const grants = conditions?.grantTypes?.include ?? [];
  const unknown = grants.filter((grant) => !GRANT_TYPES.includes(grant));
  if (grants.length === 0 || unknown.length > 0) {
    throw OktaError.validation('grantTypes', `grantTypes: Invalid grant type ${unknown.join(', ')}.`);
  }
  checkScopes(serverOf(model, request), conditions?.scopes?.include ?? [], 'scopes');
  const minutes = actions?.token?.accessTokenLifetimeMinutes ?? 60;
  if (minutes < LIFETIME.least || minutes > LIFETIME.most) {
    throw OktaError.validation(
      'accessTokenLifetimeMinutes',
      `accessTokenLifetimeMinutes: must be between ${LIFETIME.least} and ${LIFETIME.most}.`,
    );
  }
}

function insert(policies: Policy[], policy: Policy, priority: unknown): void {
  const index = typeof priority === 'number' ? Math.max(priority - 1, 0) : policies.length;
  policies.splice(Math.min(index, policies.length), 0, policy);
}

/** Okta keeps priorities without gaps, whatever was asked for. */
function renumber(policies: readonly Policy[]): void {
  for (const [index, policy] of policies.entries()) {
    policy.entity = { ...policy.entity, priority: index + 1 };
  }
}
