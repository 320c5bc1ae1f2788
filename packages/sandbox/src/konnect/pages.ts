import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { nullable, object, oneOf, partial, text, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, select } from './lists';
import { bodyOf, inPortal, type KonnectModel, type OfPortal, paramsOf, withoutParents } from './model';

const PAGES = '/v3/portals/:portal/pages';
const CREATE = object(
  {
    slug: text(512),
    content: text(1_000_000),
    title: text(512),
    description: text(160),
    visibility: oneOf('public', 'private'),
    status: oneOf('published', 'unpublished'),
    parent_page_id: nullable(UUID),
  },
  'slug',
  'content',
);
const UPDATE = partial(CREATE);
/** The whole tree is one answer: there are no pages of it. */
const LIST = listQuery({
  filters: {
    id: 'id',
    slug: 'text',
    title: 'text',
    visibility: 'text',
    created_at: 'date',
    updated_at: 'date',
  },
  isPaged: false,
});

/** Pages of portals, which are a tree. */
export function addPageRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { portals, pages } = model;
  http.get(PAGES, { schema: { querystring: LIST } }, async (request) => {
    const { id } = portals.get(paramsOf(request).portal);
    const mine = pages.all().filter(({ portal_id }) => portal_id === id);
    return { data: tree(select(request, mine)) };
  });
  http.post(PAGES, { schema: { body: CREATE } }, async (request, reply) => {
    const { id: portal_id } = portals.get(paramsOf(request).portal);
    const body = bodyOf(request);
    check(model, portal_id, body);
    const defaults = { title: '', visibility: 'private', status: 'unpublished', parent_page_id: null };
    const created = { ...model.create({ ...defaults, ...body }), portal_id };
    return reply.code(201).send(withoutParents(pages.put(created)));
  });
  http.get(`${PAGES}/:id`, async (request) => {
    const { portal, id } = paramsOf(request);
    return withoutParents(inPortal(pages, portal, id));
  });
  http.patch(`${PAGES}/:id`, { schema: { body: UPDATE } }, async (request) => {
    const { portal, id } = paramsOf(request);
    const found = inPortal(pages, portal, id);
    const body = bodyOf(request);
    check(model, portal, { ...found, ...body }, id);
    return withoutParents(pages.put(model.update(found, body)));
  });
  http.delete(`${PAGES}/:id`, async (request, reply) => {
    const { portal, id } = paramsOf(request);
    deletePage(model, inPortal(pages, portal, id).id);
    return reply.code(204).send();
  });
}

/** Deletes a page with the pages below it. */
function deletePage(model: KonnectModel, id: string): void {
  model.pages.delete(id);
  for (const child of model.pages.all().filter((each) => each.parent_page_id === id)) {
    deletePage(model, child.id);
  }
}

/** Pages without their content, each with those below it. A page whose parent is not selected is a root. */
function tree(pages: readonly OfPortal[]): Body[] {
  const branch = (found: OfPortal): Body => {
    const { content: _, ...page } = withoutParents(found);
    return { ...page, children: pages.filter((each) => each.parent_page_id === found.id).map(branch) };
  };
  const isRoot = ({ parent_page_id: parent }: OfPortal) => !pages.some(({ id }) => id === parent);
  return pages.filter(isRoot).map(branch);
}

function check(model: KonnectModel, portalId: string, body: Body, self?: string): void {
  const parent = body.parent_page_id ?? null;
  if (parent !== null && model.pages.find(String(parent))?.portal_id !== portalId) {
    throw KonnectError.invalid('parent_page_id', 'names no page of the portal');
  }
  if (parent !== null && isBelow(model, String(parent), self)) {
    throw KonnectError.invalid('parent_page_id', 'must not be the page itself or a page below it');
  }
  const siblings = model.pages.all().filter((each) => each.portal_id === portalId && each.id !== self);
  if (siblings.some((each) => each.slug === body.slug && (each.parent_page_id ?? null) === parent)) {
    throw KonnectError.conflict(`Page ${body.slug} already exists`);
  }
}

/** Whether a page is another one or below it. */
function isBelow(model: KonnectModel, id: string, other: string | undefined): boolean {
  const parent = model.pages.find(id)?.parent_page_id ?? null;
  return id === other || (parent !== null && isBelow(model, String(parent), other));
}
