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

/** Catalogs with a value. */
const catalogs: { readonly [what: string]: (value: string) => object } = {
  slug: (slug) => ({ apis: { a: { name: 'A', slug } } }),
  name: (name) => ({ apis: { a: { name } } }),
  key: (key) => ({ apis: { [key]: { name: 'A' } } }),
  label: (team) => ({ apis: { a: { name: 'A', labels: { team } } } }),
  'label key': (key) => ({ apis: { a: { name: 'A', labels: { [key]: 'a' } } } }),
  path: (path) => ({ apis: { a: { name: 'A', service: { host: 'a', path } } } }),
  'route path': (path) => ({
    apis: { a: { name: 'A', service: { host: 'a', routes: { r: { paths: [path] } } } } },
  }),
  'service name': (name) => ({ apis: { a: { name: 'A', service: { host: 'a', name } } } }),
  protocol: (protocol) => ({ apis: { a: { name: 'A', service: { host: 'a', protocol } } } }),
  tag: (tag) => ({ apis: { a: { name: 'A', service: { host: 'a', tags: [tag] } } } }),
  id: (id) => ({ apis: { a: { name: 'A', service: { id } } } }),
  scope: (scope) => ({ strategies: { s: { scopes: [scope] } } }),
};

const values = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.uuid(),
  fc.string().map((each) => `/${each}`),
  fc.stringMatching(/^[a-zA-Z0-9._-]{1,70}$/),
  fc.constantFrom('openid', 'okta.users', '~/a', 'tls_passthrough', 'x'.repeat(255), 'x'.repeat(256)),
);

test.each(Object.entries(catalogs))('accepts what the library accepts: %s', (_what, catalogOf) => {
  fc.assert(
    fc.property(values, (value) => {
      const catalog = catalogOf(value);
      const failures = folder.failuresOf(JSON.stringify(catalog), undefined, 'catalog.json');
      expect([value, validate(catalog)]).toEqual([value, failures.length === 0]);
    }),
    { numRuns: 40 },
  );
});
