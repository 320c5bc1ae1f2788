import { join } from 'node:path';
import { Eta } from 'eta';
import type { FastifyReply } from 'fastify';
import type { ChainView } from '../../chain/chain-pages';
import type { DeveloperInfo, PortalInfo } from './entities';
import { PortalRefusal, type Visitor } from './visitor';

/** Templates and files of the pages. */
export const PAGES = join(__dirname, '..', '..', '..', 'pages');

/** Names of form fields for people. */
const LABELS: { readonly [field: string]: string } = {
  email: 'E-mail address',
  username: 'E-mail address',
  full_name: 'Full name',
  password: 'Password',
  name: 'Name',
  client_id: 'Client id',
  api_id: 'API',
};

/** What a template shows, and its title. */
interface PageData {
  readonly title: string;
  readonly [name: string]: unknown;
}

/** The templates of the pages. They escape every value. */
export class Views {
  private readonly eta = new Eta({ views: join(PAGES, 'views'), cache: true });

  public constructor(private readonly chain: ChainView) {}

  /** A page of the sandbox. */
  public page(reply: FastifyReply, view: string, data: PageData): FastifyReply {
    return reply.type('text/html; charset=utf-8').send(this.render(view, data));
  }

  /** HTML to put into a page. */
  public render(view: string, data: object): string {
    const { hasCheck: hasChain } = this.chain;
    return this.eta.render(`./${view}`, { errors: [], values: {}, portal: undefined, hasChain, ...data });
  }

  /** A page of a portal, with the portal's name and the visitor. */
  public async portalPage(
    visitor: Visitor,
    reply: FastifyReply,
    view: string,
    data: PageData,
  ): Promise<FastifyReply> {
    const portal = await visitor.get<PortalInfo>('/portal');
    const developer = visitor.hasSession ? await visitor.get<DeveloperInfo>('/developer/me') : undefined;
    return this.page(reply, view, { home: visitor.home, portal, developer, ...data });
  }

  /**
   * Handles a form: submits it, or shows the page again with what the portal API refused.
   *
   * @throws PortalRefusal for an unknown entity
   */
  public async form(
    visitor: Visitor,
    reply: FastifyReply,
    view: string,
    data: PageData,
    submit: () => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    try {
      return await submit();
    } catch (error) {
      if (!(error instanceof PortalRefusal) || error.status === 404) {
        throw error;
      }
      return this.portalPage(visitor, reply.code(error.status), view, { ...data, errors: errorsOf(error) });
    }
  }
}

function errorsOf({ message, invalidParameters }: PortalRefusal): string[] {
  return invalidParameters.length === 0
    ? [message]
    : invalidParameters.map(({ field, reason }) => `${LABELS[field] ?? field}: ${reason}`);
}
