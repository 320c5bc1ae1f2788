import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020';
import fc from 'fast-check';
import { schemaPath } from '../../../lib/catalog/schema-check';
import { rules } from '../../../lib/rules';
import { gatewayRules } from '../../../lib/rules-gateway';
import { CatalogFolder } from '../../support/catalog-fixture';

interface Schema {
  readonly description?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly $defs?: { readonly [name: string]: Schema };
}

const text = readFileSync(schemaPath(), 'utf8');
const schema = JSON.parse(text) as Schema;
const folder = new CatalogFolder();

afterAll(() => folder.remove());

test('is a schema that other validators take, annotations apart', () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  ajv.addVocabulary(['x-rule']);
  const validate = ajv.compile(schema);
  expect(validate({ apis: { orders: { name: 'Orders' } } })).toBe(true);
  expect(validate({ apis: { orders: {} } })).toBe(false);
});

test('describes every key, for the editors that complete them', () => {
  const keys = [schema, ...Object.values(schema.$defs ?? {})].flatMap((each) =>
    Object.entries(each.properties ?? {}),
  );
  const described = new Set(
    Object.entries(schema.$defs ?? {}).flatMap(([name, each]) => (each.description ? name : [])),
  );
  const without = keys.filter(
    ([, each]) => !each.description && !described.has(String(Object(each).$ref).split('/').at(-1) ?? ''),
  );
  expect(keys.length).toBeGreaterThan(30);
  expect(without).toEqual([]);
});

test('names rules of the library only', () => {
  const named = [...text.matchAll(/"x-rule": "(\w+)"/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !Object.hasOwn({ ...rules, ...gatewayRules }, name))).toEqual([]);
});

/** Catalogs around a value, with the rule that the library has for it. */
const places: readonly (readonly [string, (value: string) => object, (value: string) => boolean])[] = [
  ['slug', (slug) => ({ apis: { a: { name: 'A', slug } } }), rules.apiSlug.holds],
  ['name', (name) => ({ apis: { a: { name } } }), rules.name255.holds],
  ['label', (team) => ({ apis: { a: { name: 'A', labels: { team } } } }), rules.labelValue.holds],
  [
    'path',
    (path) => ({ apis: { a: { name: 'A', service: { host: 'a', path } } } }),
    gatewayRules.gatewayPath.holds,
  ],
  [
    'route path',
    (path) => ({ apis: { a: { name: 'A', service: { host: 'a', routes: { r: { paths: [path] } } } } } }),
    gatewayRules.routePath.holds,
  ],
  [
    'service name',
    (name) => ({ apis: { a: { name: 'A', service: { host: 'a', name } } } }),
    gatewayRules.gatewayName.holds,
  ],
  [
    'route name',
    (name) => ({ apis: { a: { name: 'A', service: { host: 'a', routes: { r: { name, hosts: ['a'] } } } } } }),
    gatewayRules.gatewayName.holds,
  ],
  [
    'protocol',
    (protocol) => ({ apis: { a: { name: 'A', service: { host: 'a', protocol } } } }),
    gatewayRules.gatewayProtocol.holds,
  ],
  [
    'tag',
    (tag) => ({ apis: { a: { name: 'A', service: { host: 'a', tags: [tag] } } } }),
    gatewayRules.gatewayTag.holds,
  ],
  ['id', (id) => ({ apis: { a: { name: 'A', service: { id } } } }), rules.uuid.holds],
  [
    'scope',
    (scope) => ({ strategies: { s: { scopes: [scope] } } }),
    (scope) => rules.scopeName.holds(scope) && rules.scopeNotReserved.holds(scope),
  ],
  [
    'redirect URI',
    (uri) => ({ clients: { c: { label: 'C', redirectUris: [uri] } } }),
    rules.redirectUri.holds,
  ],
];

const candidates = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.webUrl(),
  fc.uuid(),
  fc.string().map((each) => `/${each}`),
  fc.stringMatching(/^[a-zA-Z0-9._-]{1,70}$/),
  fc.constantFrom(
    'openid',
    'okta.users',
    '~/a',
    'com.example:/x',
    'tls_passthrough',
    'x'.repeat(255),
    'x'.repeat(256),
  ),
);

test.each(places)('takes and refuses what the library does: %s', (_what, catalogOf, holds) => {
  fc.assert(
    fc.property(candidates, (value) => {
      expect(folder.faultsOf(JSON.stringify(catalogOf(value)), {}, 'catalog.json').length === 0).toBe(
        holds(value),
      );
    }),
    { numRuns: 40 },
  );
});
