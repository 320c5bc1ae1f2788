import type { FastifyInstance } from 'fastify';
import { object, text } from '../http/json-schema';
import type { Mail } from '../konnect/accounts';
import type { KonnectModel } from '../konnect/model';

const LIST = object({ to: text() });

/** Mails of the portals, all or those to one address. Exists only in the sandbox. */
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
