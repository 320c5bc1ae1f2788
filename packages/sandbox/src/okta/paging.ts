import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Body } from '../entity';

const MAXIMUM = 200;

/**
 * A page of a list: `q` is the start of a name or label, `limit` (at most 200) and `after` lead through
 * it, and the header Link names this page and the next.
 */
export function page(
  request: FastifyRequest,
  reply: FastifyReply,
  all: readonly (Body & { readonly id: string })[],
): FastifyReply {
  const here = new URL(request.url, `${request.protocol}://${request.host}`);
  const start = here.searchParams.get('q')?.toLowerCase() ?? '';
  const limit = Number(here.searchParams.get('limit')) || MAXIMUM;
  const named = all.filter(({ name, label }) =>
    [name, label].some((each) => typeof each === 'string' && each.toLowerCase().startsWith(start)),
  );
  const first = named.findIndex(({ id }) => id === here.searchParams.get('after')) + 1;
  const items = named.slice(first, first + Math.min(Math.max(limit, 1), MAXIMUM));
  const links = [`<${here}>; rel="self"`];
  if (first + items.length < named.length) {
    here.searchParams.set('after', items[items.length - 1].id);
    links.push(`<${here}>; rel="next"`);
  }
  return reply.header('link', links).send(items);
}
