import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { BOOLEAN, integer, list, object, oneOf, text } from '../http/json-schema';
import { KonnectError } from './errors';
import { LABELS } from './labels';
import { listQuery, page } from './lists';
import { bodyOf, type KonnectModel, paramsOf } from './model';

const ROOT = '/v2/control-planes';
const PROXY_URL = object(
  { host: text(120, 1), port: integer(1), protocol: text(32, 1) },
  ...['host', 'port', 'protocol'],
);
const FIELDS = {
  name: text(256, 2),
  description: text(2048),
  auth_type: oneOf('pinned_client_certs', 'pki_client_certs'),
  proxy_urls: list(PROXY_URL, 5),
  labels: LABELS,
};
const CREATE = object(
  {
    ...FIELDS,
    cluster_type: oneOf(
      'CLUSTER_TYPE_CONTROL_PLANE',
      'CLUSTER_TYPE_K8S_INGRESS_CONTROLLER',
      'CLUSTER_TYPE_CONTROL_PLANE_GROUP',
      'CLUSTER_TYPE_SERVERLESS',
      'CLUSTER_TYPE_KAFKA_NATIVE_EVENT_PROXY',
      'CLUSTER_TYPE_SERVERLESS_V1',
    ),
    cloud_gateway: BOOLEAN,
  },
  'name',
);
const UPDATE = object(FIELDS);
const LIST = listQuery({
  filters: {
    id: ['eq', 'oeq'],
    name: ['eq', 'neq', 'contains'],
    cluster_type: 'id',
    cloud_gateway: 'boolean',
  },
  others: { labels: text() },
});

/** Control planes. */
export function addControlPlaneRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { controlPlanes } = model;
  const checkName = (name: unknown, self?: string) => {
    if (controlPlanes.all().some((each) => each.name === name && each.id !== self)) {
      throw KonnectError.conflict(`Control plane ${name} already exists`);
    }
  };
  http.get(ROOT, { schema: { querystring: LIST } }, async (request) => {
    const { labels = '' } = request.query as { labels?: string };
    const found = controlPlanes.all().filter((each) => hasLabels(each.labels as Labels, labels));
    const configOf = (name: string) => (each: { readonly [field: string]: unknown }) =>
      (each.config as { readonly [field: string]: unknown })[name];
    return page(request, found, {
      cluster_type: configOf('cluster_type'),
      cloud_gateway: configOf('cloud_gateway'),
    });
  });
  http.post(ROOT, { schema: { body: CREATE } }, async (request, reply) => {
    const { cluster_type, auth_type, cloud_gateway, proxy_urls, ...body } = bodyOf(request);
    checkName(body.name);
    const id = randomUUID();
    const config = {
      control_plane_endpoint: `https://${id.slice(0, 10)}.us.cp.konghq.com`,
      telemetry_endpoint: `https://${id.slice(0, 10)}.us.tp.konghq.com`,
      cluster_type: cluster_type ?? 'CLUSTER_TYPE_CONTROL_PLANE',
      auth_type: auth_type ?? 'pinned_client_certs',
      cloud_gateway: cloud_gateway ?? false,
      proxy_urls: proxy_urls ?? [],
    };
    const controlPlane = model.create({ labels: {}, description: '', ...body, config }, id);
    return reply.code(201).send(controlPlanes.put(controlPlane));
  });
  http.get(`${ROOT}/:id`, async (request) => controlPlanes.get(paramsOf(request).id));
  http.patch(`${ROOT}/:id`, { schema: { body: UPDATE } }, async (request) => {
    const controlPlane = controlPlanes.get(paramsOf(request).id);
    const { auth_type, proxy_urls, ...body } = bodyOf(request);
    checkName(body.name ?? controlPlane.name, controlPlane.id);
    const config = {
      ...(controlPlane.config as object),
      ...(auth_type !== undefined && { auth_type }),
      ...(proxy_urls !== undefined && { proxy_urls }),
    };
    return controlPlanes.put(model.update(controlPlane, { ...body, config }));
  });
  http.delete(`${ROOT}/:id`, async (request, reply) => {
    const { id } = paramsOf(request);
    controlPlanes.delete(id);
    model.routes.removeWhere((route) => route.control_plane_id === id);
    model.services.removeWhere((service) => service.control_plane_id === id);
    model.plugins.removeWhere((plugin) => plugin.control_plane_id === id);
    return reply.code(204).send();
  });
}

interface Labels {
  readonly [key: string]: string;
}

/** Whether labels match a query: `key:value` or `key`, separated by commas. */
function hasLabels(labels: Labels, query: string): boolean {
  const wanted = query.split(',').filter((each) => each !== '');
  return wanted.every((each) => {
    const [key = '', value] = each.split(':');
    return key in labels && (value === undefined || labels[key] === value);
  });
}
