import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Entity } from './model';

const MAXIMUM = 200;

/** A page of a list: `q` is the start of a name or label, `limit` and `after` lead through it, Link names the next. */
export function page(request: FastifyRequest, reply: FastifyReply, all: readonly Entity[]): FastifyReply {
  const { q = '', limit = String(MAXIMUM), after } = request.query as { [name: string]: string | undefined };
  const named = all.filter(({ name, label }) =>
    [name, label].some((each) => typeof each === 'string' && each.toLowerCase().startsWith(q.toLowerCase())),
  );
  const start = after ? named.findIndex(({ id }) => id === after) + 1 : 0;
  const size = Math.min(Math.max(Number(limit) || MAXIMUM, 1), MAXIMUM);
  const items = named.slice(start, start + size);
  const self = `${request.protocol}://${request.host}`;
  const links = [`<${self}${request.url}>; rel="self"`];
  if (start + size < named.length) {
    const next = new URL(request.url, self);
    next.searchParams.set('after', items.at(-1)?.id ?? '');
    links.push(`<${next}>; rel="next"`);
  }
  return reply.header('link', links).send(items);
}
