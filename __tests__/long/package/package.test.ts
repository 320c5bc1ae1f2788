import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { compilers } from '../../e2e/bindings/bindings';
import { refreshLibrary, tsc } from '../../support/compile';
import { describeWithTerraform } from '../../support/sandbox';
import { runConsumerTests, type Transformer, writeConsumerProject } from './consumer-project';
import {
  bindingsContents,
  deadLinks,
  libraryContents,
  sandboxContents,
  withoutStrays,
} from './package-contents';
import { PackedProject } from './packed-project';
import { runWith, type TestRunner } from './test-runners';
import { SUBPATHS, VITEST } from './type-checks';

const root = join(__dirname, '..', '..', '..');
const packed = new PackedProject();
const project = packed.folder;
const BINDINGS = join('packages', 'konnect-cdktf-bindings');
const SANDBOX = join('packages', 'sandbox');

let library: string[];
let bindings: string[];
let sandbox: string[];

beforeAll(() => {
  refreshLibrary();
  tsc('-p', join(SANDBOX, 'tsconfig.build.json'));
  writeFileSync(join(project, 'package.json'), '{ "name": "user", "private": true }');
  library = withoutStrays('.', 'dist', packed.install('okta-dev-portal-oidc', '.'));
  bindings = withoutStrays(BINDINGS, 'lib', packed.install('@kong/konnect-cdktf-bindings', BINDINGS));
  sandbox = withoutStrays(SANDBOX, 'dist', packed.install('okta-dev-portal-oidc-sandbox', SANDBOX));
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2022',
        module: 'node16',
        types: [],
        skipLibCheck: false,
        outDir: 'out',
      },
      include: ['main.ts'],
    }),
  );
  writeFileSync(
    join(project, 'main.ts'),
    readFileSync(join(root, 'main.ts'), 'utf8').replaceAll('process.env[name] ?? ', ''),
  );
}, 60_000);

afterAll(() => packed.remove());

// A file that was left behind by a source that is gone: npm run build clears it.
test('the packages contain what is built, their pages, and nothing else', () => {
  expect(library).toEqual(['package.json', ...libraryContents()].sort());
  expect(sandbox).toEqual(['package.json', ...sandboxContents()].sort());
  expect(bindings).toEqual(['package.json', ...bindingsContents()].sort());
});

test('other files in the working folder are not part of them', () => {
  const left = ['docs/notes.md', 'examples/adopted/cdktf.out/manifest.json', 'examples/é/main.ts'];
  const files = ['dist/lib/stale.js', 'docs/adopt.md', 'LICENSE'];
  expect(withoutStrays('.', 'dist', [...files, ...left])).toEqual(files);
  expect(withoutStrays(SANDBOX, 'dist', ['dist/stale.js', 'notes.md', 'package.json'])).toEqual([
    'dist/stale.js',
    'package.json',
  ]);
});

test('a build starts with an empty folder', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(scripts.build).toMatch(/^node scripts\/clean\.mjs && node scripts\/bundle\.mjs /);
  const folder = mkdtempSync(join(tmpdir(), 'built-'));
  const stale = [join('dist', 'lib', 'stale.js'), join(SANDBOX, 'dist', 'stale.js')];
  for (const file of [...stale, 'kept.js']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  execFileSync(process.execPath, [join(root, 'scripts', 'clean.mjs'), folder]);
  expect([...stale, 'kept.js'].filter((file) => existsSync(join(folder, file)))).toEqual(['kept.js']);
  rmSync(folder, { recursive: true });
});

test('every link of the packed pages leads to a packed file, except on pages about the repository', () => {
  const forContributors =
    /^(CONTRIBUTING|SECURITY|docs\/reliability|testing\/README|scripts\/bench\/RESULTS)\.md: /;
  expect(deadLinks('', library).filter((link) => !forContributors.test(link))).toEqual([]);
  expect(deadLinks(SANDBOX, sandbox)).toEqual([]);
  expect(deadLinks(BINDINGS, bindings)).toEqual([]);
});

test('the packed test kit checks a stack with the packed schemas', () => {
  const script = `
    const { TerraformStack, Testing } = require('cdktf');
    const { KonnectProvider } = require('@kong/konnect-cdktf-bindings/lib/provider');
    const { DevPortal } = require('okta-dev-portal-oidc');
    const { schemaViolations } = require('okta-dev-portal-oidc/testing');
    const { matchers } = require('okta-dev-portal-oidc/testing/jest');
    const stack = new TerraformStack(Testing.app(), 'stack');
    new KonnectProvider(stack, 'konnect', {});
    new DevPortal(stack, 'portal', { name: 'Portal' }).resource.addOverride('nmae', 1);
    const { pass } = matchers.toMatchProviderSchemas(stack);
    console.log(pass, schemaViolations(JSON.parse(Testing.synth(stack))).join());`;
  const printed = packed.run(script);
  expect(printed).toMatch(/^false konnect_portal\.portal\w*: unknown attribute "nmae"\n$/);
});

test.each<TestRunner>(['vitest', 'node:test'])('the packed test kit works with %s', (runner) => {
  packed.link('vitest');
  const { status, stdout, stderr } = runWith(runner, join(project, runner.replace(/\W/g, '-')));
  expect(stdout + stderr).toMatch(/(Tests +1 passed|# pass 1\n)/);
  expect(status).toBe(0);
});

describeWithTerraform('the tests of a consumer project', () => {
  test.each<Transformer>(['babel-jest', '@swc/jest'])(
    'pass with the packed packages, and with jest as it comes with %s',
    (transformer) => {
      packed.link('jest', '@swc/core', '@swc/jest');
      const folder = join(project, transformer.replace(/\W/g, ''));
      writeConsumerProject(folder, transformer);
      const { status, stderr } = runConsumerTests(folder);
      expect(stderr).toMatch(/Tests: +8 passed, 8 total/);
      expect(status).toBe(0);
    },
    120_000,
  );
});

/** What npm links a command to. */
function binOf(folder: string, name: string): string {
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: { [command: string]: string };
  };
  return bin[name] ?? '';
}

/** The packed file of a command, which has to be executable. */
function commandOf(name: string): string {
  const folder = join(project, 'node_modules', name);
  return join(folder, binOf(folder, name));
}

test.each([
  ['okta-dev-portal-oidc', '.'],
  ['okta-dev-portal-oidc-sandbox', SANDBOX],
])('%s is in version control, so that npm links it before anything is compiled', (name, folder) => {
  const file = join(folder, binOf(join(root, folder), name));
  const tracked = execFileSync('git', ['ls-files', '--stage', file], { cwd: root, encoding: 'utf8' });
  expect(tracked).toMatch(/^100755 /);
});

test('the packed command runs', () => {
  const { status, stderr } = spawnSync(commandOf('okta-dev-portal-oidc'), ['verify'], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stderr).toContain('No synthesized app in');
  expect(status).toBe(2);
});

test('the packed sandbox starts, and its command prints the environment of one', () => {
  const command = commandOf('okta-dev-portal-oidc-sandbox');
  const script = 'process.stdout.write(`${process.env.KONNECT_SERVER_URL} ${process.env.OKTA_ORG_NAME}`)';
  const printed = execFileSync(command, ['--', process.execPath, '-e', script], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:\d+ \S+$/);
});

const LIBRARY = ['dist/lib/index.js', 'dist/shared/okta-dev-portal-oidc.js'];

test.each([
  [
    'library',
    LIBRARY,
    [
      '@cdktf/provider-okta',
      '@kong/konnect-cdktf-bindings',
      'cdktf',
      'constructs',
      'fastest-levenshtein',
      'node:crypto',
      'node:fs',
      'node:net',
      'node:path',
    ],
  ],
  ['catalog', ['dist/lib/catalog/index.js'], ['constructs', 'node:fs', 'node:path', 'yaml']],
])('the %s imports only its peers, Node and small dependencies', (_what, files, allowed) => {
  const imported = files
    .flatMap((path) => [
      ...readFileSync(join(project, 'node_modules/okta-dev-portal-oidc', path), 'utf8').matchAll(
        /require\("([^."][^"]*)"\)/g,
      ),
    ])
    .map(([, name]) => name.split('/lib/')[0]);
  expect([...new Set(imported)].sort()).toEqual(allowed);
});

test('the main entry loads no parser', () => {
  const script =
    'require("okta-dev-portal-oidc"); process.stdout.write(JSON.stringify(Object.keys(require.cache)))';
  const loaded = JSON.parse(packed.run(script)) as string[];
  expect(loaded.length).toBeGreaterThan(20);
  expect(loaded.filter((path) => /\/(yaml|ajv)\/|\/lib\/catalog\//.test(path))).toEqual([]);
});

test('a stack compiles under strict and synthesizes', () => {
  execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
    stdio: 'inherit',
  });
  execFileSync(process.execPath, ['out/main.js'], { cwd: project });
  const path = join(project, 'cdktf.out', 'stacks', 'how-to', 'cdk.tf.json');
  expect(existsSync(path)).toBe(true);
  const { resource } = JSON.parse(readFileSync(path, 'utf8')) as { resource: object };
  expect(Object.keys(resource)).toHaveLength(15);
}, 60_000);

test.each<[keyof typeof compilers, object]>([
  ['TypeScript 5', { module: 'commonjs', moduleResolution: 'node' }],
  ['TypeScript 7', { module: 'node16', moduleResolution: 'node16' }],
  ['TypeScript 7', { module: 'esnext', moduleResolution: 'bundler' }],
])('%s finds the types of every entry with %j', (compiler, options) => {
  packed.link('@jest/globals', 'expect', '@types/node');
  expect(packed.typeErrors(compiler, 'subpaths.ts', SUBPATHS, options)).toBe('');
});

test.each([
  { module: 'node20', moduleResolution: 'node16' },
  { module: 'esnext', moduleResolution: 'bundler' },
])('TypeScript 7 finds the matchers for Vitest with %j', (options) => {
  packed.link('vitest', '@types/node');
  expect(packed.typeErrors('TypeScript 7', 'vitest.mts', VITEST, options)).toBe('');
});
