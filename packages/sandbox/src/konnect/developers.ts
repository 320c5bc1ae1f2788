import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { BOOLEAN, object, oneOf, text } from '../http/json-schema';
import { MailPurpose } from './accounts';
import { deleteApplication } from './applications';
import { KonnectError } from './errors';
import { listQuery, page } from './lists';
import { bodyOf, inPortal, type KonnectModel, type OfPortal, paramsOf, withoutParents } from './model';

const DEVELOPERS = '/v3/portals/:portal/developers';
const STATUS = oneOf('approved', 'pending', 'revoked', 'rejected');
const CREATE = object(
  {
    email: { ...text(255), format: 'email' },
    full_name: text(255),
    status: STATUS,
    send_invitation_email: BOOLEAN,
  },
  'email',
  'full_name',
);
const UPDATE = object({ status: STATUS });
const LIST = listQuery({ filters: { email: 'text', name: 'text', status: 'text' } });

/** Developers of a portal. */
export function addDeveloperRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { portals, developers } = model;
  http.get(DEVELOPERS, { schema: { querystring: LIST } }, async (request) => {
    const { id } = portals.get(paramsOf(request).portal);
    const mine = developers.all().filter(({ portal_id }) => portal_id === id);
    return page(request, mine.map(withoutParents), { name: ({ full_name }) => full_name });
  });
  http.post(DEVELOPERS, { schema: { body: CREATE } }, async (request, reply) =>
    reply.code(201).send(withoutParents(createDeveloper(model, paramsOf(request).portal, bodyOf(request)))),
  );
  http.get(`${DEVELOPERS}/:id`, async (request) => {
    const { portal, id } = paramsOf(request);
    return withoutParents(inPortal(developers, portal, id));
  });
  http.patch(`${DEVELOPERS}/:id`, { schema: { body: UPDATE } }, async (request) => {
    const { portal, id } = paramsOf(request);
    return withoutParents(developers.put(model.update(inPortal(developers, portal, id), bodyOf(request))));
  });
  http.delete(`${DEVELOPERS}/:id`, async (request, reply) => {
    const { portal, id } = paramsOf(request);
    developers.delete(inPortal(developers, portal, id).id);
    model.teamMembers.removeWhere((each) => each.developer_id === id);
    for (const application of model.applications.all()) {
      if ((application.owner as { id: string }).id === id) {
        deleteApplication(model, application.id);
      }
    }
    return reply.code(204).send();
  });
}

/**
 * Adds a developer to a portal, as an administrator or by signing up.
 *
 * @throws KonnectError with status 409 when the e-mail address is taken
 */
export function createDeveloper(model: KonnectModel, portalId: string, body: Body): OfPortal {
  const portal = model.portals.get(portalId);
  const { send_invitation_email: isInvited, ...given } = body;
  const email = String(body.email);
  if (model.developers.all().some((each) => each.portal_id === portalId && each.email === email)) {
    throw KonnectError.conflict(`Developer ${email} already exists`);
  }
  const status = body.status ?? (portal.auto_approve_developers ? 'approved' : 'pending');
  const developer = model.create({ ...given, status });
  if (isInvited === true) {
    model.accounts.sendMail(portalId, developer.id, email, MailPurpose.SET_PASSWORD);
  }
  return model.developers.put({ ...developer, portal_id: portalId });
}
