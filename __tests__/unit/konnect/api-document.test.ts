import { TerraformVariable } from 'cdktf';
import { Api, ApiDocument, type IApi } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, UUID } from '../../support/validation';

const CONTENT = '# Guide';
const API_ID = '${konnect_api.api_C8550315.id}';

function setUp() {
  const stack = stackWithProviders();
  return { stack, api: new Api(stack, 'api', { name: 'Orders' }) };
}

test('a document is published, and is replaced when the API becomes another one', () => {
  const { stack, api } = setUp();
  api.addDocument('guide', { slug: 'guide', content: CONTENT });
  const json = synthesize(stack);
  const document = json.only('konnect_api_document');
  expect(document).toEqual({
    api_id: API_ID,
    slug: 'guide',
    content: CONTENT,
    status: 'published',
    lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\./)] },
  });
  expect(json.replacementIds(document)).toEqual([{ id: API_ID }]);
});

test('writes every option, and escapes the content', () => {
  const { stack, api } = setUp();
  const options = { slug: 'draft_1', title: 'Draft', published: false, preventDestroy: true };
  api.addDocument('draft', { ...options, content: 'Costs ${10}' });
  expect(synthesize(stack).only('konnect_api_document')).toMatchObject({
    slug: 'draft_1',
    title: 'Draft',
    content: 'Costs $${10}',
    status: 'unpublished',
    lifecycle: { prevent_destroy: true },
  });
});

test('a document below another one names it, and is replaced when a parent becomes another one', () => {
  const { stack, api } = setUp();
  const guides = api.addDocument('guides', { slug: 'guides', content: CONTENT });
  const { resource } = guides.addDocument('first', { slug: 'first', content: CONTENT });
  const json = synthesize(stack);
  const parentDocumentId = `\${konnect_api_document.${guides.resource.friendlyUniqueId}.id}`;
  const document = json.resources('konnect_api_document')[resource.friendlyUniqueId];
  expect(document).toMatchObject({ api_id: API_ID, parent_document_id: parentDocumentId });
  expect(json.replacementIds(document)).toEqual([{ parentId: API_ID, parentDocumentId }]);
});

test('documents with the same parent are created one after the other, those of other parents at once', () => {
  const { stack, api } = setUp();
  const other = new Api(stack, 'other', { name: 'Other' });
  const add = (parent: Api | ApiDocument, slug: string) =>
    parent.addDocument(slug, { slug, content: CONTENT });
  const first = add(api, 'first');
  const second = add(api, 'second');
  const nested = add(first, 'nested');
  const elsewhere = add(other, 'first');
  const json = synthesize(stack).resources('konnect_api_document');
  const before = [first, second, nested, elsewhere].map(
    ({ resource }) => json[resource.friendlyUniqueId]?.depends_on,
  );
  expect(before).toEqual([
    undefined,
    [`konnect_api_document.${first.resource.friendlyUniqueId}`],
    undefined,
    undefined,
  ]);
});

test('an existing API gets documents', () => {
  const { stack } = setUp();
  const existing: IApi = Api.fromApiId(stack, 'existing', UUID);
  existing.addDocument('guide', { slug: 'guide', content: CONTENT });
  expect(synthesize(stack).only('konnect_api_document').api_id).toBe(UUID);
});

test('a parent must be of the same API', () => {
  const { stack, api } = setUp();
  const parent = new Api(stack, 'other', { name: 'Other' }).addDocument('guides', {
    slug: 'guides',
    content: CONTENT,
  });
  expectFailures(
    () => new ApiDocument(stack, 'it', { api, parent, slug: 'it', content: CONTENT }),
    ['parent', /must be a document of the same API/],
  );
});

test('a parent may be of an API whose id is known at apply', () => {
  const { stack } = setUp();
  const { stringValue } = new TerraformVariable(stack, 'api-id', {});
  const [api, same] = ['one', 'two'].map((id) => Api.fromApiId(stack, id, stringValue)) as [IApi, IApi];
  const parent = same.addDocument('guides', { slug: 'guides', content: CONTENT });
  new ApiDocument(stack, 'it', { api, parent, slug: 'it', content: CONTENT });
  expect(Object.keys(synthesize(stack).resources('konnect_api_document'))).toHaveLength(2);
});

test('a slug is unique among the documents with the same parent', () => {
  const { api } = setUp();
  const guides = api.addDocument('guides', { slug: 'guides', content: CONTENT });
  guides.addDocument('nested', { slug: 'guides', content: CONTENT });
  const again = { slug: 'guides', content: CONTENT };
  for (const parent of [api, guides]) {
    expectFailures(() => parent.addDocument('again', again), ['slug', /must be unique among the documents/]);
  }
});

test('a slug is not a path', () => {
  const { api } = setUp();
  expectFailures(
    () => api.addDocument('it', { slug: 'guides/it', content: CONTENT }),
    ['slug', /must contain only letters, digits, _ and -/],
  );
});
