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
import type { KonnectModel } from './model';
import { checkRoute } from './route-rules';

/** Protocols of services and routes. */
export const PROTOCOLS = [
  ...['grpc', 'grpcs', 'http', 'https', 'tcp'],
  ...['tls', 'tls_passthrough', 'udp', 'ws', 'wss'],
] as const;

/** Konnect's own defaults. kong/konnect 3.19 writes http and https where the configuration names no protocols. */
const DEFAULTS = {
  protocols: ['https'],
  https_redirect_status_code: 426,
  path_handling: 'v0',
  preserve_host: false,
  regex_priority: 0,
  request_buffering: true,
  response_buffering: true,
  strip_path: true,
};
const ADDRESSES = nullable(list(openObject({ ip: text(), port: integer(0, 65_535) })));
const ROUTE = object({
  id: nullable(text()),
  name: nullable(text()),
  service: nullable(openObject({ id: text() })),
  protocols: nullable(list(oneOf(...PROTOCOLS))),
  hosts: nullable(STRINGS),
  methods: nullable(STRINGS),
  paths: nullable(STRINGS),
  headers: nullable({ type: 'object', additionalProperties: STRINGS }),
  snis: nullable(STRINGS),
  sources: ADDRESSES,
  destinations: ADDRESSES,
  https_redirect_status_code: nullable(oneOf(301, 302, 307, 308, 426)),
  path_handling: nullable(oneOf('v0', 'v1')),
  preserve_host: nullable(BOOLEAN),
  regex_priority: nullable(integer()),
  request_buffering: nullable(BOOLEAN),
  response_buffering: nullable(BOOLEAN),
  strip_path: nullable(BOOLEAN),
  tags: nullable(STRINGS),
  created_at: nullable(integer()),
  updated_at: nullable(integer()),
});

/** Gateway routes. Routes with expressions are not supported: the gateway of the sandbox cannot evaluate them. */
export function addRouteRoutes(http: FastifyInstance, model: KonnectModel): void {
  addCoreEntityRoutes(http, model, {
    path: 'routes',
    nameField: 'name',
    schema: ROUTE,
    defaults: DEFAULTS,
    normalize: (body) => body,
    check: (controlPlaneId, body) => {
      const service = serviceId(body);
      if (service && model.services.find(service)?.control_plane_id !== controlPlaneId) {
        throw KonnectError.invalid('service', 'does not exist (foreign)');
      }
      checkRoute(body);
    },
    checkUnused: () => undefined,
  });
}

/** The service that a route refers to. */
export function serviceId(route: Body): string | undefined {
  return (route.service as { id?: string } | null | undefined)?.id;
}
