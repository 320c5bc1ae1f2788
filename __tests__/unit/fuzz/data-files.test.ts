import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { Adoption, OktaDevPortalOidc, ValidationError } from '../../../lib';
import { CatalogError } from '../../../lib/catalog';
import { schemaViolations } from '../../../testing';
import { CatalogFolder, SCHEMA_FILE } from '../../support/catalog-fixture';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { UUID } from '../../support/validation';
import { allPathsOf, replaced, texts } from './paths';

/*
 * Files come from people who see no types. Any content is rejected with a place, or becomes JSON that Terraform accepts.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 150);

const folder = new CatalogFolder();
const adoptions = mkdtempSync(join(tmpdir(), 'adoptions-'));

afterAll(() => {
  folder.remove();
  rmSync(adoptions, { recursive: true });
});

/** A catalog with every key of the schema. */
const complete = {
  $schema: './catalog.schema.json',
  strategies: {
    read: {
      name: 'Read',
      displayName: 'Reading',
      scopes: ['orders.read'],
      authMethods: ['client_credentials', 'bearer'],
      scopesRequired: ['orders.read'],
      scopesClaim: ['scp'],
      audienceRequired: ['api://default'],
      audienceClaim: ['aud'],
      accessPolicy: {
        name: 'Clients of orders',
        description: 'Clients',
        priority: 2,
        ruleName: 'Tokens',
        groups: ['EVERYONE'],
        accessTokenLifetimeMinutes: 30,
      },
      labels: { team: 'orders' },
    },
  },
  apis: {
    orders: {
      name: 'Orders',
      version: '1.0.0',
      description: 'Orders of the company',
      slug: 'orders',
      labels: { team: 'orders' },
      specification: 'spec.yaml',
      strategy: 'read',
      service: {
        controlPlane: 'main',
        host: 'orders.internal',
        name: 'orders',
        protocol: 'https',
        port: 443,
        path: '/v1',
        retries: 3,
        routes: {
          orders: {
            name: 'all',
            paths: ['/orders'],
            hosts: ['a.example'],
            methods: ['GET'],
            protocols: ['https'],
            stripPath: true,
          },
        },
        tags: ['orders'],
      },
      portals: { main: { visibility: 'public', autoApproveRegistrations: true } },
    },
    stock: { name: 'Stock', service: { controlPlane: 'main', id: UUID } },
  },
  clients: {
    job: { label: 'Job', type: 'web', redirectUris: ['https://a.example/b'], strategies: ['read'] },
  },
};

/** An adoption file with every key. */
const adoption = {
  version: 2,
  stacks: {
    stack: {
      partial: true,
      imports: {
        'konnect_portal.portal_95FA52AA': '33333333-3333-4333-8333-333333333333',
        'konnect_gateway_service.service_6D174F83': `{"control_plane_id":"${UUID}","id":"${UUID}"}`,
      },
    },
  },
};

interface Schema {
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
}

/** Every key of the file, those of nested mappings too. */
function keysOf({ properties = {}, additionalProperties }: Schema): string[] {
  const inner = typeof additionalProperties === 'object' ? keysOf(additionalProperties) : [];
  return [...Object.keys(properties), ...Object.values(properties).flatMap(keysOf), ...inner];
}

/** What people and their tools write. */
const written = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1.5,
    1e308,
    '',
    ' ',
    'x'.repeat(10_000),
    '${data.x} %{if true}',
    '${TfToken[TOKEN.3]}',
    '../../../etc/hostname',
    'a\r\n"b"\t🎉\u2028',
    [],
    [null],
    [['a']],
    {},
    { key: 'value' },
    { __proto__: null, constructor: 'x' },
    { '${data.x}': { '/': null } },
  ),
  fc.string({ unit: 'grapheme' }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** What is wrong with the outcome: invalid Terraform, or failures in words of the code. Empty for a rejected file. */
function findings(make: () => { readonly stack: Parameters<typeof synthesize>[0] }): string[] {
  let json: object;
  try {
    json = synthesize(make().stack).json;
  } catch (error) {
    if (error instanceof CatalogError) {
      return error.catalogFailures
        .flatMap(({ rule, remedy }) => [rule, remedy])
        .filter((text) =>
          /\bprops?\b|the constructor|\bPass\b|OidcClientType|\bids? of another\b/i.test(text),
        );
    }
    // CDKTF keeps only the message of a failure at synthesis.
    if (
      ValidationError.isValidationError(error) ||
      (error instanceof Error && error.message.includes(': invalid input\n'))
    ) {
      return [];
    }
    throw error;
  }
  const garbage = texts(json).filter((text) =>
    /\[object |undefined|TfToken|(?<!\$)\$\{data\.x|(?<!%)%\{if/.test(text),
  );
  return [...schemaViolations(json), ...garbage];
}

beforeAll(() => {
  folder.write('spec.yaml', 'openapi: 3.1.0');
});

test('the example has every key of the schema, and is valid', () => {
  const schema: Schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));
  const names = allPathsOf(complete).map((path) => path.slice(path.lastIndexOf('.') + 1));
  expect(keysOf(schema).filter((key) => !names.includes(key))).toEqual([]);
  expect(folder.failuresOf(stringify(complete))).toEqual([]);
});

test('any change of a catalog is rejected or becomes valid JSON', () => {
  const path = fc.constantFrom(...allPathsOf(complete));
  fc.assert(
    fc.property(fc.array(fc.tuple(path, written), { minLength: 1, maxLength: 3 }), (changes) => {
      let data: unknown = complete;
      for (const [at, value] of [...changes].sort(([a], [b]) => b.length - a.length)) {
        data = replaced(data, at, () => value);
      }
      expect(findings(() => folder.catalogOf(stringify(data)))).toEqual([]);
    }),
    { numRuns: RUNS, seed: 1, includeErrorInReport: true },
  );
});

test('any text is rejected or becomes valid JSON', () => {
  const lines = stringify(complete).split('\n');
  const broken = fc
    .tuple(fc.nat(lines.length - 1), fc.string({ unit: 'grapheme' }))
    .map(([at, line]) => lines.map((each, index) => (index === at ? line : each)).join('\n'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), broken), (text) => {
      expect(findings(() => folder.catalogOf(text))).toEqual([]);
    }),
    { numRuns: RUNS, seed: 1, includeErrorInReport: true },
  );
});

test('any adoption file is rejected, or its resources are imported', () => {
  const file = join(adoptions, 'adopt.json');
  const adopting = () => {
    const stack = stackWithProviders();
    const { portal, api } = prerequisites(stack);
    new OktaDevPortalOidc(stack, 'oidc', {
      adopt: Adoption.fromFile(file),
      publications: { api: { api, portal } },
    });
    return { stack };
  };
  writeFileSync(file, JSON.stringify(adoption));
  expect(synthesize(adopting().stack).json.import).toHaveLength(2);
  const path = fc.constantFrom(...allPathsOf(adoption));
  fc.assert(
    fc.property(fc.array(fc.tuple(path, written), { minLength: 1, maxLength: 3 }), (changes) => {
      let content: unknown = adoption;
      for (const [at, value] of [...changes].sort(([a], [b]) => b.length - a.length)) {
        content = replaced(content, at, () => value);
      }
      writeFileSync(file, JSON.stringify(content) ?? '');
      expect(findings(adopting)).toEqual([]);
    }),
    { numRuns: RUNS, seed: 1, includeErrorInReport: true },
  );
});
