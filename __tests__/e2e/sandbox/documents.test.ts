import { randomUUID } from 'node:crypto';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';

/*
 * Documents of APIs in the sandbox's tenant: a tree, with settings in the front matter of the content.
 */
let sandbox: Sandbox;
let admin: Admin;
let api: string;
let documents: string;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  admin = new Admin(sandbox);
});

afterAll(() => sandbox.stop());

beforeEach(async () => {
  ({ id: api } = await admin.konnect('POST', '/v3/apis', {
    name: `api ${expect.getState().currentTestName}`,
  }));
  documents = `/v3/apis/${api}/documents`;
});

const create = (body: object) => admin.konnect('POST', documents, { content: '# It', ...body });

test('are listed as a tree, without their content', async () => {
  const { id } = await create({ slug: 'guides', title: 'Guides', status: 'published' });
  const { id: below } = await create({ slug: 'first', parent_document_id: id });
  const list = await admin.konnect('GET', documents);
  expect(list).toMatchObject({
    data: [
      {
        ...{ id, slug: 'guides', title: 'Guides', status: 'published', parent_document_id: null },
        children: [{ id: below, slug: 'first', status: 'unpublished', parent_document_id: id, children: [] }],
      },
    ],
  });
  expect(JSON.stringify(list)).not.toContain('"content"');
  expect(await admin.konnect('GET', `${documents}/${below}`)).toMatchObject({ id: below, content: '# It' });
});

test('have the settings of the front matter, unless the request sets them', async () => {
  const content = '---\ntitle: "The guide"\nstatus: published\n---\n# Guide';
  expect(await create({ content })).toMatchObject({
    title: 'The guide',
    slug: 'the-guide',
    status: 'published',
    content,
  });
  const set = { title: 'Mine', slug: 'mine', status: 'unpublished' };
  expect(await create({ content, ...set })).toMatchObject(set);
});

test('move to another parent and to the top', async () => {
  const { id: parent } = await create({ slug: 'guides' });
  const { id } = await create({ slug: 'first' });
  for (const parent_document_id of [parent, null]) {
    expect(await admin.konnect('PATCH', `${documents}/${id}`, { parent_document_id })).toMatchObject({
      parent_document_id,
    });
  }
});

test('are deleted with the one above and with the API', async () => {
  const { id: parent } = await create({ slug: 'guides' });
  await create({ slug: 'first', parent_document_id: parent });
  await create({ slug: 'other' });
  await admin.konnect('DELETE', `${documents}/${parent}`);
  expect(await admin.konnect('GET', documents)).toMatchObject({ data: [{ slug: 'other' }] });
  await admin.konnect('DELETE', `/v3/apis/${api}`);
  const { documents: left } = sandbox.konnect.snapshot() as { documents: { api_id: string }[] };
  expect(left.filter(({ api_id }) => api_id === api)).toEqual([]);
});

test.each<[string, object, string]>([
  ['without a slug and a title', {}, '400 .*"field":"slug"'],
  ['with a slug that is a path', { slug: 'a/b' }, '400 .*"field":"slug"'],
  ['below an unknown one', { slug: 'b', parent_document_id: randomUUID() }, 'parent_document_id'],
  ['with the slug of another one', { slug: 'taken' }, '409'],
])('are refused %s', async (_name, body, error) => {
  await create({ slug: 'taken' });
  await expect(create(body)).rejects.toThrow(new RegExp(error));
});

test('a document is not below itself', async () => {
  const { id } = await create({ slug: 'guides' });
  const { id: below } = await create({ slug: 'first', parent_document_id: id });
  const moved = admin.konnect('PATCH', `${documents}/${id}`, { parent_document_id: below });
  await expect(moved).rejects.toThrow(/must not be the document itself or a document below it/);
});
