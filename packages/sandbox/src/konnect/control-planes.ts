import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { KonnectError } from './errors';
import { bodyOf, checkLabels, type KonnectModel, page, paramsOf, requireText } from './model';

const ROOT = '/v2/control-planes';

/** What Kong Gateway makes of fields that are left out. */
const CORE_DEFAULTS = {
  services: {
    enabled: true,
    protocol: 'http',
    port: 80,
    retries: 5,
    connect_timeout: 60_000,
    read_timeout: 60_000,
    write_timeout: 60_000,
  },
  routes: {
    protocols: ['http', 'https'],
    https_redirect_status_code: 426,
    path_handling: 'v0',
    preserve_host: false,
    regex_priority: 0,
    request_buffering: true,
    response_buffering: true,
    strip_path: true,
  },
};

/** Control planes with their services and routes. */
export function addControlPlaneRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { controlPlanes, services, routes } = model;
  const checkName = (name: string, self?: string) => {
    if (controlPlanes.all().some((each) => each.name === name && each.id !== self)) {
      throw KonnectError.conflict(`Control plane ${name} already exists`);
    }
  };
  http.get(ROOT, async (request) => page(request, controlPlanes.all()));
  http.post(ROOT, async (request, reply) => {
    const body = bodyOf(request);
    checkName(requireText(body, 'name', 128));
    checkLabels(body);
    const id = randomUUID();
    const config = {
      control_plane_endpoint: `https://${id.slice(0, 10)}.us.cp.konghq.com`,
      telemetry_endpoint: `https://${id.slice(0, 10)}.us.tp.konghq.com`,
      cluster_type: 'CLUSTER_TYPE_CONTROL_PLANE',
      auth_type: 'pinned_client_certs',
      cloud_gateway: false,
      proxy_urls: [],
    };
    return reply
      .code(201)
      .send(controlPlanes.put(model.create({ labels: {}, description: '', ...body, config }, id)));
  });
  http.get(`${ROOT}/:id`, async (request) => controlPlanes.get(paramsOf(request).id));
  http.patch(`${ROOT}/:id`, async (request) => {
    const { id } = paramsOf(request);
    const body = bodyOf(request);
    if (body.name !== undefined) {
      checkName(requireText(body, 'name', 128), id);
    }
    checkLabels(body);
    return controlPlanes.put(model.update(controlPlanes.get(id), body));
  });
  http.delete(`${ROOT}/:id`, async (request, reply) => {
    const { id } = paramsOf(request);
    controlPlanes.delete(id);
    routes.removeWhere((route) => route.control_plane_id === id);
    services.removeWhere((service) => service.control_plane_id === id);
    return reply.code(204).send();
  });

  addCoreEntities(http, model, 'services');
  addCoreEntities(http, model, 'routes');
}

function addCoreEntities(http: FastifyInstance, model: KonnectModel, path: 'services' | 'routes'): void {
  const collection = model[path];
  const answer = ({ control_plane_id: _, ...entity }: Body) => entity;
  const find = (controlPlaneId: string, id: string) => {
    model.controlPlanes.get(controlPlaneId);
    const found = collection.find(id);
    if (found?.control_plane_id !== controlPlaneId) {
      throw KonnectError.notFound(collection.type, id);
    }
    return found;
  };
  const store = (controlPlaneId: string, body: Body, id: string) => {
    model.controlPlanes.get(controlPlaneId);
    check(model, path, controlPlaneId, body, id);
    const now = model.seconds();
    const created = collection.find(id)?.created_at ?? now;
    return answer(
      collection.put({
        ...CORE_DEFAULTS[path],
        ...body,
        id,
        control_plane_id: controlPlaneId,
        created_at: created,
        updated_at: now,
      }),
    );
  };
  const all = `${ROOT}/:controlPlane/core-entities/${path}`;
  http.get(all, async (request) => {
    const { controlPlane } = paramsOf(request);
    const { name } = request.query as { name?: string };
    const found = collection
      .all()
      .filter((each) => each.control_plane_id === controlPlane && (name === undefined || each.name === name));
    return { data: found.map(answer), offset: null };
  });
  http.post(all, async (request, reply) => {
    const body = bodyOf(request);
    const id = typeof body.id === 'string' ? body.id : randomUUID();
    if (collection.find(id)) {
      throw KonnectError.conflict(`UNIQUE violation detected on 'id'`);
    }
    return reply.code(201).send(store(paramsOf(request).controlPlane, body, id));
  });
  http.get(`${all}/:id`, async (request) => {
    const { controlPlane, id } = paramsOf(request);
    return answer(find(controlPlane, id));
  });
  http.put(`${all}/:id`, async (request) => {
    const { controlPlane, id } = paramsOf(request);
    return store(controlPlane, bodyOf(request), id);
  });
  http.delete(`${all}/:id`, async (request, reply) => {
    const { controlPlane, id } = paramsOf(request);
    const entity = collection.find(id);
    if (entity?.control_plane_id === controlPlane) {
      if (path === 'services' && model.routes.all().some((route) => serviceId(route) === id)) {
        throw new KonnectError(400, `an existing 'routes' entity references this 'services' entity`);
      }
      collection.delete(id);
    }
    return reply.code(204).send();
  });
}

/** The service that a route refers to. */
export function serviceId(route: Body): string | undefined {
  return (route.service as { id?: string } | null | undefined)?.id;
}

function check(model: KonnectModel, path: string, controlPlaneId: string, body: Body, id: string): void {
  if (path === 'services' && typeof body.host !== 'string') {
    throw KonnectError.invalid('host', 'is required');
  }
  const service = serviceId(body);
  if (path === 'routes' && service && model.services.find(service)?.control_plane_id !== controlPlaneId) {
    throw KonnectError.invalid('service', 'does not exist (foreign)');
  }
  const others = (path === 'services' ? model.services : model.routes)
    .all()
    .filter((each) => each.control_plane_id === controlPlaneId && each.id !== id);
  if (typeof body.name === 'string' && others.some(({ name }) => name === body.name)) {
    throw KonnectError.conflict(`UNIQUE violation detected on 'name="${body.name}"'`);
  }
}
