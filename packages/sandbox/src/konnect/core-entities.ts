import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Body } from '../entity';
import { object, type Schema, text } from '../http/json-schema';
import { KonnectError } from './errors';
import { PAGE_SIZE, select } from './lists';
import { bodyOf, type KonnectModel, type OfControlPlane, paramsOf } from './model';

const DEFAULT_PAGE = 100;
const LIST = object({
  size: PAGE_SIZE,
  offset: text(),
  tags: text(),
  'filter[name][eq]': text(),
  'filter[name][contains]': text(),
});

/** A type of entities in a gateway's configuration. */
interface CoreEntityType {
  readonly path: 'services' | 'routes' | 'plugins';
  /** Field with a unique name, which paths accept in place of the id. */
  readonly nameField: 'name' | 'instance_name';
  readonly schema: Schema;
  readonly defaults: Body;
  /** The entity of a body, with shorthands expanded. */
  readonly normalize: (body: Body) => Body;
  /** @throws KonnectError for rules that a schema cannot express */
  readonly check: (controlPlaneId: string, body: Body, self: string) => void;
  /** @throws KonnectError for an entity that others reference */
  readonly checkUnused: (id: string) => void;
}

/** Routes of one type of entities. Their lists have offsets instead of page numbers. */
export function addCoreEntityRoutes(http: FastifyInstance, model: KonnectModel, type: CoreEntityType): void {
  const { path, schema, nameField } = type;
  const collection = model[path];
  const all = `/v2/control-planes/:controlPlane/core-entities/${path}`;
  const find = (request: FastifyRequest) => {
    const { controlPlane, id } = paramsOf(request);
    model.controlPlanes.get(controlPlane);
    const found = collection
      .all()
      .find((each) => each.control_plane_id === controlPlane && [each.id, each[nameField]].includes(id));
    if (!found) {
      throw KonnectError.notFound(collection.type, id);
    }
    return found;
  };
  const store = (controlPlane: string, sent: Body, id: string) => {
    model.controlPlanes.get(controlPlane);
    const body = { ...type.defaults, ...withoutNulls(type.normalize(sent), type.defaults) };
    type.check(controlPlane, body, id);
    checkName(collection.all(), controlPlane, type, body, id);
    const now = model.seconds();
    const created_at = collection.find(id)?.created_at ?? now;
    return answer(
      collection.put({ ...body, id, control_plane_id: controlPlane, created_at, updated_at: now }),
    );
  };
  http.get(all, { schema: { querystring: LIST } }, async (request) => {
    const { id } = model.controlPlanes.get(paramsOf(request).controlPlane);
    const { tags } = request.query as { tags?: string };
    const mine = collection.all().filter((each) => each.control_plane_id === id && hasTags(each, tags));
    return pageByOffset(request, select(request, mine).map(answer));
  });
  http.post(all, { schema: { body: schema } }, async (request, reply) => {
    const body = bodyOf(request);
    const id = typeof body.id === 'string' ? body.id : randomUUID();
    if (collection.find(id)) {
      throw KonnectError.conflict(`UNIQUE violation detected on 'id'`);
    }
    return reply.code(201).send(store(paramsOf(request).controlPlane, body, id));
  });
  http.get(`${all}/:id`, async (request) => answer(find(request)));
  http.put(`${all}/:id`, { schema: { body: schema } }, async (request) => {
    const { controlPlane, id } = paramsOf(request);
    const other = collection.find(id);
    if (other && other.control_plane_id !== controlPlane) {
      throw KonnectError.notFound(collection.type, id);
    }
    return store(controlPlane, bodyOf(request), id);
  });
  http.delete(`${all}/:id`, async (request, reply) => {
    const { controlPlane, id } = paramsOf(request);
    if (collection.find(id)?.control_plane_id === controlPlane) {
      type.checkUnused(id);
      collection.delete(id);
    }
    return reply.code(204).send();
  });
}

function answer({ control_plane_id: _, ...entity }: OfControlPlane): Body {
  return entity;
}

/** Null means the default. */
function withoutNulls(body: Body, defaults: Body): Body {
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => value !== null || !(name in defaults)),
  );
}

function checkName(
  all: readonly OfControlPlane[],
  controlPlane: string,
  { nameField }: CoreEntityType,
  body: Body,
  self: string,
): void {
  const name = body[nameField];
  const isTaken = (each: OfControlPlane) =>
    each.control_plane_id === controlPlane && each.id !== self && each[nameField] === name;
  if (typeof name === 'string' && all.some(isTaken)) {
    throw KonnectError.conflict(`UNIQUE violation detected on '${nameField}="${name}"'`);
  }
}

/** `a,b` matches all of the tags, `a/b` any of them. */
function hasTags({ tags }: Body, wanted = ''): boolean {
  const own = (tags ?? []) as readonly string[];
  const names = wanted.split(/[,/]/).filter((tag) => tag !== '');
  return wanted.includes('/')
    ? names.some((tag) => own.includes(tag))
    : names.every((tag) => own.includes(tag));
}

/** The offset of a page is its start. The last page has no next offset. */
function pageByOffset(request: FastifyRequest, entities: readonly Body[]): object {
  const { size, offset } = request.query as { size?: string; offset?: string };
  const begin = Number(offset ? Buffer.from(offset, 'base64url').toString() : 0);
  if (!Number.isInteger(begin) || begin < 0) {
    throw KonnectError.invalidParameters([
      { field: 'offset', rule: 'invalid', reason: 'must be the offset of another page', source: 'query' },
    ]);
  }
  const end = begin + Number(size || DEFAULT_PAGE);
  return {
    data: entities.slice(begin, end),
    ...(end < entities.length && { offset: Buffer.from(String(end)).toString('base64url') }),
  };
}
