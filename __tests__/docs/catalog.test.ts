import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { TerraformStack, Testing } from 'cdktf';
import { parse } from 'yaml';
import { ControlPlane, DevPortal } from '../../lib';
import { PortalCatalog } from '../../lib/catalog';

import { CatalogFolder } from '../support/catalog-fixture';
import { exampleFile } from '../support/examples';
import { stackWithProviders } from '../support/how-to';
import { Page } from '../support/pages';
import { synthesize } from '../support/synth';
import { messageOf } from '../support/validation';
import '../../testing/jest';

const SCHEMA = join(__dirname, '..', '..', 'schema', 'catalog.schema.json');

const folder = new CatalogFolder();

afterAll(() => folder.remove());

/** The control plane of the page. */
function controlPlane(stack: TerraformStack): ControlPlane {
  return new ControlPlane(stack, 'control-plane', { name: 'main' });
}

/** Validates as an editor does. */
function schemaErrors(text: string): unknown[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  ajv.validate(JSON.parse(readFileSync(SCHEMA, 'utf8')), parse(text));
  return ajv.errors ?? [];
}

describe('docs/data-files.md', () => {
  const [complete = '', ...others] = new Page('docs/data-files.md').codeBlocks('yaml');

  test('its file matches the schema', () => {
    expect(others).toEqual([]);
    expect(schemaErrors(complete)).toEqual([]);
    expect(schemaErrors(complete.replace('name:', 'nam:'))).toHaveLength(2);
  });

  test('its code creates every resource of the file', () => {
    const stack = stackWithProviders();
    const portals = { internal: new DevPortal(stack, 'internal', { name: 'Internal portal' }) };
    const file = folder.write('catalog.yaml', complete);
    new PortalCatalog(stack, 'catalog', { file, portals, controlPlanes: { main: controlPlane(stack) } });
    const json = synthesize(stack);
    expect(json.json).toMatchProviderSchemas();
    expect(json.counts()).toMatchObject({
      konnect_api: 1,
      konnect_api_implementation: 1,
      konnect_api_publication: 1,
      konnect_gateway_route: 1,
      konnect_gateway_service: 1,
      okta_app_oauth: 1,
    });
  });
});

test('the page of the example shows the error of a wrong file', () => {
  const [shown = ''] = new Page('examples/data-file/README.md').codeBlocks('text');
  cpSync(exampleFile('data-file', '.'), folder.path, { recursive: true });
  const catalog = readFileSync(join(folder.path, 'catalog.yaml'), 'utf8');
  const file = folder.write('catalog.yaml', catalog.replace('visibility: private', 'visibility: privat'));
  const stack = new TerraformStack(Testing.app(), 'data-file');
  const portals = {
    internal: new DevPortal(stack, 'internal', { name: 'Internal portal' }),
    partners: new DevPortal(stack, 'partners', { name: 'Partner portal', rbacEnabled: true }),
  };
  const wrong = () =>
    new PortalCatalog(stack, 'catalog', { file, portals, controlPlanes: { main: controlPlane(stack) } });
  expect(messageOf(wrong).replaceAll(join(folder.path, '/'), '')).toBe(shown.trimEnd());
});
