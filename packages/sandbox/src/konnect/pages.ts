import type { FastifyInstance } from 'fastify';
import { nullable, object, oneOf, partial, text, UUID } from '../http/json-schema';
import { listQuery, select } from './lists';
import { bodyOf, inPortal, type KonnectModel, paramsOf, withoutParents } from './model';
import { Tree } from './tree';

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
  const tree = new Tree(pages, 'parent_page_id', 'portal');
  const ofPortal = (portal: string) => pages.all().filter(({ portal_id }) => portal_id === portal);
  http.get(PAGES, { schema: { querystring: LIST } }, async (request) => {
    const { id } = portals.get(paramsOf(request).portal);
    return { data: tree.answer(select(request, ofPortal(id))) };
  });
  http.post(PAGES, { schema: { body: CREATE } }, async (request, reply) => {
    const { id: portal_id } = portals.get(paramsOf(request).portal);
    const body = bodyOf(request);
    tree.check(ofPortal(portal_id), body);
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
    tree.check(ofPortal(portal), { ...found, ...body }, id);
    return withoutParents(pages.put(model.update(found, body)));
  });
  http.delete(`${PAGES}/:id`, async (request, reply) => {
    const { portal, id } = paramsOf(request);
    tree.delete(inPortal(pages, portal, id).id);
    return reply.code(204).send();
  });
}
