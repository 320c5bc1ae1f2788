import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { TerraformStack, Testing } from 'cdktf';
import { parse } from 'yaml';
import { DevPortal } from '../../lib';
import { PortalCatalog } from '../../lib/catalog';
import { schemaPath } from '../../lib/catalog/schema-check';
import { CatalogFolder } from '../support/catalog-fixture';
import { exampleFile } from '../support/examples';
import { stackWithProviders } from '../support/how-to';
import { Page } from '../support/pages';
import { synthesize } from '../support/synth';
import { expectValid } from '../support/valid';
import { messageOf, UUID } from '../support/validation';

const folder = new CatalogFolder();

afterAll(() => folder.remove());

/** What an editor does that knows nothing of this library. */
function schemaErrors(text: string): unknown[] {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  ajv.addVocabulary(['x-rule']);
  ajv.validate(JSON.parse(readFileSync(schemaPath(), 'utf8')), parse(text));
  return ajv.errors ?? [];
}

describe('docs/data-files.md', () => {
  const [complete = '', ...others] = new Page('docs/data-files.md').codeBlocks('yaml');

  test('has one complete file, which the schema takes', () => {
    expect(others).toEqual([]);
    expect(schemaErrors(complete)).toEqual([]);
    expect(schemaErrors(complete.replace('name:', 'nam:'))).toHaveLength(2);
  });

  test('the code of the page makes every resource of the file', () => {
    const stack = stackWithProviders();
    const portals = { internal: new DevPortal(stack, 'internal', { name: 'Internal portal' }) };
    const file = folder.write('catalog.yaml', complete);
    new PortalCatalog(stack, 'catalog', { file, portals, controlPlaneIds: { main: UUID } });
    const json = synthesize(stack);
    expectValid(json.json);
    expect(json.counts()).toMatchObject({
      konnect_api: 1,
      konnect_api_implementation: 1,
      konnect_api_publication: 1,
      konnect_gateway_route: 1,
      konnect_gateway_service: 1,
      okta_app_oauth: 1,
    });
  });

  test('the file and the code of the page name the same keys', () => {
    const [code = ''] = new Page('docs/data-files.md').codeBlocks('ts');
    expect(code).toContain(
      "portals: { internal: new DevPortal(stack, 'internal', { name: 'Internal portal' }) }",
    );
    expect(code).toContain('controlPlaneIds: { main: controlPlaneId }');
  });
});

test('the error of the example is what the example says when it is wrong like that', () => {
  const [shown = ''] = new Page('examples/data-file/README.md').codeBlocks('text');
  cpSync(exampleFile('data-file', '.'), folder.path, { recursive: true });
  const catalog = readFileSync(join(folder.path, 'catalog.yaml'), 'utf8');
  const file = folder.write('catalog.yaml', catalog.replace('visibility: private', 'visibility: privat'));
  const stack = new TerraformStack(Testing.app(), 'data-file');
  const portals = {
    internal: new DevPortal(stack, 'internal', { name: 'Internal portal' }),
    partners: new DevPortal(stack, 'partners', { name: 'Partner portal', rbacEnabled: true }),
  };
  const wrong = () => new PortalCatalog(stack, 'catalog', { file, portals, controlPlaneIds: { main: UUID } });
  expect(messageOf(wrong).replaceAll(join(folder.path, '/'), '')).toBe(shown.trimEnd());
});
