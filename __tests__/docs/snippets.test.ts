import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
  expect(snippets.length).toBeGreaterThan(20);
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
  expect(new Page('docs/test-your-stack.md').content).toContain(
    readFileSync(exampleFile('tested-stack', 'orders-stack.test.ts'), 'utf8'),
  );
});

/** Languages of code blocks, and the test that they are held against. */
const CHECKED = {
  ts: 'this one',
  json: 'this one',
  sh: 'docs-shell',
  console: 'docs-shell',
  mermaid: 'docs-pictures',
  js: 'package, as the configuration of a team',
  yaml: 'catalog/docs',
  text: 'catalog/docs',
};

test('every code block is of a language that a test checks', () => {
  const languages = PAGES.flatMap(({ path, content }) =>
    [...content.matchAll(/^ *```(\w*)\n[\s\S]*?^ *```$/gm)].map(([, language = '']) => ({ path, language })),
  );
  expect(new Set(languages.map(({ language }) => language))).toEqual(new Set(Object.keys(CHECKED)));
  const ofCatalogs = languages.filter(({ language }) => ['yaml', 'text'].includes(language));
  expect(new Set(ofCatalogs.map(({ path }) => path))).toEqual(
    new Set(['docs/data-files.md', 'examples/data-file/README.md']),
  );
  const configurations = languages.filter(({ language }) => language === 'js').map(({ path }) => path);
  expect(configurations).toEqual(['docs/test-your-stack.md']);
});

interface Dependencies {
  readonly [name: string]: string;
}

function packageJson(folder: string): { readonly version: string } & {
  readonly [kind in 'dependencies' | 'peerDependencies']: Dependencies;
} {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
}

test('the package.json of the move to cdktn takes what the tests run on', () => {
  const blocks = PAGES.flatMap((page) => page.codeBlocks('json').map((code) => [page.path, code] as const));
  const [[page, code]] = blocks as [(typeof blocks)[number]];
  expect([blocks.length, page]).toEqual([1, 'docs/move-to-cdktn.md']);
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
