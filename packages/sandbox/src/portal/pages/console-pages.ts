import type { FastifyInstance } from 'fastify';
import type { KonnectModel } from '../../konnect/model';
import type { OktaClient } from '../../okta/okta-org';
import { formSchema } from './forms';
import { curlLine, type GatewayRequests } from './gateway-requests';
import type { Approval, KonnectConsole } from './konnect-console';
import type { Views } from './views';

const APPROVALS = '/approvals';
const APPROVAL_FORM = formSchema('portal', 'developer', 'application', 'registration');

interface ConsolePagesOptions {
  readonly model: KonnectModel;
  readonly konnect: KonnectConsole;
  readonly requests: GatewayRequests;
  /** Clients of the Okta org. */
  readonly clients: () => readonly OktaClient[];
}

/** What administrators do in the consoles of Konnect and Okta: approve, and hand out client secrets. */
export function addConsolePages(
  http: FastifyInstance,
  views: Views,
  { model, konnect, requests, clients }: ConsolePagesOptions,
): void {
  http.get(APPROVALS, async (_request, reply) =>
    views.page(reply, 'approvals', { title: 'Approvals', portals: await konnect.pending() }),
  );
  http.post(APPROVALS, APPROVAL_FORM, async (request, reply) => {
    await konnect.approve(request.body as Approval);
    return reply.redirect(APPROVALS, 303);
  });

  http.get('/clients', async (_request, reply) => {
    const apis = model.apis.all().flatMap(({ id, name }) => {
      const request = requests.find(id);
      return request ? [{ name, request }] : [];
    });
    const shown = clients().map((client) => ({
      ...client,
      calls: apis.map(({ name, request }) => ({ name, curl: curlLine(request, client) })),
    }));
    return views.page(reply, 'clients', { title: 'Clients', clients: shown });
  });
}
