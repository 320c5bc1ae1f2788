import { CatalogFolder } from '../../support/catalog-fixture';
import { synthesize } from '../../support/synth';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

const NO_TAG = 'must have no tag that JSON has nothing for';
const NO_TEXT = 'must have a text as key, no alias, list or mapping';
const WRITE_PLAIN = 'Remove the tag, and write a plain text, number, list or mapping';

/** Files that YAML reads without a word while it leaves out what they hold, by what is said instead. */
const lossy: { readonly [text: string]: string } = {
  'apis:\n  1: { name: A }\n  "1": { name: B }':
    'catalog.yaml:3:3: must not have a key twice. Received "\\"1\\": { name: B }". Remove or rename one of the two.',
  'apis: { true: { name: A }, "true": { name: B } }':
    'catalog.yaml:1:28: must not have a key twice. Received "apis: { true: { name: A }, \\"true\\": { name: B } }". Remove or rename one of the two.',
  'apis:\n  &k a: { name: A }\n  *k : { name: B }': `catalog.yaml:3:3: ${NO_TEXT}. Received "*k : { name: B }". Write the key out.`,
  'apis:\n  ? [a, b]\n  : { name: A }': `catalog.yaml:2:5: ${NO_TEXT}. Received "? [a, b]". Write the key out.`,
  'apis: !!set\n  ? a': `catalog.yaml:1:7: ${NO_TAG}. Received "apis: !!set". ${WRITE_PLAIN}.`,
  'apis: !!omap\n  - a: { name: A }': `catalog.yaml:1:7: ${NO_TAG}. Received "apis: !!omap". ${WRITE_PLAIN}.`,
  '%YAML 1.1\n---\napis: !!set\n  ? a': `catalog.yaml:3:7: ${NO_TAG}. Received "apis: !!set". ${WRITE_PLAIN}.`,
  'apis: { a: { name: !env HOME } }': `catalog.yaml:1:20: ${NO_TAG}. Received "apis: { a: { name: !env HOME } }". ${WRITE_PLAIN}.`,
  'apis: {}\n---\nclients: {}':
    'catalog.yaml:2:1: must be one document. Received "---". Write one document per file: join the two, or move the second to a file of its own.',
};

test.each(Object.entries(lossy))('nothing gets lost: %j', (text, fault) => {
  expect(folder.faultsOf(text)).toEqual([fault]);
});

test('no text of YAML 1.1 changes what a value is', () => {
  const { stack } = folder.catalogOf(
    '%YAML 1.1\n---\napis: { a: { name: yes, version: 2001-01-01, labels: { on: off } } }',
  );
  expect(synthesize(stack).only('konnect_api')).toEqual({
    name: 'yes',
    version: '2001-01-01',
    labels: { on: 'off' },
  });
});

const SERVICE = 'apis:\n  a: &a\n    name: A\n    service: { host: h, port: "80" }\n';
const NO_NUMBER = 'must be a whole number. Received "80". Write the number without quotes.';

/** Values that stand elsewhere than their path says. */
const merged: { readonly [text: string]: readonly string[] } = {
  [`${SERVICE}  b: { <<: *a, name: B }`]: [
    `catalog.yaml:4:31 apis.a.service.port: ${NO_NUMBER}`,
    `catalog.yaml:4:31 apis.b.service.port: ${NO_NUMBER}`,
  ],
  // The first of a list comes before the others, and the mapping's own key before all.
  [`${SERVICE}  b: { <<: [{ version: 1 }, *a, { version: 2 }], name: 5 }`]: [
    `catalog.yaml:4:31 apis.a.service.port: ${NO_NUMBER}`,
    `catalog.yaml:4:31 apis.b.service.port: ${NO_NUMBER}`,
    'catalog.yaml:5:24 apis.b.version: must be a text. Received 1. Put it in quotes.',
    'catalog.yaml:5:56 apis.b.name: must be a text. Received 5. Put it in quotes.',
  ],
  [`${SERVICE}  b: &b { <<: *a, name: B }\n  c: { <<: *b, name: C }`]: [
    `catalog.yaml:4:31 apis.a.service.port: ${NO_NUMBER}`,
    `catalog.yaml:4:31 apis.b.service.port: ${NO_NUMBER}`,
    `catalog.yaml:4:31 apis.c.service.port: ${NO_NUMBER}`,
  ],
  'apis:\n  a: &a { nam: A }\n  b: { <<: *a, name: B }': [
    'catalog.yaml:2:3 apis.a: must have the key name. Received {"nam":"A"}. Add name: Name, unique in the region together with the version.',
    'catalog.yaml:2:11 apis.a.nam: must be one of name, version, description, slug, labels, specification, service, strategy, portals. Received "nam". Write name.',
    'catalog.yaml:2:11 apis.b.nam: must be one of name, version, description, slug, labels, specification, service, strategy, portals. Received "nam". Write name.',
  ],
  'apis: { a: { "<<": { name: A }, name: B } }': [
    'catalog.yaml:1:14 apis.a.<<: must be one of name, version, description, slug, labels, specification, service, strategy, portals. Received "<<". Remove it, or choose one of these.',
  ],
  'apis:\n  a: { <<: Orders, name: A }\n  b: { <<: [{}, 1], name: B }': [
    'catalog.yaml:2:12: must be a mapping to merge, or a list of mappings. Received "a: { <<: Orders, name: A }". Name the anchor of one behind <<, or write the keys out.',
    'catalog.yaml:3:12: must be a mapping to merge, or a list of mappings. Received "b: { <<: [{}, 1], name: B }". Name the anchor of one behind <<, or write the keys out.',
  ],
  'apis:\n  a: &a { name: A }\n  b: { <<: *a, <<: { name: B } }': [
    'catalog.yaml:3:16: must not have a key twice. Received "b: { <<: *a, <<: { name: B } }". Merge with one <<, and a list of both behind it.',
  ],
};

test.each(Object.entries(merged))('what is merged: %j', (text, faults) => {
  expect(folder.faultsOf(text)).toEqual(faults);
});

test('what stands for nothing, in every spelling', () => {
  const fault = (place: string, received: string) =>
    `catalog.yaml:${place}: must be a mapping of keys to values. Received ${received}. Write the keys below it, indented.`;
  expect(folder.faultsOf('strategies: ~\napis:\nclients: null')).toEqual([
    fault('1:13 strategies', '~'),
    fault('2:6 apis', 'null'),
    fault('3:10 clients', 'null'),
  ]);
});

test.each(['apis: &a { orders: *a }', 'apis:\n  a: &a { name: A, labels: { <<: *a } }'])(
  'what is a part of itself: %j',
  (text) => {
    const faults = folder.faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      /^catalog\.yaml:\d:\d+: must not stand for what it is a part of\. Received "\*a"\. Correct the name, or write the value out\.$/,
    );
  },
);
