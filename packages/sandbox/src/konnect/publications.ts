import type { FastifyInstance } from 'fastify';
import type { Body, Entity } from '../entity';
import { BOOLEAN, list, nullable, object, oneOf, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, page } from './lists';
import { bodyOf, type KonnectModel, type Publication, paramsOf } from './model';

const PUBLICATION = '/v3/apis/:api/publications/:portal';
const DEFAULTS = { auto_approve_registrations: false, visibility: 'private' };
const PUBLISH = object({
  visibility: oneOf('public', 'private'),
  auto_approve_registrations: BOOLEAN,
  auth_strategy_ids: nullable(list(UUID, 1, 1)),
});
const LIST = listQuery({
  filters: {
    api_id: 'id',
    api_name: 'text',
    portal_id: 'id',
    portal_name: 'text',
    auth_strategy_id: 'id',
    entity_type: 'text',
  },
});

/** Publications of APIs to portals. */
export function addPublicationRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { apis, portals, publications } = model;
  http.get('/v3/api-publications', { schema: { querystring: LIST } }, async (request) =>
    page(
      request,
      publications.all().map(({ id: _, ...entity }) => ({ ...entity, entity_type: 'api' })),
      {
        api_name: ({ api_id: id }) => apis.get(String(id)).name,
        portal_name: ({ portal_id: id }) => portals.get(String(id)).name,
        auth_strategy_id: ({ auth_strategy_ids: ids }) => ids,
      },
    ),
  );
  http.put(PUBLICATION, { schema: { body: PUBLISH } }, async (request) => {
    const { id: api_id } = apis.get(paramsOf(request).api);
    const portal = portals.get(paramsOf(request).portal);
    const body = bodyOf(request);
    const { auth_strategy_ids = defaultStrategyIds(portal) } = body;
    const ids = auth_strategy_ids as readonly string[] | null;
    const unknown = (ids ?? []).find((id) => !model.strategies.find(id));
    if (unknown) {
      throw KonnectError.invalid('auth_strategy_ids', `names no strategy: ${unknown}`);
    }
    const id = `${api_id}/${portal.id}`;
    const created_at = publications.find(id)?.created_at ?? model.now();
    const publication = model.create({ ...DEFAULTS, ...body, created_at }, id);
    return answer(
      publications.put({ ...publication, created_at, api_id, portal_id: portal.id, auth_strategy_ids: ids }),
    );
  });
  http.get(PUBLICATION, async (request) => {
    const { api, portal } = paramsOf(request);
    return answer(publications.get(`${api}/${portal}`));
  });
  http.delete(PUBLICATION, async (request, reply) => {
    const { api, portal } = paramsOf(request);
    publications.delete(`${api}/${portal}`);
    return reply.code(204).send();
  });
}

/** Strategies of a publication that leaves them out. `null` means no authentication. */
function defaultStrategyIds({ default_application_auth_strategy_id: id = null }: Entity): string[] | null {
  return id === null ? null : [String(id)];
}

function answer({ id: _, api_id: _api, portal_id: _portal, ...entity }: Publication): Body {
  return { ...entity, warnings: [] };
}
