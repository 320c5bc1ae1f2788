import type { Attributes, Value } from '../../providers/definition';
import { at, has, type Json, pick, unlessEmpty } from '../api/json';
import { type RestResource, restResource, sameNames } from './rest-resource';

/** Blocks of the resource, and the field of the API that holds the configuration of each. */
const TYPES = [
  { block: 'openid_connect', type: 'openid_connect', config: 'openid-connect' },
  { block: 'key_auth', type: 'key_auth', config: 'key-auth' },
] as const;

const TOP = [
  'active',
  'created_at',
  'display_name',
  'id',
  'name',
  'strategy_type',
  'supports_multiple_credentials',
  'updated_at',
];

const CONFIG = ['auth_methods', 'credential_claim', 'issuer', 'scopes', 'key_names', 'ttl'];

const strategyBody = (planned: Attributes): object => {
  const { block, type, config } = TYPES.find((each) => has(planned[each.block])) ?? TYPES[0];
  const strategy = planned[block] as Attributes;
  return {
    configs: { [config]: configBody(at(strategy.configs, block)) },
    ...(block === 'openid_connect' && {
      dcr_provider_id: has(strategy.dcr_provider_id) ? strategy.dcr_provider_id : null,
    }),
    ...pick(strategy, ['display_name', 'labels', 'name']),
    strategy_type: type,
  };
};

const strategy: RestResource = {
  path: () => '/v2/application-auth-strategies',
  createBody: strategyBody,
  state: (body) => {
    const { block, config } = TYPES.find(({ type }) => type === body.strategy_type) ?? TYPES[0];
    const configs = { [block]: configState(at(body.configs, config)) };
    return {
      ...sameNames(body, TOP),
      [block]: {
        ...sameNames(body, [...TOP, 'dcr_provider', 'dcr_provider_id']),
        labels: unlessEmpty(body.labels),
        configs,
      },
    };
  },
  import: (id) => ({ id }),
};

/** `konnect_application_auth_strategy` before 3.22: every change replaces it. */
export const authStrategy = restResource({ ...strategy, replacedBy: TYPES.map(({ block }) => block) });

/** `konnect_application_auth_strategy` from 3.22 on: changed in place, with the same id. */
export const authStrategyInPlace = restResource({
  ...strategy,
  update: { method: 'PUT', body: strategyBody },
});

/** Additional properties are a JSON text in the state, and fields beside the others in the API. */
function configBody(config: Value): Json {
  const { additional_properties: more, ...known } = (config ?? {}) as Attributes;
  return { ...pick(known, Object.keys(known)), ...(typeof more === 'string' && (JSON.parse(more) as Json)) };
}

function configState(config: Value): Attributes {
  const fields = Object.entries((config ?? {}) as Attributes);
  const more = fields.filter(([name]) => !CONFIG.includes(name));
  return {
    ...Object.fromEntries(fields.filter(([name]) => CONFIG.includes(name))),
    additional_properties: more.length > 0 ? JSON.stringify(Object.fromEntries(more)) : null,
  };
}
