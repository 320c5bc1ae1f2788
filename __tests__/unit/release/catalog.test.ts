import type { TerraformStack } from 'cdktf';
import { type DevPortal, OktaDevPortalOidc } from '../../../lib';
import { CatalogFolder } from '../../support/catalog-fixture';
import { synthesize } from '../../support/synth';
import { catchSynthError, expectFailures, expectSynthFailures } from '../../support/validation';
import { removedAddresses } from './removed-blocks';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

const CATALOG = `
apis:
  orders:
    name: Orders
    service: { host: orders.internal, routes: { orders: { paths: [/orders] } } }
    portals: { main: }
clients:
  job: { label: Job, type: service }
`;

const inCode = (stack: TerraformStack) => ({ strategies: { code: new OktaDevPortalOidc(stack, 'code') } });

test('everything in the file is released, and the portals stay', () => {
  const { stack, catalog } = folder.catalogOf(CATALOG);
  const before = synthesize(folder.catalogOf(CATALOG).stack).addresses();
  catalog.release();
  catalog.release();
  const json = synthesize(stack);
  expect(json.addresses()).toEqual(before.filter((address) => !address.includes('.catalog_')));
  expect(removedAddresses(json)).toEqual(before.filter((address) => address.includes('.catalog_')));
});

test('what the file adds to a strategy of the code is released too', () => {
  const { stack, catalog } = folder.catalogOf(CATALOG, inCode);
  const code = stack.node.findChild('code') as OktaDevPortalOidc;
  catalog.release();
  code.allowClient('0oa1');
  const json = synthesize(stack);
  expect(json.counts()).toMatchObject({ konnect_application_auth_strategy: 1, okta_auth_server_policy: 1 });
  expect(json.only('okta_auth_server_policy').client_whitelist).toEqual(['0oa1']);
  expect(Object.keys(json.counts())).not.toContain('konnect_api_publication');
});

test('a file with nothing but clients of a strategy of the code can be released', () => {
  const { stack, catalog } = folder.catalogOf('clients: { job: { label: Job, type: service } }', inCode);
  catalog.release();
  (stack.node.findChild('code') as OktaDevPortalOidc).allowClient('0oa1');
  expect(removedAddresses(synthesize(stack))).toEqual([expect.stringMatching(/^okta_app_oauth\./)]);
});

test('a policy of the code that still has a client of the file is an error', () => {
  const { stack, catalog } = folder.catalogOf(CATALOG, inCode);
  catalog.release();
  expectSynthFailures(stack, ['reference', /Received stack\/code\/Client-job/, 'stack/code/AccessPolicy']);
});

test('a file without resources cannot be released', () => {
  const { catalog } = folder.catalogOf('{}', inCode);
  expectFailures(() => catalog.release(), ['release', /must be called on a construct with resources/]);
});

test('a reference of the file to a released construct names its line', () => {
  const { stack } = folder.catalogOf(CATALOG);
  (stack.node.findChild('main') as DevPortal).release();
  expect(catchSynthError(stack)).toMatch(
    /catalog\.yaml:6:22 apis\.orders\.portals\.main` must not be to a released construct .*DevPortal\.fromPortalId/,
  );
});
