import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { KonnectError } from './errors';
import { bodyOf, checkLabels, type KonnectModel, page, paramsOf, requireText } from './model';
import { checkVisibility } from './portals';

const ROOT = '/v3/apis';
const API_DEFAULTS = {
  description: null,
  version: null,
  slug: null,
  labels: {},
  attributes: {},
  portals: [],
  api_spec_ids: [],
  implementation_mode: null,
  current_version_summary: null,
};

/** APIs with their versions, implementations and publications. */
export function addApiRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { apis, publications } = model;
  http.get(ROOT, async (request) => page(request, apis.all()));
  http.post(ROOT, async (request, reply) => {
    const body = bodyOf(request);
    checkApi(model, body);
    return reply.code(201).send(apis.put(model.create({ ...API_DEFAULTS, ...body })));
  });
  http.get(`${ROOT}/:api`, async (request) => apis.get(paramsOf(request).api));
  http.patch(`${ROOT}/:api`, async (request) => {
    const api = apis.get(paramsOf(request).api);
    const body = bodyOf(request);
    checkApi(model, { ...api, ...body }, api.id);
    return apis.put(model.update(api, body));
  });
  http.delete(`${ROOT}/:api`, async (request, reply) => {
    const { api } = paramsOf(request);
    apis.delete(api);
    const mine = ({ api_id: id }: Body) => id === api;
    model.versions.removeWhere(mine);
    model.implementations.removeWhere(mine);
    model.registrations.removeWhere(mine);
    publications.removeWhere(mine);
    model.teamRoles.removeWhere(({ entity_id: id }) => id === api);
    return reply.code(204).send();
  });
  addVersions(http, model);
  addImplementations(http, model);
  addPublications(http, model);
}

function checkApi(model: KonnectModel, body: Body, self?: string): void {
  const name = requireText(body, 'name', 255);
  checkLabels(body);
  const version = body.version ?? null;
  if (
    model.apis.all().some((api) => api.id !== self && api.name === name && (api.version ?? null) === version)
  ) {
    throw KonnectError.conflict(`API ${name} already exists in version ${version}`);
  }
}

const withoutApi = ({ api_id: _, ...entity }: Body) => entity;

function addVersions(http: FastifyInstance, model: KonnectModel): void {
  const { apis, versions } = model;
  const find = ({ api, id }: { readonly [name: string]: string }) => {
    const found = versions.find(id);
    if (found?.api_id !== api) {
      throw KonnectError.notFound('API version', id);
    }
    return found;
  };
  http.post(`${ROOT}/:api/versions`, async (request, reply) => {
    const { id: api_id } = apis.get(paramsOf(request).api);
    const body = bodyOf(request);
    const version = { ...model.create({ version: null, ...body }), api_id };
    return reply.code(201).send(withoutApi(versions.put(version)));
  });
  http.get(`${ROOT}/:api/versions`, async (request) => {
    const { id } = apis.get(paramsOf(request).api);
    return page(
      request,
      versions
        .all()
        .filter(({ api_id }) => api_id === id)
        .map(withoutApi),
    );
  });
  http.get(`${ROOT}/:api/versions/:id`, async (request) => withoutApi(find(paramsOf(request))));
  http.patch(`${ROOT}/:api/versions/:id`, async (request) =>
    withoutApi(versions.put(model.update(find(paramsOf(request)), bodyOf(request)))),
  );
  http.delete(`${ROOT}/:api/versions/:id`, async (request, reply) => {
    versions.delete(find(paramsOf(request)).id);
    return reply.code(204).send();
  });
}

function addImplementations(http: FastifyInstance, model: KonnectModel): void {
  const { apis, implementations, services } = model;
  const find = ({ api, id }: { readonly [name: string]: string }) => {
    const found = implementations.find(id);
    if (found?.api_id !== api) {
      throw KonnectError.notFound('Implementation', id);
    }
    return found;
  };
  http.get('/v3/api-implementations', async (request) => page(request, implementations.all()));
  http.post(`${ROOT}/:api/implementations`, async (request, reply) => {
    const { id: api_id } = apis.get(paramsOf(request).api);
    const body = bodyOf(request);
    const { service } = body as { service?: { control_plane_id?: string; id?: string } };
    if (!service?.id || services.find(service.id)?.control_plane_id !== service.control_plane_id) {
      throw KonnectError.invalid('service', 'names no service of the control plane');
    }
    if (implementations.all().some((each) => each.api_id === api_id)) {
      throw KonnectError.conflict(`API ${api_id} has an implementation`);
    }
    return reply.code(201).send(withoutApi(implementations.put({ ...model.create(body), api_id })));
  });
  http.get(`${ROOT}/:api/implementations/:id`, async (request) => withoutApi(find(paramsOf(request))));
  http.delete(`${ROOT}/:api/implementations/:id`, async (request, reply) => {
    implementations.delete(find(paramsOf(request)).id);
    return reply.code(204).send();
  });
}

function addPublications(http: FastifyInstance, model: KonnectModel): void {
  const { apis, portals, publications, strategies } = model;
  const answer = ({ id: _, api_id: _api, portal_id: _portal, ...entity }: Body) => ({
    ...entity,
    warnings: [],
  });
  http.get('/v3/api-publications', async (request) =>
    page(
      request,
      publications.all().map(({ id: _, ...entity }) => entity),
    ),
  );
  http.put(`${ROOT}/:api/publications/:portal`, async (request) => {
    const { api, portal } = paramsOf(request);
    apis.get(api);
    portals.get(portal);
    const body = bodyOf(request);
    checkVisibility(body, 'visibility');
    const ids = (body.auth_strategy_ids ?? []) as string[];
    if (ids.length > 1) {
      throw KonnectError.invalid('auth_strategy_ids', 'must have at most 1 item');
    }
    const unknown = ids.find((id) => !strategies.find(id));
    if (unknown) {
      throw KonnectError.invalid('auth_strategy_ids', `names no strategy: ${unknown}`);
    }
    const id = `${api}/${portal}`;
    const created_at = publications.find(id)?.created_at ?? model.now();
    const defaults = { auto_approve_registrations: false, visibility: 'private', auth_strategy_ids: null };
    const publication = {
      ...model.create({ ...defaults, ...body }, id),
      api_id: api,
      portal_id: portal,
      created_at,
    };
    return answer(publications.put(publication));
  });
  http.get(`${ROOT}/:api/publications/:portal`, async (request) => {
    const { api, portal } = paramsOf(request);
    return answer(publications.get(`${api}/${portal}`));
  });
  http.delete(`${ROOT}/:api/publications/:portal`, async (request, reply) => {
    const { api, portal } = paramsOf(request);
    publications.delete(`${api}/${portal}`);
    return reply.code(204).send();
  });
}
