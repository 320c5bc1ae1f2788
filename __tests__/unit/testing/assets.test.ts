import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type App, AssetType, Fn, TerraformAsset, TerraformStack, Testing } from 'cdktf';
import { DevPortal } from '../../../lib';
import { synthesizedStacks, type Testable } from '../../../testing';

let folder: string;
let app: App;
let stack: TerraformStack;
let asset: TerraformAsset;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'asset-'));
  writeFileSync(join(folder, 'home.md'), '# Home');
  app = Testing.app();
  stack = new TerraformStack(app, 'stack');
  new KonnectProvider(stack, 'konnect', {});
  asset = new TerraformAsset(stack, 'home', { path: join(folder, 'home.md'), type: AssetType.FILE });
  new DevPortal(stack, 'portal', { name: 'Portal', homePage: Fn.file(asset.path) });
});

afterEach(() => rmSync(folder, { recursive: true }));

test.each<[string, () => Testable]>([
  ['an app', () => app],
  ['a stack', () => stack],
])('synthesized stacks of %s have the folder of their assets', (_case, source) => {
  const [{ json, assets }] = synthesizedStacks(source());
  expect(json).toContain(`file(\\"${asset.path}\\")`);
  const file = asset.path.replace(/^assets/, String(assets));
  expect(readFileSync(file, 'utf8')).toBe('# Home');
});

test('a stack without assets has none', () => {
  const other = new TerraformStack(Testing.app(), 'stack');
  new KonnectProvider(other, 'konnect', {});
  expect(synthesizedStacks(other)[0]).not.toHaveProperty('assets');
});
