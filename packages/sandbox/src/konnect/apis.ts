import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { list, nullable, object, oneOf, partial, text } from '../http/json-schema';
import { KonnectError } from './errors';
import { CHANGED_LABELS, LABELS, withoutRemovedLabels } from './labels';
import { listQuery, page } from './lists';
import { bodyOf, type KonnectModel, paramsOf } from './model';

const ROOT = '/v3/apis';
const DEFAULTS = {
  description: null,
  version: null,
  slug: null,
  labels: {},
  attributes: {},
  portals: [],
  api_spec_ids: [],
  current_version_summary: null,
};
const FIELDS = {
  name: text(255, 1),
  description: nullable(text()),
  version: nullable(text(255, 1)),
  slug: nullable({ type: 'string', pattern: '^[\\w-]+$' }),
  attributes: {
    type: 'object',
    propertyNames: { pattern: '^[a-z0-9_-]+$' },
    additionalProperties: nullable(list({ ...text(512, 1), pattern: '^[^,<>]*$' }, 20, 1)),
  },
};
const CREATE = object({ ...FIELDS, labels: LABELS, spec_content: text() }, 'name');
const UPDATE = partial(object({ ...FIELDS, labels: CHANGED_LABELS }));
const FORCE = object({ force: oneOf('true', 'false') });
const LIST = listQuery({
  filters: {
    id: 'id',
    name: 'text',
    version: 'text',
    implementation_mode: 'text',
    created_at: 'date',
    updated_at: 'date',
  },
  maps: ['attributes', 'labels'],
});

/** APIs of the catalog. */
export function addApiRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { apis } = model;
  const answer = apiAnswer(model);
  http.get(ROOT, { schema: { querystring: LIST } }, async (request) => page(request, apis.all().map(answer)));
  http.post(ROOT, { schema: { body: CREATE } }, async (request, reply) => {
    const { spec_content: specification, ...body } = bodyOf(request);
    check(model, body);
    const api = apis.put(model.create({ ...DEFAULTS, ...body }));
    if (specification !== undefined) {
      const version = model.create({ version: body.version ?? '', spec: { content: specification } });
      model.versions.put({ ...version, api_id: api.id });
    }
    return reply.code(201).send(answer(api));
  });
  http.get(`${ROOT}/:api`, async (request) => answer(apis.get(paramsOf(request).api)));
  http.patch(`${ROOT}/:api`, { schema: { body: UPDATE, querystring: FORCE } }, async (request) => {
    const api = apis.get(paramsOf(request).api);
    const body = withoutRemovedLabels(bodyOf(request));
    check(model, { ...api, ...body }, api.id);
    return answer(apis.put(model.update(api, body)));
  });
  http.delete(`${ROOT}/:api`, async (request, reply) => {
    const { api } = paramsOf(request);
    apis.delete(api);
    const mine = ({ api_id: id }: Body) => id === api;
    model.versions.removeWhere(mine);
    model.documents.removeWhere(mine);
    model.implementations.removeWhere(mine);
    model.registrations.removeWhere(mine);
    model.publications.removeWhere(mine);
    model.teamRoles.removeWhere(({ entity_id: id }) => id === api);
    return reply.code(204).send();
  });
}

function apiAnswer(model: KonnectModel): (api: Body) => Body {
  return (api) => {
    const portals = model.publications
      .all()
      .filter(({ api_id }) => api_id === api.id)
      .map(({ portal_id }) => model.portals.get(portal_id))
      .map(({ id, name, display_name }) => ({ id, name, display_name }));
    return { ...api, portals, implementation_mode: implementationMode(model, api) };
  };
}

function implementationMode({ implementations }: KonnectModel, { id }: Body): string | null {
  const link = implementations.all().find(({ api_id: api }) => api === id);
  return link ? (link.service ? 'gateway_entity_binding' : 'access_control_enforcement') : null;
}

function check(model: KonnectModel, { name, version = null }: Body, self?: string): void {
  const isSame = (api: Body) => api.name === name && (api.version ?? null) === version;
  if (model.apis.all().some((api) => api.id !== self && isSame(api))) {
    throw KonnectError.conflict(`API ${name} already exists in version ${version}`);
  }
}
