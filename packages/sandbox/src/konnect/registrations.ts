import type { FastifyInstance } from 'fastify';
import type { Body, Entity } from '../entity';
import { MailPurpose } from './accounts';
import { KonnectError } from './errors';
import { bodyOf, type Collection, type KonnectModel, page, paramsOf, requireText } from './model';

const PORTAL = '/v3/portals/:portal';
const APPLICATION = `${PORTAL}/applications/:application`;
const STATUSES = ['approved', 'pending', 'revoked', 'rejected'];

type Params = { readonly [name: string]: string };

/** Developers of a portal, their applications, and the registrations of these for APIs. */
export function addRegistrationRoutes(http: FastifyInstance, model: KonnectModel): void {
  addDevelopers(http, model);
  addApplications(http, model);
  addRegistrations(http, model);
}

/**
 * Adds a developer to a portal, as an administrator or by signing up.
 *
 * @throws KonnectError when the e-mail address is taken or none
 */
export function createDeveloper(
  model: KonnectModel,
  portalId: string,
  body: Body,
): Entity & { readonly portal_id: string } {
  const portal = model.portals.get(portalId);
  const email = requireText(body, 'email', 255);
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) {
    throw KonnectError.invalid('email', 'must be an e-mail address');
  }
  requireText(body, 'full_name', 255);
  if (model.developers.all().some((each) => each.portal_id === portalId && each.email === email)) {
    throw KonnectError.conflict(`Developer ${email} already exists`);
  }
  const status = body.status ?? (portal.auto_approve_developers ? 'approved' : 'pending');
  const { send_invitation_email: invited, ...given } = body;
  const developer = model.create({ ...given, status: checkStatus(status) });
  if (invited === true) {
    model.accounts.sendMail(portalId, developer.id, email, MailPurpose.SET_PASSWORD);
  }
  return model.developers.put({ ...developer, portal_id: portalId });
}

/** Adds an application with a client id of the identity provider. */
export function createApplication(
  model: KonnectModel,
  portalId: string,
  body: Body,
): Entity & { readonly portal_id: string } {
  const portal = model.portals.get(portalId);
  const name = requireText(body, 'name', 255);
  const clientId = requireText(body, 'client_id', 255);
  const strategyId = body.auth_strategy_id ?? portal.default_application_auth_strategy_id;
  const strategy = model.strategies.find(String(strategyId));
  if (!strategy) {
    throw KonnectError.invalid('auth_strategy_id', 'names no strategy');
  }
  const { owner } = body as { owner?: { type?: string; id?: string } };
  if (!owner?.id || !canOwn(model, portalId, owner.type, owner.id)) {
    throw KonnectError.invalid(
      'owner',
      'names no developer of the portal, nor a team that can own applications',
    );
  }
  const all = model.applications.all().filter((each) => each.portal_id === portalId);
  if (all.some((each) => each.client_id === clientId && each.auth_strategy_id === strategy.id)) {
    throw KonnectError.conflict(`An application with the client id ${clientId} already exists`);
  }
  if (all.some((each) => each.name === name && (each.owner as { id: string }).id === owner.id)) {
    throw KonnectError.conflict(`Application ${name} already exists`);
  }
  const application = model.create({ ...body, auth_strategy_id: strategy.id });
  return model.applications.put({ ...application, portal_id: portalId });
}

function canOwn(model: KonnectModel, portalId: string, type: string | undefined, id: string): boolean {
  const owners = { developer: model.developers, team: model.teams };
  const owner = type === 'developer' || type === 'team' ? owners[type].find(id) : undefined;
  return owner?.portal_id === portalId && (type === 'developer' || owner.can_own_applications === true);
}

/** Registers an application for a published API. */
export function createRegistration(
  model: KonnectModel,
  portalId: string,
  application: Entity,
  body: Body,
): Entity & { readonly application_id: string } {
  const apiId = requireText(body, 'api_id', 36);
  const publication = model.publications.find(`${apiId}/${portalId}`);
  if (!publication) {
    throw KonnectError.invalid('api_id', 'is not published to the portal');
  }
  const strategies = (publication.auth_strategy_ids ?? []) as string[];
  if (!strategies.includes(application.auth_strategy_id as string)) {
    throw KonnectError.invalid(
      'api_id',
      'is published with another auth strategy than that of the application',
    );
  }
  const mine = model.registrations.all().filter((each) => each.application_id === application.id);
  if (mine.some((each) => each.api_id === apiId)) {
    throw KonnectError.conflict(`A registration for API ${apiId} already exists`);
  }
  const approves =
    model.portals.get(portalId).auto_approve_applications || publication.auto_approve_registrations;
  const status = checkStatus(body.status ?? (approves ? 'approved' : 'pending'));
  return model.registrations.put({
    ...model.create({ api_id: apiId, status }),
    application_id: application.id,
  });
}

function addDevelopers(http: FastifyInstance, model: KonnectModel): void {
  const all = `${PORTAL}/developers`;
  const find = ({ portal, id }: Params) => inPortal(model.developers, portal, id);
  http.get(all, async (request) =>
    page(request, ofPortal(model, model.developers, paramsOf(request).portal)),
  );
  http.post(all, async (request, reply) =>
    reply.code(201).send(answer(createDeveloper(model, paramsOf(request).portal, bodyOf(request)))),
  );
  http.get(`${all}/:id`, async (request) => answer(find(paramsOf(request))));
  http.patch(`${all}/:id`, async (request) => {
    const body = bodyOf(request);
    checkStatus(body.status ?? 'approved');
    return answer(model.developers.put(model.update(find(paramsOf(request)), body)));
  });
  http.delete(`${all}/:id`, async (request, reply) => {
    const { id } = find(paramsOf(request));
    model.developers.delete(id);
    model.teamMembers.removeWhere((each) => each.developer_id === id);
    for (const application of model.applications.all()) {
      if ((application.owner as { id: string }).id === id) {
        deleteApplication(model, application.id);
      }
    }
    return reply.code(204).send();
  });
}

function addApplications(http: FastifyInstance, model: KonnectModel): void {
  const all = `${PORTAL}/applications`;
  const find = ({ portal, application }: Params) => inPortal(model.applications, portal, application);
  http.get(all, async (request) =>
    page(request, ofPortal(model, model.applications, paramsOf(request).portal, applicationAnswer(model))),
  );
  http.post(all, async (request, reply) =>
    reply
      .code(201)
      .send(applicationAnswer(model)(createApplication(model, paramsOf(request).portal, bodyOf(request)))),
  );
  http.get(APPLICATION, async (request) => applicationAnswer(model)(find(paramsOf(request))));
  http.patch(APPLICATION, async (request) => {
    const { owner, ...rest } = bodyOf(request);
    if (Object.keys(rest).length > 0) {
      throw KonnectError.invalid(Object.keys(rest)[0], 'is not a known field');
    }
    return applicationAnswer(model)(model.applications.put(model.update(find(paramsOf(request)), { owner })));
  });
  http.delete(APPLICATION, async (request, reply) => {
    deleteApplication(model, find(paramsOf(request)).id);
    return reply.code(204).send();
  });
}

function addRegistrations(http: FastifyInstance, model: KonnectModel): void {
  const all = `${APPLICATION}/registrations`;
  const applicationOf = ({ portal, application }: Params) =>
    inPortal(model.applications, portal, application);
  const find = (params: Params) => {
    const application = applicationOf(params);
    const found = model.registrations.find(params.id);
    if (found?.application_id !== application.id) {
      throw KonnectError.notFound('Registration', params.id);
    }
    return found;
  };
  http.get(all, async (request) => {
    const { id } = applicationOf(paramsOf(request));
    return page(
      request,
      model.registrations
        .all()
        .filter((each) => each.application_id === id)
        .map(registrationAnswer(model)),
    );
  });
  http.post(all, async (request, reply) => {
    const params = paramsOf(request);
    const created = createRegistration(model, params.portal, applicationOf(params), bodyOf(request));
    return reply.code(201).send(registrationAnswer(model)(created));
  });
  http.get(`${all}/:id`, async (request) => registrationAnswer(model)(find(paramsOf(request))));
  http.patch(`${all}/:id`, async (request) => {
    const { status } = bodyOf(request);
    return registrationAnswer(model)(
      model.registrations.put(model.update(find(paramsOf(request)), { status: checkStatus(status) })),
    );
  });
  http.delete(`${all}/:id`, async (request, reply) => {
    model.registrations.delete(find(paramsOf(request)).id);
    return reply.code(204).send();
  });
}

/** Deletes an application with its registrations. */
export function deleteApplication(model: KonnectModel, id: string): void {
  model.applications.delete(id);
  model.registrations.removeWhere((each) => each.application_id === id);
}

function answer({ portal_id: _, ...entity }: Body): Body {
  return entity;
}

/** An application as Konnect answers it: strategy and portal by reference. */
export function applicationAnswer(model: KonnectModel): (application: Body) => Body {
  return ({ portal_id: portal, auth_strategy_id: strategyId, ...application }) => {
    const { name, configs } = model.strategies.find(String(strategyId)) ?? ({} as Body);
    const { auth_methods: methods = [] } =
      (configs as { 'openid-connect'?: { auth_methods?: unknown } } | undefined)?.['openid-connect'] ?? {};
    return {
      ...{ description: null, labels: {}, dcr_provider: null, granted_scopes: null },
      ...application,
      portal: { id: portal },
      auth_strategy: {
        id: strategyId,
        name,
        credential_type: 'self_managed_client_credentials',
        auth_methods: methods,
      },
      registration_count: model.registrations.all().filter((each) => each.application_id === application.id)
        .length,
    };
  };
}

/** A registration as Konnect answers it: API and application by reference. */
export function registrationAnswer(model: KonnectModel): (registration: Body) => Body {
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

function ofPortal(
  model: KonnectModel,
  collection: Collection<Entity & { readonly portal_id: string }>,
  id: string,
  toAnswer = answer,
): Body[] {
  model.portals.get(id);
  return collection
    .all()
    .filter(({ portal_id }) => portal_id === id)
    .map(toAnswer);
}

function inPortal<T extends Entity & { readonly portal_id: string }>(
  collection: Collection<T>,
  portal: string,
  id: string,
): T {
  const found = collection.get(id);
  if (found.portal_id !== portal) {
    throw KonnectError.notFound(collection.type, id);
  }
  return found;
}

function checkStatus(status: unknown): string {
  if (!STATUSES.includes(status as string)) {
    throw KonnectError.invalid('status', `must be one of ${STATUSES.join(', ')}`);
  }
  return status as string;
}
