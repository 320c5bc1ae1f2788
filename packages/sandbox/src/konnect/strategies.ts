import type { FastifyInstance } from 'fastify';
import type { Body, Entity } from '../entity';
import {
  BOOLEAN,
  integer,
  list,
  nullable,
  object,
  oneOf,
  openObject,
  partial,
  type Schema,
  text,
  UUID,
} from '../http/json-schema';
import { KonnectError } from './errors';
import { CHANGED_LABELS, LABELS, withoutRemovedLabels } from './labels';
import { listQuery, page } from './lists';
import { bodyOf, type KonnectModel, paramsOf } from './model';

const ROOT = '/v2/application-auth-strategies';
const TTL = openObject({ value: integer(1), unit: oneOf('days', 'weeks', 'years') }, 'value', 'unit');
const KEY_AUTH = object({ key_names: list(text(256), 10, 1), ttl: TTL });
const REQUIRED_OF_OIDC = ['issuer', 'credential_claim', 'scopes', 'auth_methods'];
const OPENID_CONNECT = openObject(
  {
    issuer: { ...text(256), format: 'uri', pattern: '^https?://' },
    credential_claim: list(text(128), 10),
    scopes: list(text(128), 50),
    auth_methods: list(text(64), 10),
  },
  ...REQUIRED_OF_OIDC,
);
const REQUIRED = [...REQUIRED_OF_OIDC, 'key_names'];
const COMMON = {
  name: text(256, 1),
  display_name: text(256),
  principals: object({ enabled: BOOLEAN }, 'enabled'),
};
const create = (type: string, config: string, schema: Schema, others: { [name: string]: Schema }) =>
  object(
    {
      ...COMMON,
      ...others,
      labels: LABELS,
      strategy_type: oneOf(type),
      configs: object({ [config]: schema }, config),
    },
    ...['name', 'display_name', 'strategy_type', 'configs'],
  );
const CREATE: Schema = {
  type: 'object',
  required: ['strategy_type'],
  properties: { strategy_type: oneOf('key_auth', 'openid_connect') },
  if: { properties: { strategy_type: { const: 'key_auth' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: create('key_auth', 'key-auth', KEY_AUTH, {}),
  else: create('openid_connect', 'openid-connect', OPENID_CONNECT, { dcr_provider_id: nullable(UUID) }),
};
const UPDATE = object({
  ...COMMON,
  dcr_provider_id: nullable(UUID),
  labels: CHANGED_LABELS,
  configs: {
    ...object({
      'key-auth': object({ key_names: list(text(256), 10, 1), ttl: nullable(TTL) }),
      'openid-connect': partial(OPENID_CONNECT),
    }),
    minProperties: 1,
    maxProperties: 1,
  },
});
const LIST = listQuery({
  filters: {
    name: 'text',
    display_name: 'text',
    strategy_type: 'text',
    dcr_provider_id: 'id',
    dcr_provider_name: 'text',
    dcr_provider_type: 'text',
  },
});

type Configs = { readonly [config: string]: Body };

/**
 * Application auth strategies. Their names need not be unique.
 *
 * A strategy of a publication cannot be deleted. Applications and a portal with the strategy as default keep its id.
 */
export function addStrategyRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { strategies } = model;
  const answer = (strategy: Entity) => strategyAnswer(model, strategy);
  http.get(ROOT, { schema: { querystring: LIST } }, async (request) =>
    page(request, strategies.all().map(answer)),
  );
  http.post(ROOT, { schema: { body: CREATE } }, async (request, reply) => {
    const defaults = { supports_multiple_credentials: true, labels: {} };
    const strategy = strategies.put(model.create({ ...defaults, ...bodyOf(request) }));
    return reply.code(201).send(answer(strategy));
  });
  http.get(`${ROOT}/:id`, async (request) => answer(strategies.get(paramsOf(request).id)));
  http.patch(`${ROOT}/:id`, { schema: { body: UPDATE } }, async (request) => {
    const strategy = strategies.get(paramsOf(request).id);
    const body = withoutRemovedLabels(bodyOf(request));
    return answer(strategies.put(model.update(strategy, { ...body, ...changedConfigs(strategy, body) })));
  });
  http.put(`${ROOT}/:id`, { schema: { body: CREATE } }, async (request, reply) => {
    const strategy = strategies.get(paramsOf(request).id);
    return reply
      .code(201)
      .send(answer(strategies.put(model.update(strategy, { labels: {}, ...bodyOf(request) }))));
  });
  http.delete(`${ROOT}/:id`, async (request, reply) => {
    const { id } = strategies.get(paramsOf(request).id);
    if (isPublished(model, id)) {
      throw KonnectError.conflict(`Auth strategy ${id} is used by a publication`);
    }
    strategies.delete(id);
    return reply.code(204).send();
  });
}

/** An update keeps required settings that it omits, and removes other settings that it omits. */
function changedConfigs(strategy: Entity, { configs }: Body): Body {
  const current = strategy.configs as Configs;
  const [[config, changes] = []] = Object.entries((configs ?? {}) as Configs);
  if (config === undefined) {
    return {};
  }
  if (!Object.hasOwn(current, config)) {
    throw KonnectError.invalid(`configs.${config}`, 'does not fit the type of the strategy');
  }
  const required = Object.entries(current[config]).filter(([name]) => REQUIRED.includes(name));
  return { configs: { [config]: { ...Object.fromEntries(required), ...changes } } };
}

function strategyAnswer(model: KonnectModel, { dcr_provider_id: id = null, ...strategy }: Entity): Body {
  const provider = id === null ? null : { id, name: 'DCR provider', provider_type: 'okta' };
  return { ...strategy, dcr_provider: provider, active: isPublished(model, String(strategy.id)) };
}

function isPublished(model: KonnectModel, id: string): boolean {
  return model.publications.all().some(({ auth_strategy_ids: ids }) => (ids ?? []).includes(id));
}
