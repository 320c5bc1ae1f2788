import type { Attributes } from '../../providers/definition';
import { type Json, pick, pickNullable, unlessEmpty } from '../api/json';
import { jsonId, restResource, sameNames, withPrior } from './rest-resource';

const PLANE = ['name', 'description', 'labels'];
const PLANE_FIXED = ['auth_type', 'cloud_gateway', 'cluster_type', 'proxy_urls'];

/** An empty map of labels is not sent. */
const someOf = (planned: Attributes, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(pick(planned, names)).filter(([, value]) => unlessEmpty(value) !== null));

/** `konnect_gateway_control_plane` */
export const controlPlane = restResource({
  path: () => '/v2/control-planes',
  createBody: (planned) => someOf(planned, [...PLANE, ...PLANE_FIXED]),
  update: {
    method: 'PATCH',
    body: withPrior((planned) => someOf(planned, [...PLANE, 'auth_type', 'proxy_urls'])),
  },
  replacedBy: ['cloud_gateway', 'cluster_type'],
  unknownAfterUpdate: ['config', 'description', 'labels'],
  kept: PLANE_FIXED,
  state: (body) => sameNames(body, ['id', ...PLANE, 'config']),
  import: (id) => ({ id }),
});

const entities = (path: string) => (attributes: Attributes) =>
  `/v2/control-planes/${String(attributes.control_plane_id)}/core-entities/${path}`;

const SERVICE_NULLABLE = [
  'ca_certificates',
  'client_certificate',
  'name',
  'path',
  'tags',
  'tls_sans',
  'tls_verify',
  'tls_verify_depth',
];
const SERVICE = [
  'id',
  'host',
  'port',
  'protocol',
  'connect_timeout',
  'read_timeout',
  'write_timeout',
  'retries',
  'enabled',
];

const serviceBody = (planned: Attributes) => ({
  ...pickNullable(planned, SERVICE_NULLABLE),
  ...pick(planned, SERVICE),
});

/** An update sends the known times and the id. */
const withTimes = (body: Json, { id, created_at, updated_at }: Attributes): Json => ({
  ...body,
  id,
  ...pick({ created_at, updated_at }, ['created_at', 'updated_at']),
});

/** `konnect_gateway_service` */
export const service = restResource({
  path: entities('services'),
  defaults: {
    connect_timeout: 60000,
    enabled: true,
    port: 80,
    protocol: 'http',
    read_timeout: 60000,
    retries: 5,
    write_timeout: 60000,
  },
  replacedBy: ['control_plane_id'],
  // A generated id becomes unknown at every change, although it stays the same.
  unknownAfterUpdate: ['id', 'created_at', 'updated_at'],
  createBody: serviceBody,
  update: { method: 'PUT', body: (planned, prior) => withTimes(serviceBody(planned), prior) },
  kept: ['control_plane_id'],
  state: (body) => sameNames(body, [...SERVICE, ...SERVICE_NULLABLE, 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'id', 'control_plane_id'),
});

const ROUTE_NULLABLE = [
  'destinations',
  'hosts',
  'methods',
  'name',
  'paths',
  'service',
  'snis',
  'sources',
  'tags',
];
const ROUTE = [
  'id',
  'https_redirect_status_code',
  'path_handling',
  'preserve_host',
  'protocols',
  'regex_priority',
  'request_buffering',
  'response_buffering',
  'strip_path',
  'headers',
];

const routeBody = (planned: Attributes): Json => ({
  ...pickNullable(planned, ROUTE_NULLABLE),
  ...pick(planned, ROUTE),
});

/** `konnect_gateway_route` */
export const route = restResource({
  path: entities('routes'),
  defaults: {
    https_redirect_status_code: 426,
    path_handling: 'v0',
    preserve_host: false,
    protocols: ['http', 'https'],
    regex_priority: 0,
    request_buffering: true,
    response_buffering: true,
    strip_path: true,
  },
  replacedBy: ['control_plane_id'],
  unknownAfterUpdate: ['id', 'created_at', 'updated_at'],
  createBody: routeBody,
  update: { method: 'PUT', body: (planned, prior) => withTimes(routeBody(planned), prior) },
  kept: ['control_plane_id'],
  state: (body) => sameNames(body, [...ROUTE, ...ROUTE_NULLABLE, 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'id', 'control_plane_id'),
});

const PLUGIN = ['id', 'enabled', 'config', 'protocols'];
const PLUGIN_NULLABLE = ['condition', 'instance_name', 'ordering', 'partials', 'route', 'service', 'tags'];

const aceBody = (planned: Attributes): Json => ({
  name: 'ace',
  ...pickNullable(planned, PLUGIN_NULLABLE),
  ...pick(planned, PLUGIN),
});

/** `konnect_gateway_plugin_ace` */
export const acePlugin = restResource({
  path: entities('plugins'),
  defaults: { enabled: true, protocols: ['grpc', 'grpcs', 'http', 'https'] },
  replacedBy: ['control_plane_id'],
  unknownAfterUpdate: ['id', 'created_at', 'updated_at'],
  createBody: aceBody,
  update: { method: 'PUT', body: withPrior((planned) => aceBody(planned)) },
  kept: ['control_plane_id'],
  state: (body) => sameNames(body, [...PLUGIN, ...PLUGIN_NULLABLE, 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'control_plane_id', 'id'),
});
