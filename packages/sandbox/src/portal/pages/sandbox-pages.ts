import type { FastifyInstance } from 'fastify';
import type { Entity } from '../../entity';
import { MailPurpose } from '../../konnect/accounts';
import type { KonnectModel } from '../../konnect/model';
import type { Views } from './views';

/** Pages of a mail's token. */
const FORMS: { readonly [purpose in MailPurpose]: { readonly page: string; readonly subject: string } } = {
  [MailPurpose.VERIFY_EMAIL]: { page: 'verify-email', subject: 'Confirm your e-mail address' },
  [MailPurpose.SET_PASSWORD]: { page: 'reset-password', subject: 'Choose a password' },
};

/** The portals of the tenant, and the mails that Konnect would have sent. Real portals have neither page. */
export function addSandboxPages(http: FastifyInstance, views: Views, model: KonnectModel): void {
  http.get('/', async (_request, reply) => {
    const portals = model.portals.all().map((portal) => ({ name: portal.name, home: homeOf(portal) }));
    return views.page(reply, 'portals', { title: 'Dev Portals', portals });
  });
  http.get('/mailbox', async (_request, reply) => {
    const mails = model.accounts.mails.flatMap(({ portalId, to, purpose, token }) => {
      const portal = model.portals.find(portalId);
      const { page, subject } = FORMS[purpose];
      return portal
        ? [{ to, subject, portal: portal.name, link: `${homeOf(portal)}/${page}?token=${token}` }]
        : [];
    });
    return views.page(reply, 'mailbox', { title: 'Mailbox', mails: mails.reverse() });
  });
}

/** Paths of other pages. */
const RESERVED = ['approvals', 'assets', 'chain', 'clients', 'mailbox', 'mails'];

/** Path of a portal's first page: with its name, or with its id if the name does not suit a path. */
function homeOf({ id, name }: Entity): string {
  const segment = String(name);
  return /^[\w-]+$/.test(segment) && !RESERVED.includes(segment) ? `/${segment}` : `/${id}`;
}
