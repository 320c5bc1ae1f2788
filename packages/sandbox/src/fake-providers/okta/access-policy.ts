import type { ApiClient, Attributes, ResourceType, Value } from '../../providers/definition';
import { at, has, type Json, orNull, preferAnswer, unlessEmpty } from '../api/json';
import { ifFound } from '../api/json-api-client';
import { parseImportId } from './import-id';

const policiesOf = ({ auth_server_id: server }: Attributes) =>
  `/api/v1/authorizationServers/${String(server)}/policies`;
const rulesOf = (rule: Attributes) => `${policiesOf(rule)}/${String(rule.policy_id)}/rules`;

/** A change of the status is a separate request. */
async function changeStatus(api: ApiClient, path: string, planned: Value, prior: Value): Promise<void> {
  if (planned !== prior) {
    await api.send('POST', `${path}/lifecycle/${planned === 'ACTIVE' ? 'activate' : 'deactivate'}`);
  }
}

const policyBody = (planned: Attributes): Json => ({
  conditions: { clients: { include: planned.client_whitelist } },
  description: planned.description,
  name: planned.name,
  priority: planned.priority,
  status: planned.status,
  type: 'OAUTH_AUTHORIZATION_POLICY',
});

async function readPolicy(api: ApiClient, { auth_server_id }: Attributes, id: Value): Promise<Attributes> {
  const answer = await api.send('GET', `${policiesOf({ auth_server_id })}/${String(id)}`);
  const body = answer.body as Json;
  return {
    auth_server_id,
    id: orNull(body.id),
    name: orNull(body.name),
    description: orNull(body.description),
    priority: orNull(body.priority),
    status: orNull(body.status),
    client_whitelist: at(body.conditions, 'clients', 'include'),
  };
}

/** `okta_auth_server_policy` */
export const accessPolicy: ResourceType = {
  defaults: { status: 'ACTIVE' },
  create: async (api, planned, exists) => {
    if (planned.status === 'INACTIVE') {
      throw new Error('can not create an inactive auth server policy, only existing ones can be deactivated');
    }
    const { body } = await api.send('POST', policiesOf(planned), policyBody(planned));
    const { id } = body as { id: string };
    exists?.({ ...planned, id });
    return readPolicy(api, planned, id);
  },
  read: (api, prior) => ifFound(readPolicy(api, prior, prior.id)),
  update: async (api, planned, { id, status }) => {
    await api.send('PUT', `${policiesOf(planned)}/${String(id)}`, policyBody(planned));
    await changeStatus(api, `${policiesOf(planned)}/${String(id)}`, planned.status, status);
    return readPolicy(api, planned, id);
  },
  delete: async (api, prior) => {
    await ifFound(api.send('DELETE', `${policiesOf(prior)}/${String(prior.id)}`));
  },
  import: (id) => parseImportId(id, 'auth_server_id'),
};

/** What a rule includes and excludes, without empty lists. */
function people(include: Value | undefined, exclude: Value | undefined): Json {
  const some = (value: Value | undefined) => has(value) && unlessEmpty(value) !== null;
  return { ...(some(include) && { include }), ...(some(exclude) && { exclude }) };
}

const ruleBody = (planned: Attributes): object => ({
  actions: {
    token: {
      accessTokenLifetimeMinutes: planned.access_token_lifetime_minutes,
      refreshTokenLifetimeMinutes: orNull(planned.refresh_token_lifetime_minutes) ?? 0,
      refreshTokenWindowMinutes: planned.refresh_token_window_minutes,
      ...(has(planned.inline_hook_id) && { inlineHook: { id: planned.inline_hook_id } }),
    },
  },
  conditions: {
    grantTypes: { include: planned.grant_type_whitelist },
    people: {
      groups: people(planned.group_whitelist, planned.group_blacklist),
      users: people(planned.user_whitelist, planned.user_blacklist),
    },
    scopes: people(planned.scope_whitelist, null),
  },
  name: planned.name,
  priority: planned.priority,
  status: planned.status,
  type: planned.type,
});

async function readRule(api: ApiClient, previous: Attributes, id: Value): Promise<Attributes> {
  const answer = await api.send('GET', `${rulesOf(previous)}/${String(id)}`);
  const body = answer.body as Json;
  const token = at(body.actions, 'token');
  const list = (name: string, ...path: string[]) =>
    preferAnswer(at(body.conditions, ...path), previous[name]);
  const lifetime = at(token, 'refreshTokenLifetimeMinutes');
  return {
    auth_server_id: previous.auth_server_id,
    policy_id: previous.policy_id,
    id: orNull(body.id),
    name: orNull(body.name),
    priority: orNull(body.priority),
    status: orNull(body.status),
    system: orNull(body.system),
    type: orNull(body.type),
    access_token_lifetime_minutes: at(token, 'accessTokenLifetimeMinutes'),
    refresh_token_lifetime_minutes: preferAnswer(lifetime, previous.refresh_token_lifetime_minutes),
    refresh_token_window_minutes: at(token, 'refreshTokenWindowMinutes'),
    inline_hook_id: at(token, 'inlineHook', 'id'),
    grant_type_whitelist: list('grant_type_whitelist', 'grantTypes', 'include'),
    scope_whitelist: list('scope_whitelist', 'scopes', 'include'),
    group_whitelist: list('group_whitelist', 'people', 'groups', 'include'),
    group_blacklist: list('group_blacklist', 'people', 'groups', 'exclude'),
    user_whitelist: list('user_whitelist', 'people', 'users', 'include'),
    user_blacklist: list('user_blacklist', 'people', 'users', 'exclude'),
  };
}

/** `okta_auth_server_policy_rule` */
export const accessPolicyRule: ResourceType = {
  defaults: {
    access_token_lifetime_minutes: 60,
    refresh_token_window_minutes: 10080,
    status: 'ACTIVE',
    type: 'RESOURCE_ACCESS',
  },
  create: async (api, planned, exists) => {
    const { body } = await api.send('POST', rulesOf(planned), ruleBody(planned));
    const { id } = body as { id: string };
    exists?.({ ...planned, id });
    return readRule(api, planned, id);
  },
  read: (api, prior) => ifFound(readRule(api, prior, prior.id)),
  update: async (api, planned, { id, status }) => {
    await api.send('PUT', `${rulesOf(planned)}/${String(id)}`, ruleBody(planned));
    await changeStatus(api, `${rulesOf(planned)}/${String(id)}`, planned.status, status);
    return readRule(api, planned, id);
  },
  delete: async (api, prior) => {
    await ifFound(api.send('DELETE', `${rulesOf(prior)}/${String(prior.id)}`));
  },
  import: (id) => parseImportId(id, 'auth_server_id', 'policy_id'),
};
