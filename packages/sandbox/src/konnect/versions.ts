import type { FastifyInstance } from 'fastify';
import { object, oneOf, partial, text } from '../http/json-schema';
import { listQuery, page } from './lists';
import { bodyOf, inApi, type KonnectModel, paramsOf, withoutParents } from './model';
import { checkKeptOperations } from './operations';

const VERSIONS = '/v3/apis/:api/versions';
const CREATE = object({ version: text(), spec: object({ content: text() }) }, 'spec');
const UPDATE = partial(CREATE);
const FORCE = object({ force: oneOf('true', 'false') });
const LIST = listQuery({ filters: { type: 'text', version: 'text' } });

/** Versions of APIs. */
export function addVersionRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { apis, versions } = model;
  http.get(VERSIONS, { schema: { querystring: LIST } }, async (request) => {
    const { id } = apis.get(paramsOf(request).api);
    const mine = versions.all().filter(({ api_id }) => api_id === id);
    // A list has no specifications.
    return page(
      request,
      mine.map(({ spec: _, ...version }) => withoutParents(version)),
    );
  });
  http.post(VERSIONS, { schema: { body: CREATE } }, async (request, reply) => {
    const { id: api_id, version } = apis.get(paramsOf(request).api);
    const created = model.create({ version: version ?? '', ...bodyOf(request) });
    return reply.code(201).send(withoutParents(versions.put({ ...created, api_id })));
  });
  http.get(`${VERSIONS}/:id`, async (request) => {
    const { api, id } = paramsOf(request);
    return withoutParents(inApi(versions, api, id));
  });
  http.patch(`${VERSIONS}/:id`, { schema: { body: UPDATE, querystring: FORCE } }, async (request) => {
    const { api, id } = paramsOf(request);
    const before = inApi(versions, api, id);
    const after = model.update(before, bodyOf(request));
    if ((request.query as { force?: string }).force !== 'true') {
      checkKeptOperations(model, before, after);
    }
    return withoutParents(versions.put(after));
  });
  http.delete(`${VERSIONS}/:id`, async (request, reply) => {
    const { api, id } = paramsOf(request);
    versions.delete(inApi(versions, api, id).id);
    return reply.code(204).send();
  });
}
