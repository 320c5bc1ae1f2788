import type { FastifyInstance } from 'fastify';
import type { Body, Entity } from '../entity';
import { object, UUID } from '../http/json-schema';
import { KonnectError } from '../konnect/errors';
import { listQuery, page } from '../konnect/lists';
import { bodyOf, type KonnectModel, paramsOf, type Registration } from '../konnect/model';
import { createRegistration } from '../konnect/registrations';
import { APPLICATION, applicationOf } from './applications';
import { findPublication, mayRegister, slugOf } from './catalog';
import { developerVisitOf } from './visit';

const CREATE = object({ api_id: UUID }, 'api_id');

/** Registrations of an application for APIs. */
export function addRegistrationRoutes(http: FastifyInstance, model: KonnectModel): void {
  const all = `${APPLICATION}/registrations`;
  const find = (application: Entity, id: string): Registration => {
    const found = model.registrations.get(id);
    if (found.application_id !== application.id) {
      throw KonnectError.notFound(model.registrations.type, id);
    }
    return found;
  };
  http.get(all, { schema: { querystring: listQuery() } }, async (request) => {
    const { id } = applicationOf(model, request);
    const mine = model.registrations.all().filter((each) => each.application_id === id);
    return page(
      request,
      mine.map((each) => answer(model, each)),
    );
  });
  http.post(all, { schema: { body: CREATE } }, async (request, reply) => {
    const visit = developerVisitOf(model, request);
    const application = applicationOf(model, request);
    const publication = findPublication(model, visit, String(bodyOf(request).api_id));
    // Kong documents no status for this. Other endpoints answer 403 when a role is missing.
    if (!mayRegister(model, visit, publication)) {
      throw new KonnectError(403, `You may not register applications for API ${publication.api_id}`);
    }
    const created = createRegistration(model, visit.portal.id, application, { api_id: publication.api_id });
    return reply.code(201).send(answer(model, created));
  });
  http.get(`${all}/:registration`, async (request) =>
    answer(model, find(applicationOf(model, request), paramsOf(request).registration)),
  );
  http.delete(`${all}/:registration`, async (request, reply) => {
    const { id } = find(applicationOf(model, request), paramsOf(request).registration);
    model.registrations.delete(id);
    return reply.code(204).send();
  });
}

function answer(model: KonnectModel, { id, status, application_id, api_id, ...times }: Registration): Body {
  const api = model.apis.get(String(api_id));
  return {
    ...{ id, status, application_id, api_id: api.id, api_name: api.name, api_slug: slugOf(api) },
    ...{ created_at: times.created_at, updated_at: times.updated_at },
  };
}
