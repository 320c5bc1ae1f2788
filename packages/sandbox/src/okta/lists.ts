import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Body, Entity } from '../entity';
import { openObject, type Schema, text } from '../http/json-schema';
import { compileFilter } from './filter';

const LARGEST_PAGE = 200;
const LIMIT: Schema = { type: 'string', pattern: '^([1-9]\\d?|1\\d\\d|200)$' };

/** The schema of a list's query. Okta ignores names that it does not know. */
export const LIST_QUERY = openObject({ q: text(), limit: LIMIT, after: text(), filter: text() });

/**
 * A page of a list: `q` is the start of a name or label, `filter` compares fields, `limit` (at most 200) and `after`
 * select the page, and the header Link has the URLs of this page and the next.
 *
 * @throws OktaError for an invalid filter
 */
export function page(request: FastifyRequest, reply: FastifyReply, all: readonly Entity[]): FastifyReply {
  const here = new URL(request.url, `${request.protocol}://${request.host}`);
  const query = here.searchParams;
  const start = query.get('q')?.toLowerCase() ?? '';
  const limit = Number(query.get('limit') ?? LARGEST_PAGE);
  const matches = compileFilter(query.get('filter') ?? '');
  const found = all.filter((entity) => startsWith(entity, start) && matches(entity));
  const first = found.findIndex(({ id }) => id === query.get('after')) + 1;
  const items = found.slice(first, first + limit);
  const links = [`<${here}>; rel="self"`];
  if (first + items.length < found.length) {
    query.set('after', items[items.length - 1].id);
    links.push(`<${here}>; rel="next"`);
  }
  return reply.header('link', links).send(items);
}

function startsWith({ name, label }: Body, start: string): boolean {
  return [name, label].some((each) => typeof each === 'string' && each.toLowerCase().startsWith(start));
}
