import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import {
  BOOLEAN,
  integer,
  list,
  nullable,
  object,
  oneOf,
  openObject,
  STRINGS,
  text,
} from '../http/json-schema';
import { addCoreEntityRoutes } from './core-entities';
import { KonnectError } from './errors';
import type { KonnectModel, OfControlPlane } from './model';

/** Access control enforcement. The gateway of the sandbox runs no other plugin. */
const ACE = 'ace';

const DEFAULTS = {
  enabled: true,
  protocols: ['grpc', 'grpcs', 'http', 'https'],
  instance_name: null,
  tags: null,
  route: null,
  service: null,
  consumer: null,
};
const CONFIG_DEFAULTS = { match_policy: 'if_present', anonymous: null, rate_limiting: null };
const REFERENCE = nullable(openObject({ id: text() }));
const PLUGIN = object(
  {
    id: nullable(text(undefined, 1)),
    name: oneOf(ACE),
    instance_name: nullable(text()),
    enabled: nullable(BOOLEAN),
    config: nullable(
      object({
        match_policy: nullable(oneOf('if_present', 'required')),
        anonymous: nullable(text()),
        rate_limiting: nullable(openObject({})),
      }),
    ),
    protocols: nullable(list(oneOf('grpc', 'grpcs', 'http', 'https'))),
    ...{ route: REFERENCE, service: REFERENCE, consumer: REFERENCE },
    ordering: nullable(openObject({})),
    partials: nullable(list(openObject({}))),
    condition: nullable(text()),
    tags: nullable(STRINGS),
    created_at: nullable(integer()),
    updated_at: nullable(integer()),
  },
  'name',
);

/** Plugins of control planes. */
export function addPluginRoutes(http: FastifyInstance, model: KonnectModel): void {
  addCoreEntityRoutes(http, model, {
    path: 'plugins',
    nameField: 'instance_name',
    schema: PLUGIN,
    defaults: DEFAULTS,
    normalize: ({ config, ...body }) => ({ ...body, config: withConfigDefaults((config ?? {}) as Body) }),
    check: (controlPlaneId, body, self) => checkScope(model, controlPlaneId, body, self),
    checkUnused: () => undefined,
  });
}

/** The plugin for access control of a whole control plane, enabled or not. */
export function accessControlPlugin(model: KonnectModel, controlPlaneId: string): OfControlPlane | undefined {
  return model.plugins
    .all()
    .find((each) => each.control_plane_id === controlPlaneId && each.name === ACE && isGlobal(each));
}

function isGlobal({ route, service, consumer }: Body): boolean {
  return !route && !service && !consumer;
}

function withConfigDefaults(config: Body): Body {
  const set = Object.entries(config).filter(([, value]) => value !== null);
  return { ...CONFIG_DEFAULTS, ...Object.fromEntries(set) };
}

/** One plugin of a name for the same route, service and consumer. */
function checkScope({ plugins }: KonnectModel, controlPlaneId: string, body: Body, self: string): void {
  const scopeOf = ({ name, route, service, consumer }: Body) =>
    JSON.stringify([name, ...[route, service, consumer].map((each) => (each as { id?: string } | null)?.id)]);
  const isTaken = (each: OfControlPlane) =>
    each.control_plane_id === controlPlaneId && each.id !== self && scopeOf(each) === scopeOf(body);
  if (plugins.all().some(isTaken)) {
    throw KonnectError.conflict(`UNIQUE violation detected on '{name="${body.name}"}'`);
  }
}
