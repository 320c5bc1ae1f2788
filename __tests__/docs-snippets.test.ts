import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exampleFile } from '../test-support/examples';

const ROOT = resolve(__dirname, '..');
const DOCS = join(ROOT, 'docs');
const PAGES = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const project = mkdtempSync(join(tmpdir(), 'docs-'));

afterAll(() => rmSync(project, { recursive: true, force: true }));

const read = (page: string) => readFileSync(join(DOCS, page), 'utf8');

test('every TypeScript snippet of the pages compiles under strict', () => {
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  const snippets = PAGES.flatMap((page) =>
    [...read(page).matchAll(/^```ts\n(.*?)^```$/gms)].map(
      ([, code], index) => [`${page.replace('.md', '')}-${index}.ts`, code] as const,
    ),
  );
  expect(snippets.length).toBeGreaterThan(4);
  // The stack that the page on tests is about.
  cpSync(exampleFile('tested-stack', 'orders-stack.ts'), join(project, 'orders-stack.ts'));
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

test('the tests that the page on tests shows are those of the example', () => {
  expect(read('test-your-stack.md')).toContain(
    readFileSync(exampleFile('tested-stack', 'orders-stack.test.ts'), 'utf8'),
  );
});
