import { Token } from 'cdktf';
import { CatalogFolder, type ExpectedFailure } from '../../support/catalog-fixture';
import { synthesize } from '../../support/synth';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

const TAG = /must not have a tag/;
const STRING_KEY = /must be a string key/;
const TWICE = /must not contain a key twice/;

/** Texts that are no data. YAML reads some of them without an error, and drops entries. */
const noData: { readonly [text: string]: ExpectedFailure } = {
  'apis:\n\torders: 1': ['2:1', /must be valid YAML or JSON/],
  'apis:\n  orders: { name: Orders }\n  orders: { name: Others }': ['3:3', TWICE],
  'apis:\n  1: { name: A }\n  "1": { name: B }': ['3:3', TWICE],
  'apis: { true: { name: A }, "true": { name: B } }': ['1:28', TWICE],
  'apis:\n  a: &a { name: A }\n  b: { <<: *a, <<: { name: B } }': ['3:16', TWICE],
  'apis:\n  &k a: { name: A }\n  *k : { name: B }': ['3:3', STRING_KEY],
  'apis:\n  ? [a, b]\n  : { name: A }': ['2:5', STRING_KEY],
  'apis: !!set\n  ? a': ['1:7', TAG],
  'apis: !!omap\n  - a: { name: A }': ['1:7', TAG],
  '%YAML 1.1\n---\napis: !!set\n  ? a': ['3:7', TAG],
  'apis: { a: { name: !env HOME } }': ['1:20', TAG],
  'apis: {}\n---\nclients: {}': ['2:1', /must contain one document/],
  'apis: { orders: { name: *nobody } }': ['1:25', /must name an anchor/],
  'apis:\n  a: { name: *later }\n  b: { name: &later B }': ['2:14', /must name an anchor/],
  'apis: &a { orders: *a }': ['1:20', /must not refer to a value that contains it/],
  'apis:\n  a: &a { name: A, labels: { <<: *a } }': ['2:34', /must not refer to a value that contains it/],
  'apis:\n  a: { <<: Orders, name: A }': ['2:12', /must be a mapping to merge/],
  'apis:\n  b: { <<: [{}, 1], name: B }': ['2:12', /must be a mapping to merge/],
};

test.each(Object.entries(noData))('%j', (text, expected) => {
  folder.expectFailures(text, [expected]);
});

test('all syntax errors at once', () => {
  folder.expectFailures('apis:\n  a: { name: *x }\n  b: { name: !env B }\n', [
    ['2:14', /must name an anchor/],
    ['3:14', TAG],
  ]);
});

describe('tokens, which would read values of the app', () => {
  const token = '${TfToken[TOKEN.1]}';

  test.each([
    [`apis: { a: { name: "x ${token}" } }`, '1:20'],
    [`apis: { a: { name: "\\u0024{TfToken[TOKEN.1]}" } }`, '1:20'],
    [`apis: { a: { name: A, labels: { "${token}": b } } }`, '1:33'],
    [`apis: { a: { name: A, service: { host: a, port: ${Token.asNumber('x')} } } }`, '1:49'],
    // One path with two values.
    [`apis: { a: { b: 1 }, a.b: "${token}" }`, '1:27'],
  ])('%s', (text, place) => {
    folder.expectFailures(text, [[place, /must not contain a CDKTF token/]]);
  });

  test('in a specification', () => {
    folder.write('spec.yaml', `info: ${token}`);
    folder.expectFailures('apis: { a: { name: A, version: "1", specification: spec.yaml } }', [
      ['1:52 apis.a.specification', /must not contain a CDKTF token/],
    ]);
  });
});

test('aliases that multiply', () => {
  const levels = [...'abcdefghi'].map(
    (name, index, all) => `${name}: &${name} [${Array(9).fill(index ? `*${all[index - 1]}` : 'x')}]`,
  );
  folder.expectFailures(levels.join('\n'), [['1:1', /must not expand so many aliases/]]);
});

test('YAML 1.1 does not change what a value is', () => {
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
const NUMBER = /must be a finite number/;

/** Failures of values that are at another place than their path says. */
const merged: { readonly [text: string]: readonly ExpectedFailure[] } = {
  [`${SERVICE}  b: { <<: *a, name: B }`]: [
    ['4:31 apis.a.service.port', NUMBER],
    ['4:31 apis.b.service.port', NUMBER],
  ],
  // The first of a list has precedence over the others, and the mapping's own keys over all.
  [`${SERVICE}  b: { <<: [{ version: 1 }, *a, { version: 2 }], name: 5 }`]: [
    ['4:31 apis.a.service.port', NUMBER],
    ['4:31 apis.b.service.port', NUMBER],
    ['5:24 apis.b.version', /must be a string/],
    ['5:56 apis.b.name', /must be a string/],
  ],
  [`${SERVICE}  b: &b { <<: *a, name: B }\n  c: { <<: *b, name: C }`]: [
    ['4:31 apis.a.service.port', NUMBER],
    ['4:31 apis.b.service.port', NUMBER],
    ['4:31 apis.c.service.port', NUMBER],
  ],
  'apis:\n  a: { name: A, labels: &l { x: "-" } }\n  b: { name: B, labels: *l }': [
    ['2:33 apis.a.labels.x', /must have a value/],
    ['2:33 apis.b.labels.x', /must have a value/],
  ],
  'apis:\n  a: &a { nam: A }\n  b: { <<: *a, name: B }': [
    ['2:3 apis.a.name', /is required/],
    ['2:11 apis.a.nam', /is not a known key/],
    ['2:11 apis.b.nam', /is not a known key/],
  ],
  'apis: { a: { "<<": { name: A }, name: B } }': [['1:14 apis.a.<<', /is not a known key/]],
};

test.each(Object.entries(merged))('merged: %j', (text, expected) => {
  folder.expectFailures(text, expected);
});
