import type { FastifyInstance, FastifyRequest } from 'fastify';
import { object, text } from '../http/json-schema';
import type { OktaClient } from '../okta/okta-org';
import type { Views } from '../portal/pages/views';

/** One link of the chain from a client's credentials to an API. */
export interface ChainLink {
  /** Title for people. */
  readonly title: string;

  /** Whether the link is OK, is broken, or was not checked because another one is broken. */
  readonly status: 'ok' | 'failed' | 'skipped';

  /** The observation: what was found, or why the link is broken. */
  readonly detail: string;

  /**
   * How to fix the link.
   *
   * @default - none, for a link that is OK
   */
  readonly remedy?: string;
}

/**
 * Checks the links of a chain, in order.
 *
 * @param client client of the Okta org that the visitor of the page chose, the first one by default. `undefined` without
 * clients
 * @throws Error with what to do if nothing can be checked
 */
export type ChainCheck = (client?: OktaClient) => Promise<readonly ChainLink[]>;

/** The checks of the page. One for each client runs at a time. Requests meanwhile get its result. */
export class ChainView {
  private check?: ChainCheck;
  private commands: readonly string[] = [];
  private readonly running = new Map<string | undefined, Promise<readonly ChainLink[]>>();

  public constructor(
    /** Clients of the Okta org. */
    public readonly clients: () => readonly OktaClient[],
  ) {}

  public get hasCheck(): boolean {
    return this.check !== undefined;
  }

  /** Commands that deploy the stacks again. */
  public get deployCommands(): readonly string[] {
    return this.commands;
  }

  public show(check: ChainCheck, deployCommands: readonly string[]): void {
    this.check = check;
    this.commands = deployCommands;
    this.running.clear();
  }

  public async links(client?: OktaClient): Promise<readonly ChainLink[]> {
    if (!this.check) {
      throw new Error('Nothing is checked. Pass a check to showChain of the portal service.');
    }
    const key = client?.clientId;
    const running = this.running.get(key) ?? this.check(client).finally(() => this.running.delete(key));
    this.running.set(key, running);
    return running;
  }
}

const QUERY = { schema: { querystring: object({ client: text() }) } };

const MARKS = {
  ok: { mark: '✓', name: 'OK' },
  failed: { mark: '✗', name: 'Broken' },
  skipped: { mark: '–', name: 'Not checked' },
};

/** The chain as a picture, which its script refreshes. */
export function addChainPages(http: FastifyInstance, views: Views, chain: ChainView): void {
  const picture = async (request: FastifyRequest) => {
    const clients = chain.clients();
    const { client: wanted } = request.query as { readonly client?: string };
    const client = clients.find(({ clientId }) => clientId === wanted) ?? clients.at(0);
    const { deployCommands } = chain;
    return { clients, client, deployCommands, ...(await check(client)) };
  };
  const check = async (client?: OktaClient) => {
    try {
      const links = await chain.links(client);
      const count = (wanted: ChainLink['status']) => links.filter(({ status }) => status === wanted).length;
      return {
        links: links.map((link) => ({ ...link, ...MARKS[link.status] })),
        counts: { ok: count('ok'), failed: count('failed'), skipped: count('skipped') },
      };
    } catch (error) {
      return { links: [], message: error instanceof Error ? error.message : String(error) };
    }
  };
  http.get('/chain', QUERY, async (request, reply) =>
    views.page(reply, 'chain', { title: 'The chain', ...(await picture(request)) }),
  );
  http.get('/chain/links', QUERY, async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(views.render('chain-links', await picture(request))),
  );
}
