import type { FastifyInstance } from 'fastify';
import { object, text } from '../http/json-schema';
import type { Mail } from '../konnect/accounts';
import type { KonnectModel } from '../konnect/model';

const LIST = object({ to: text() });

/** What the portals would have mailed, which only a sandbox tells: all of it, or what goes to one address. */
export function addMailRoutes(http: FastifyInstance, model: KonnectModel): void {
  http.get('/mails', { schema: { querystring: LIST } }, async (request) => {
    const { to } = request.query as { to?: string };
    return to === undefined ? model.accounts.mails : mailsTo(model, to);
  });
}

/** Mails to an address, oldest first. */
export function mailsTo({ accounts }: KonnectModel, email: string): Mail[] {
  return accounts.mails.filter(({ to }) => to === email);
}
