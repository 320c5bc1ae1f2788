import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { exampleFile } from '../support/examples';
import { Page } from '../support/pages';

const ROOT = resolve(__dirname, '..', '..');
const PAGES = Page.all();
const project = mkdtempSync(join(tmpdir(), 'docs-'));

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('every TypeScript snippet of the pages compiles under strict', () => {
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  const snippets = PAGES.flatMap((page) =>
    page
      .codeBlocks('ts')
      .map((code, index) => [`${page.path.replace(/\W/g, '-')}-${index}.ts`, code] as const),
  );
  expect(snippets).not.toEqual([]);
  // Stacks that snippets import.
  cpSync(exampleFile('tested-stack', 'orders-stack.ts'), join(project, 'orders-stack.ts'));
  cpSync(exampleFile('environments', 'portal-stack.ts'), join(project, 'portal-stack.ts'));
  writeFileSync(join(project, 'main.ts'), '');
  for (const [name, code] of snippets) {
    writeFileSync(join(project, name), code);
  }
  const compilerOptions = {
    target: 'es2022',
    module: 'node20',
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node', 'jest'],
    paths: {
      'okta-dev-portal-oidc': [join(ROOT, 'lib', 'index.ts')],
      'okta-dev-portal-oidc/catalog': [join(ROOT, 'lib', 'catalog', 'index.ts')],
      'okta-dev-portal-oidc/testing': [join(ROOT, 'testing', 'index.ts')],
      'okta-dev-portal-oidc/testing/jest': [join(ROOT, 'testing', 'jest.ts')],
      'okta-dev-portal-oidc-sandbox': [join(ROOT, 'packages', 'sandbox', 'src', 'index.ts')],
    },
  };
  writeFileSync(join(project, 'package.json'), '{ "type": "commonjs" }');
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
}, 60_000);

test.each([
  ['docs/test-your-stack.md', 'tested-stack', 'orders-stack.test.ts'],
  ['docs/environments.md', 'environments', 'portal-stack.ts'],
  ['docs/environments.md', 'environments', 'main.ts'],
])('%s shows examples/%s/%s', (page, example, file) => {
  expect(new Page(page).codeBlocks('ts')).toContain(readFileSync(exampleFile(example, file), 'utf8'));
});

test('every YAML and JSON block parses', () => {
  for (const page of PAGES) {
    page.codeBlocks('yaml').forEach((code) => {
      expect(() => parse(code)).not.toThrow();
    });
    page.codeBlocks('json').forEach((code) => {
      expect(() => JSON.parse(code)).not.toThrow();
    });
  }
});

interface Dependencies {
  readonly [name: string]: string;
}

function packageJson(folder: string): { readonly version: string } & {
  readonly [kind in 'dependencies' | 'peerDependencies']: Dependencies;
} {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
}

test('the package.json of the move to cdktn has the versions of the tests', () => {
  const [code = ''] = new Page('docs/move-to-cdktn.md').codeBlocks('json');
  const { dependencies, overrides, ...others } = JSON.parse(code) as {
    dependencies: Dependencies;
    overrides: Dependencies;
  };
  const { version, peerDependencies } = packageJson('.');
  const tested = packageJson('__tests__/support/cdktn').dependencies;
  const { cdktf, constructs, ...peers } = dependencies;
  expect(peers).toEqual({
    '@cdktf/provider-okta': peerDependencies['@cdktf/provider-okta'],
    '@kong/konnect-cdktf-bindings': peerDependencies['@kong/konnect-cdktf-bindings'],
    'okta-dev-portal-oidc': `^${version}`,
  });
  expect(cdktf).toBe(tested.cdktf?.replace('@', '@^'));
  expect(constructs).toMatch(`>=${tested.constructs} `);
  // npm takes it as the version of the dependency of that name.
  expect([overrides, others]).toEqual([{ cdktf: '$cdktf' }, {}]);
});
