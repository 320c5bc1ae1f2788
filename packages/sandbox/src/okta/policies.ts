import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { BOOLEAN, oneOf, openObject, STRINGS, text } from '../http/json-schema';
import { bodyOf, checkName, objectIn, STATUS, statusFor, stringsIn } from './bodies';
import { OktaError } from './errors';
import type { AuthorizationServer, OktaModel, Policy } from './model';
import { namesBut, PRIORITY, place, remove } from './priorities';
import { addRuleRoutes } from './rules';
import { serverOf } from './servers';

const POLICIES = '/api/v1/authorizationServers/:server/policies';
/** Okta's name for all clients in a policy. */
export const EVERY_CLIENT = 'ALL_CLIENTS';

const POLICY = openObject({
  id: text(),
  name: text(100, 1),
  description: text(255, 1),
  priority: PRIORITY,
  status: STATUS,
  system: BOOLEAN,
  type: oneOf('OAUTH_AUTHORIZATION_POLICY'),
  conditions: openObject({ clients: openObject({ include: STRINGS }) }),
});

/** Access policies of authorization servers. */
export function addPolicyRoutes(http: FastifyInstance, model: OktaModel): void {
  const find = (request: FastifyRequest) => {
    const server = serverOf(model, request);
    const { policy: id } = request.params as { policy: string };
    const policy = server.policies.find(({ entity }) => entity.id === id);
    if (!policy) {
      throw OktaError.notFound(id, 'Policy');
    }
    return { server, policy };
  };
  http.get(POLICIES, async (request) => serverOf(model, request).policies.map(({ entity }) => entity));
  http.post(POLICIES, { schema: { body: POLICY } }, async (request, reply) => {
    const server = serverOf(model, request);
    const body = bodyOf(request);
    check(model, server, body);
    const policy: Policy = { entity: model.createMember('00p', body), rules: [] };
    place(server.policies, policy, body.priority);
    return reply.code(201).send(policy.entity);
  });
  http.get(`${POLICIES}/:policy`, async (request) => find(request).policy.entity);
  http.put(`${POLICIES}/:policy`, { schema: { body: POLICY } }, async (request) => {
    const { server, policy } = find(request);
    const body = bodyOf(request);
    check(model, server, body, policy);
    const priority = body.priority ?? policy.entity.priority;
    policy.entity = model.update(policy.entity, body);
    place(server.policies, policy, priority);
    return policy.entity;
  });
  http.post(`${POLICIES}/:policy/lifecycle/:action`, async (request, reply) => {
    const { policy } = find(request);
    policy.entity = model.withStatus(policy.entity, statusFor(request));
    return reply.code(204).send();
  });
  http.delete(`${POLICIES}/:policy`, async (request, reply) => {
    const { server, policy } = find(request);
    remove(server.policies, policy);
    return reply.code(204).send();
  });
  addRuleRoutes(http, model, find);
}

function check(model: OktaModel, { policies }: AuthorizationServer, body: Body, self?: Policy): void {
  checkName(body, namesBut(policies, self));
  const clients = stringsIn(objectIn(objectIn(body, 'conditions'), 'clients'), 'include');
  if (clients.length === 0) {
    throw OktaError.validation('conditions', 'clients: A policy needs at least one client.');
  }
  const unknown = clients.filter((id) => id !== EVERY_CLIENT && !model.findClient(id));
  if (unknown.length > 0) {
    throw OktaError.validation('conditions', `clients: Invalid client id ${unknown.join(', ')}.`);
  }
}
