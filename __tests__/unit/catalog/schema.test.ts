import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import fc from 'fast-check';
import { CatalogFolder, SCHEMA_FILE } from '../../support/catalog-fixture';

interface Schema {
  readonly description?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
}

const ROOT = join(__dirname, '..', '..', '..');
const schema: Schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
const folder = new CatalogFolder();

afterAll(() => folder.remove());

test('is up to date: npm run docs', () => {
  const file = join(folder.path, 'schema.json');
  execFileSync(process.execPath, ['--import', 'tsx', join('scripts', 'catalog-schema.ts'), file], {
    cwd: ROOT,
  });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});

test('describes every key', () => {
  const keysOf = ({ properties = {}, additionalProperties }: Schema): [string, Schema][] => [
    ...Object.entries(properties),
    ...Object.values(properties).flatMap(keysOf),
    ...(typeof additionalProperties === 'object' ? keysOf(additionalProperties) : []),
  ];
  const keys = keysOf(schema);
  expect(keys.length).toBeGreaterThan(40);
  expect(keys.filter(([, { description }]) => !description)).toEqual([]);
});

const inService = (service: object) => ({ apis: { a: { name: 'A', service: { host: 'a', ...service } } } });

/** Catalogs with a value, each with a value that its schema rejects. */
const catalogs: {
  readonly [what: string]: readonly [catalogOf: (value: string) => object, invalid: string];
} = {
  slug: [(slug) => ({ apis: { a: { name: 'A', slug } } }), 'a b'],
  name: [(name) => ({ apis: { a: { name } } }), 'x'.repeat(256)],
  key: [(key) => ({ apis: { [key]: { name: 'A' } } }), 'a.b'],
  label: [(team) => ({ apis: { a: { name: 'A', labels: { team } } } }), '-'],
  'label key': [(key) => ({ apis: { a: { name: 'A', labels: { [key]: 'a' } } } }), 'kong-a'],
  path: [(path) => inService({ path }), 'a'],
  'route path': [(path) => inService({ routes: { r: { paths: [path] } } }), 'a'],
  'service name': [(name) => inService({ name }), 'a b'],
  protocol: [(protocol) => inService({ protocol }), 'HTTP'],
  tag: [(tag) => inService({ tags: [tag] }), 'a/b'],
  id: [(id) => ({ apis: { a: { name: 'A', service: { id } } } }), 'a'],
  scope: [(scope) => ({ strategies: { s: { scopes: [scope] } } }), 'openid'],
};

const values = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.uuid(),
  fc.string().map((each) => `/${each}`),
  fc.stringMatching(/^[a-zA-Z0-9._-]{1,70}$/),
  fc.constantFrom('openid', 'okta.users', '~/a', 'tls_passthrough', 'x'.repeat(255), 'x'.repeat(256)),
);

test.each(Object.entries(catalogs))('accepts what the library accepts: %s', (_what, [catalogOf, invalid]) => {
  expect(validate(catalogOf(invalid))).toBe(false);
  fc.assert(
    fc.property(values, (value) => {
      const catalog = catalogOf(value);
      const isValid = folder.failuresOf(JSON.stringify(catalog), undefined, 'catalog.json').length === 0;
      expect(isValid && !validate(catalog)).toBe(false);
    }),
    { numRuns: 40 },
  );
});
