import type { FastifyInstance } from 'fastify';
import type { Body } from '../entity';
import { nullable, object, oneOf, partial, text, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, select } from './lists';
import { bodyOf, inApi, type KonnectModel, paramsOf, withoutParents } from './model';
import { Tree } from './tree';

const DOCUMENTS = '/v3/apis/:api/documents';
const CREATE = object(
  {
    content: text(),
    title: text(),
    slug: { type: 'string', pattern: '^[\\w-]+$' },
    status: oneOf('published', 'unpublished'),
    parent_document_id: nullable(UUID),
  },
  'content',
);
const UPDATE = partial(CREATE);
/** The whole tree is one answer: there are no pages of it. */
const LIST = listQuery({ filters: { status: 'text' }, isPaged: false, isSorted: false });

/** Documents of APIs, which are a tree. */
export function addDocumentRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { apis, documents } = model;
  const tree = new Tree(documents, 'parent_document_id', 'API');
  const ofApi = (api: string) => documents.all().filter(({ api_id }) => api_id === api);
  http.get(DOCUMENTS, { schema: { querystring: LIST } }, async (request) => {
    const { id } = apis.get(paramsOf(request).api);
    return { data: tree.answer(select(request, ofApi(id))) };
  });
  http.post(DOCUMENTS, { schema: { body: CREATE } }, async (request, reply) => {
    const { id: api_id } = apis.get(paramsOf(request).api);
    const body = completed(bodyOf(request));
    tree.check(ofApi(api_id), body);
    return reply.code(201).send(withoutParents(documents.put({ ...model.create(body), api_id })));
  });
  http.get(`${DOCUMENTS}/:id`, async (request) => {
    const { api, id } = paramsOf(request);
    return withoutParents(inApi(documents, api, id));
  });
  http.patch(`${DOCUMENTS}/:id`, { schema: { body: UPDATE } }, async (request) => {
    const { api, id } = paramsOf(request);
    const found = inApi(documents, api, id);
    const body = bodyOf(request);
    tree.check(ofApi(api), { ...found, ...body }, id);
    return withoutParents(documents.put(model.update(found, body)));
  });
  http.delete(`${DOCUMENTS}/:id`, async (request, reply) => {
    const { api, id } = paramsOf(request);
    tree.delete(inApi(documents, api, id).id);
    return reply.code(204).send();
  });
}

/** A new document with its defaults. The front matter of the content sets what the request leaves out. */
function completed(body: Body): Body {
  const {
    title = '',
    slug = slugify(String(title)),
    ...all
  } = { ...frontMatter(String(body.content)), ...body };
  if (slug === '') {
    throw KonnectError.invalid('slug', 'is required without a title');
  }
  return { status: 'unpublished', parent_document_id: null, ...all, title, slug };
}

/** The settings at the start of a Markdown text, between two lines of dashes. */
function frontMatter(content: string): Body {
  const [, block = ''] = /^---\r?\n([\s\S]*?)\r?\n---(\r?\n|$)/.exec(content) ?? [];
  const settings = [...block.matchAll(/^(title|slug|status): *(.+?) *$/gm)];
  return Object.fromEntries(settings.map(([, name, value]) => [name, value.replace(/^(["'])(.*)\1$/, '$2')]));
}

function slugify(title: string): string {
  return title.toLowerCase().replace(/[^\w-]+/g, '-');
}
