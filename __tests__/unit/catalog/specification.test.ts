import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogFolder } from '../../support/catalog-fixture';
import { synthesize } from '../../support/synth';

const folder = new CatalogFolder();
const elsewhere = new CatalogFolder();

/** A catalog with one specification. */
const withSpecification = (path: string) =>
  `apis:\n  orders: { name: Orders, version: "1", specification: ${JSON.stringify(path)} }\n`;

beforeAll(() => {
  mkdirSync(join(folder.path, 'specs', 'v1'), { recursive: true });
  mkdirSync(join(folder.path, '.git'));
  folder.write('specs/v1/orders.yaml', 'openapi: 3.1.0');
  folder.write('.env', 'OKTA_API_TOKEN=secret');
  folder.write('.git/config', 'extraheader = AUTHORIZATION: basic secret');
  elsewhere.write('secret.yaml', 'openapi: secret');
  symlinkSync(join(elsewhere.path, 'secret.yaml'), join(folder.path, 'link.yaml'));
  symlinkSync(elsewhere.path, join(folder.path, 'folder'));
  symlinkSync(join(folder.path, '.env'), join(folder.path, 'environment.yaml'));
  symlinkSync(join(folder.path, 'specs', 'v1', 'orders.yaml'), join(folder.path, 'latest.yaml'));
});

afterAll(() => {
  folder.remove();
  elsewhere.remove();
});

test.each([
  '/proc/self/environ',
  '/proc/self/there-is-none',
  '../../../../../../etc/hostname',
  '../there-is-none.yaml',
  'specs/../../there-is-none.yaml',
  join(elsewhere.path, 'secret.yaml'),
  'link.yaml',
  'folder/secret.yaml',
  '.env',
  '.git/config',
  'specs/../.env',
  'environment.yaml',
])('%s is published by nobody', (path) => {
  expect(
    folder.faultsOf(withSpecification(path)).map((fault) => fault.replaceAll(elsewhere.path, '~')),
  ).toEqual([
    `catalog.yaml:2:56 apis.orders.specification: must be a file in the folder of the catalog, or in one below it, and none that is hidden: what it says is published. Received ${JSON.stringify(path).replaceAll(elsewhere.path, '~')}. Put the document beside the catalog, and give its path from there.`,
  ]);
});

test.each(['specs/v1/orders.yaml', './specs/v1/../v1/orders.yaml', 'latest.yaml'])('%s is', (path) => {
  const { stack } = folder.catalogOf(withSpecification(path));
  expect(synthesize(stack).only('konnect_api_version').spec).toEqual({ content: 'openapi: 3.1.0' });
});

test('so is one beside a catalog that is reached by a link, or lies in a hidden folder', () => {
  const hidden = join(elsewhere.path, '.platform');
  mkdirSync(hidden);
  writeFileSync(join(hidden, 'spec.yaml'), 'openapi: 3.0.3');
  symlinkSync(hidden, join(elsewhere.path, 'platform'));
  for (const name of ['.platform/catalog.yaml', 'platform/catalog.yaml']) {
    const { stack } = elsewhere.catalogOf(withSpecification('spec.yaml'), {}, name);
    expect(synthesize(stack).only('konnect_api_version').spec).toEqual({ content: 'openapi: 3.0.3' });
  }
});

test('a folder is no file', () => {
  expect(folder.faultsOf(withSpecification('specs'))).toEqual([
    'catalog.yaml:2:56 apis.orders.specification: must be a file that can be read (EISDIR). Received "specs". Give its path from the folder of the catalog.',
  ]);
});
