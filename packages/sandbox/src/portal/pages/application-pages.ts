import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type KonnectModel, paramsOf } from '../../konnect/model';
import type { OktaClient } from '../../okta/okta-org';
import { portalOf } from '../visit';
import type { ApiInfo, ApplicationInfo, RegistrationInfo } from './entities';
import { type Form, formSchema } from './forms';
import { curlLine, type GatewayRequests } from './gateway-requests';
import type { Views } from './views';
import type { Visitor } from './visitor';

const REGISTER = '/:portal/apis/:api/register';
const APPLICATIONS = '/:portal/applications';
const REGISTER_FORM = formSchema('application', 'name', 'client_id');
const REQUEST_FORM = formSchema('api');
/** Value of the choice of an application that does not exist yet. */
const NEW = 'new';

interface ApplicationPagesOptions {
  readonly model: KonnectModel;
  readonly visitorOf: (request: FastifyRequest) => Visitor;
  readonly requests: GatewayRequests;
  /** Clients of the sandbox's Okta org. */
  readonly clients: () => readonly OktaClient[];
}

/** "Use this API" with an application, the state of its registrations, and a request to the gateway. */
export function addApplicationPages(
  http: FastifyInstance,
  views: Views,
  { model, visitorOf, requests, clients }: ApplicationPagesOptions,
): void {
  /** The clients in Okta, and whether an application of the portal has them. */
  const clientsFor = (request: FastifyRequest) => {
    const { id: portal } = portalOf(model, request);
    const taken = model.applications
      .all()
      .flatMap(({ portal_id, client_id }) => (portal_id === portal ? [client_id] : []));
    return clients().map(({ label, clientId }) => ({ label, clientId, isTaken: taken.includes(clientId) }));
  };
  const registerPage = async (request: FastifyRequest) => {
    const visitor = visitorOf(request);
    const api = await visitor.get<ApiInfo>(`/apis/${encodeURIComponent(paramsOf(request).api)}`);
    const all = await visitor.list<ApplicationInfo>('/applications');
    const applications = all.filter(({ auth_strategy: used }) =>
      api.auth_strategies.some(({ id }) => id === used?.id),
    );
    const [strategy] = api.auth_strategies;
    const data = { title: `Use ${api.name}`, api, applications, strategy, clients: clientsFor(request) };
    return { visitor, api, strategy, data };
  };
  http.get(REGISTER, async (request, reply) => {
    const { visitor, data } = await registerPage(request);
    return views.portalPage(visitor, reply, 'register', { ...data, values: { application: NEW } });
  });
  http.post(REGISTER, REGISTER_FORM, async (request, reply) => {
    const { visitor, api, strategy, data } = await registerPage(request);
    const { application = NEW, name = '', client_id: clientId = '' } = request.body as Form;
    const values = { application, name, client_id: clientId };
    return views.form(visitor, reply, 'register', { ...data, values }, async () => {
      const body = {
        auth_strategy_id: strategy?.id ?? null,
        // The portal API refuses a missing name, and accepts an empty one.
        ...(name.trim() !== '' && { name: name.trim() }),
        ...(clientId.trim() !== '' && { client_id: clientId.trim() }),
      };
      const { id } =
        application === NEW
          ? await visitor.post<ApplicationInfo>('/applications', body)
          : { id: application };
      await visitor.post(`/applications/${encodeURIComponent(id)}/registrations`, { api_id: api.id });
      return reply.redirect(`${visitor.home}/applications/${encodeURIComponent(id)}`, 303);
    });
  });

  http.get(APPLICATIONS, async (request, reply) => {
    const visitor = visitorOf(request);
    const applications = await visitor.list<ApplicationInfo>('/applications');
    return views.portalPage(visitor, reply, 'applications', { title: 'Applications', applications });
  });

  /** The application of a request, its client in Okta, and its registrations with a request to each API. */
  const applicationPage = async (request: FastifyRequest) => {
    const visitor = visitorOf(request);
    const path = applicationPath(request);
    const application = await visitor.get<ApplicationInfo>(path);
    const registrations = await visitor.list<RegistrationInfo>(`${path}/registrations`);
    const client = clients().find(({ clientId }) => clientId === application.client_id);
    const uses = registrations.map((registration) => {
      const sent = requests.find(registration.api_id);
      const curl = sent && client && curlLine(sent, client);
      return { registration, request: sent, curl };
    });
    return { visitor, client, uses, data: { title: application.name, application, client, uses } };
  };
  http.get(`${APPLICATIONS}/:application`, async (request, reply) => {
    const { visitor, data } = await applicationPage(request);
    return views.portalPage(visitor, reply, 'application', data);
  });
  http.post(`${APPLICATIONS}/:application/requests`, REQUEST_FORM, async (request, reply) => {
    const { visitor, client, uses, data } = await applicationPage(request);
    const { api = '' } = request.body as Form;
    const use = uses.find(({ registration }) => registration.api_id === api);
    const answer = use?.request && client && (await requests.send(use.request, client));
    return views.portalPage(visitor, reply, 'application', { ...data, answered: api, answer });
  });
  http.post(`${APPLICATIONS}/:application/delete`, async (request, reply) => {
    const visitor = visitorOf(request);
    await visitor.delete(applicationPath(request));
    return reply.redirect(`${visitor.home}/applications`, 303);
  });
  http.post(`${APPLICATIONS}/:application/registrations/:registration/delete`, async (request, reply) => {
    const visitor = visitorOf(request);
    const path = applicationPath(request);
    await visitor.delete(`${path}/registrations/${encodeURIComponent(paramsOf(request).registration)}`);
    return reply.redirect(`${visitor.home}${path}`, 303);
  });
}

/** Path of the application of a request, on the portal and in its API. */
function applicationPath(request: FastifyRequest): string {
  return `/applications/${encodeURIComponent(paramsOf(request).application)}`;
}
