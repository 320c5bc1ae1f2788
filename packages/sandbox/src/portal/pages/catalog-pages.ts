import type { FastifyInstance, FastifyRequest } from 'fastify';
import { object, text } from '../../http/json-schema';
import { KonnectError } from '../../konnect/errors';
import { type KonnectModel, paramsOf } from '../../konnect/model';
import { findPublication } from '../catalog';
import { visitOf } from '../visit';
import type { ApiInfo } from './entities';
import type { Views } from './views';
import type { Visitor } from './visitor';

const API = '/:portal/apis/:api';
const VERSION = object({ version: text() });

/** The list of APIs, and an API with its specification. */
export function addCatalogPages(
  http: FastifyInstance,
  views: Views,
  model: KonnectModel,
  visitorOf: (request: FastifyRequest) => Visitor,
): void {
  http.get('/:portal', async (request, reply) => {
    const visitor = visitorOf(request);
    const apis = await visitor.list<ApiInfo>('/apis');
    return views.portalPage(visitor, reply, 'apis', { title: 'APIs', apis });
  });
  http.get(API, { schema: { querystring: VERSION } }, async (request, reply) => {
    const visitor = visitorOf(request);
    const path = `/apis/${encodeURIComponent(paramsOf(request).api)}`;
    const api = await visitor.get<ApiInfo>(path);
    const { actions } = await visitor.get<{ actions: { register: boolean } }>(`${path}/actions`);
    const versions = specificationsOf(model, api.id).map(({ id, version }) => ({ id, version }));
    const { version: wanted } = request.query as { version?: string };
    const shown = versions.find(({ id }) => id === wanted) ?? versions.at(-1);
    return views.portalPage(visitor, reply, 'api', {
      ...{ title: api.name, api, versions, shown },
      mayRegister: actions.register,
    });
  });
  // Kong publishes no description of how a portal serves specifications.
  http.get(`${API}/specifications/:version`, async (request, reply) => {
    const { api, version } = paramsOf(request);
    const { api_id: id } = findPublication(model, visitOf(model, request), api);
    const found = specificationsOf(model, id).find((each) => each.id === version);
    if (!found) {
      throw KonnectError.notFound(model.versions.type, version);
    }
    return reply.type('text/plain; charset=utf-8').send(found.content);
  });
}

interface Specification {
  readonly id: string;
  readonly version: string;
  /** OpenAPI or AsyncAPI, as JSON or YAML. */
  readonly content: string;
}

/** Versions of an API that have a specification, oldest first. */
function specificationsOf(model: KonnectModel, api: string): Specification[] {
  return model.versions
    .all()
    .filter(({ api_id }) => api_id === api)
    .flatMap(({ id, version, spec }) => {
      const { content } = (spec ?? {}) as { readonly content?: string };
      return content ? [{ id, version: String(version), content }] : [];
    });
}
