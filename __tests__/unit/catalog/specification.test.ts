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
])('%s is rejected', (path) => {
  folder.expectFailures(withSpecification(path), [
    [
      '2:56 apis.orders.specification',
      /must be a file in the folder of the catalog or below, and not hidden/,
    ],
  ]);
});

test.each(['specs/v1/orders.yaml', './specs/v1/../v1/orders.yaml', 'latest.yaml'])(
  '%s is published',
  (path) => {
    const { stack } = folder.catalogOf(withSpecification(path));
    expect(synthesize(stack).only('konnect_api_version').spec).toEqual({ content: 'openapi: 3.1.0' });
  },
);

test('the folder of the catalog may be a link or hidden', () => {
  const hidden = join(elsewhere.path, '.platform');
  mkdirSync(hidden);
  writeFileSync(join(hidden, 'spec.yaml'), 'openapi: 3.0.3');
  symlinkSync(hidden, join(elsewhere.path, 'platform'));
  for (const name of ['.platform/catalog.yaml', 'platform/catalog.yaml']) {
    const { stack } = elsewhere.catalogOf(withSpecification('spec.yaml'), undefined, name);
    expect(synthesize(stack).only('konnect_api_version').spec).toEqual({ content: 'openapi: 3.0.3' });
  }
});

test('a folder is rejected', () => {
  folder.expectFailures(withSpecification('specs'), [
    ['2:56 apis.orders.specification', /must be a readable file \(EISDIR\)/],
  ]);
});

test('the failure does not say whether a file elsewhere exists', () => {
  const [missing, existing] = ['/proc/self/there-is-none', '/proc/self/environ'].map(
    (path) => folder.failuresOf(withSpecification(path))[0],
  );
  expect({ ...missing, received: '' }).toEqual({ ...existing, received: '' });
});
