import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { object, oneOf, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, page } from './lists';
import { bodyOf, inPortal, type KonnectModel, paramsOf, type Registration } from './model';

const PORTAL = '/v3/portals/:portal';
const REGISTRATIONS = `${PORTAL}/applications/:application/registrations`;
const CREATE = object({ api_id: UUID, status: oneOf('approved', 'pending') }, 'api_id');
const UPDATE = object({ status: oneOf('approved', 'pending', 'revoked', 'rejected') });
const LIST = listQuery({ filters: { status: 'text' } });
const LIST_ALL = listQuery({ filters: { application_name: 'text', developer_id: 'id', status: 'text' } });

/** Registrations of applications for APIs, as an administrator sees them. */
export function addRegistrationRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { portals, applications, registrations } = model;
  const answer = registrationAnswer(model);
  const ownerOf = ({ application }: Body) =>
    (applications.get((application as { id: string }).id).owner as { id: string }).id;
  const find = ({ portal, application, id }: { readonly [name: string]: string }) => {
    inPortal(applications, portal, application);
    const found = registrations.get(id);
    if (found.application_id !== application) {
      throw KonnectError.notFound(registrations.type, id);
    }
    return found;
  };
  http.get(`${PORTAL}/application-registrations`, { schema: { querystring: LIST_ALL } }, async (request) => {
    const { id } = portals.get(paramsOf(request).portal);
    const mine = registrations
      .all()
      .filter(({ application_id }) => applications.get(application_id).portal_id === id);
    return page(request, mine.map(answer), {
      application_name: ({ application }) => (application as { name: string }).name,
      developer_id: ownerOf,
    });
  });
  http.get(REGISTRATIONS, { schema: { querystring: LIST } }, async (request) => {
    const { portal, application } = paramsOf(request);
    const { id } = inPortal(applications, portal, application);
    const mine = registrations.all().filter(({ application_id }) => application_id === id);
    return page(request, mine.map(answer));
  });
  http.post(REGISTRATIONS, { schema: { body: CREATE } }, async (request, reply) => {
    const { portal, application } = paramsOf(request);
    const found = inPortal(applications, portal, application);
    return reply.code(201).send(answer(createRegistration(model, portal, found, bodyOf(request))));
  });
  http.get(`${REGISTRATIONS}/:id`, async (request) => answer(find(paramsOf(request))));
  http.patch(`${REGISTRATIONS}/:id`, { schema: { body: UPDATE } }, async (request) =>
    answer(registrations.put(model.update(find(paramsOf(request)), bodyOf(request)))),
  );
  http.delete(`${REGISTRATIONS}/:id`, async (request, reply) => {
    registrations.delete(find(paramsOf(request)).id);
    return reply.code(204).send();
  });
}

/**
 * Registers an application for a published API. A publication can approve if the portal does not. It cannot overrule a
 * portal that approves.
 */
export function createRegistration(
  model: KonnectModel,
  portalId: string,
  application: Body & { readonly id: string },
  body: Body,
): Registration {
  const apiId = String(body.api_id);
  const publication = model.publications.find(`${apiId}/${portalId}`);
  if (!publication) {
    throw KonnectError.invalid('api_id', 'is not published to the portal');
  }
  if (!(publication.auth_strategy_ids ?? []).includes(String(application.auth_strategy_id))) {
    throw KonnectError.invalid(
      'api_id',
      'is published with another auth strategy than that of the application',
    );
  }
  const mine = model.registrations.all().filter((each) => each.application_id === application.id);
  if (mine.some((each) => each.api_id === apiId)) {
    throw KonnectError.conflict(`A registration for API ${model.apis.get(apiId).name} already exists`);
  }
  const isApproved =
    model.portals.get(portalId).auto_approve_applications || publication.auto_approve_registrations;
  return model.registrations.put({
    ...model.create({ status: body.status ?? (isApproved ? 'approved' : 'pending') }),
    api_id: apiId,
    application_id: application.id,
  });
}

/** A registration in responses, with references to API and application. */
function registrationAnswer(model: KonnectModel): (registration: Body) => Body {
  return ({ application_id: applicationId, api_id: apiId, ...registration }) => {
    const api = model.apis.find(String(apiId));
    const application = model.applications.find(String(applicationId));
    return {
      ...registration,
      api: { id: apiId, name: api?.name, version: api?.version ?? null, entity_type: 'api' },
      application: { id: applicationId, name: application?.name },
    };
  };
}
