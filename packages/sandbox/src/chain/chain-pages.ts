import type { FastifyInstance } from 'fastify';
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
 * @throws Error with what to do if nothing can be checked
 */
export type ChainCheck = () => Promise<readonly ChainLink[]>;

/** The checks of the page. One runs at a time. Requests meanwhile get its result. */
export class ChainView {
  private check?: ChainCheck;
  private running?: Promise<readonly ChainLink[]>;

  public show(check: ChainCheck): void {
    this.check = check;
    this.running = undefined;
  }

  public async links(): Promise<readonly ChainLink[]> {
    if (!this.check) {
      throw new Error('Nothing is checked. Pass a check to showChain of the portal service.');
    }
    this.running ??= this.check().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }
}

const MARKS = {
  ok: { mark: '✓', name: 'OK' },
  failed: { mark: '✗', name: 'Broken' },
  skipped: { mark: '–', name: 'Not checked' },
};

/** The chain as a picture, which its script refreshes. */
export function addChainPages(http: FastifyInstance, views: Views, chain: ChainView): void {
  const picture = async () => {
    try {
      const links = await chain.links();
      const count = (wanted: ChainLink['status']) => links.filter(({ status }) => status === wanted).length;
      return {
        links: links.map((link) => ({ ...link, ...MARKS[link.status] })),
        counts: { ok: count('ok'), failed: count('failed'), skipped: count('skipped') },
      };
    } catch (error) {
      return { links: [], message: error instanceof Error ? error.message : String(error) };
    }
  };
  http.get('/chain', async (_request, reply) =>
    views.page(reply, 'chain', { title: 'The chain', ...(await picture()) }),
  );
  http.get('/chain/links', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(views.render('chain-links', await picture())),
  );
}
