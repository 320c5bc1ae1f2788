import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as library from '../../lib';

/*
 * jsii translates the library for Python, Java, C# and Go. It takes less than TypeScript does: no union types, no type
 * that is not exported, no override of another type.
 */
const ROOT = join(__dirname, '..', '..');
const INSTALLED = join(ROOT, 'node_modules');
const BINDINGS = '@kong/konnect-cdktf-bindings';
const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(INSTALLED, name, 'package.json'), 'utf8')).version;

const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['es2023'],
    module: 'CommonJS',
    moduleResolution: 'node',
    declaration: true,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['lib/**/*.ts'],
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jsii-'));
  mkdirSync(join(folder, 'node_modules', '@kong'), { recursive: true });
  for (const name of ['cdktf', 'constructs', '@cdktf', '@types']) {
    symlinkSync(join(INSTALLED, name), join(folder, 'node_modules', name));
  }
  symlinkSync(join(folder, 'bindings'), join(folder, 'node_modules', BINDINGS));
});

/** A package that jsii compiles. */
function writePackage(place: string, name: string, version: string, peers: readonly string[]): void {
  const versions = Object.fromEntries(peers.map((peer) => [peer, versionOf(peer)]));
  const manifest = {
    name,
    version,
    description: name,
    license: 'Apache-2.0',
    author: { name: 'nobody' },
    repository: { type: 'git', url: 'https://example.test/repository.git' },
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    jsii: { outdir: 'dist', targets: {}, versionFormat: 'full' },
    peerDependencies: versions,
    devDependencies: versions,
  };
  writeFileSync(join(folder, place, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, place, 'README.md'), `# ${name}\n`);
  writeFileSync(join(folder, place, 'tsconfig.json'), JSON.stringify(TSCONFIG));
}

/** What jsii finds wrong, and the names of the types that it translates. */
function compile(place: string): { readonly problems: string[]; readonly types: string[] } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(INSTALLED, 'jsii', 'bin', 'jsii'),
      '--tsconfig=tsconfig.json',
      '--validate-tsconfig=off',
      '--silence-warnings=reserved-word',
    ],
    {
      cwd: join(folder, place),
      encoding: 'utf8',
      env: { ...process.env, JSII_SILENCE_WARNING_EOL_NODE_VERSION: '1' },
    },
  );
  const problems = `${stdout}${stderr}`.split('\n').filter((line) => /\berror\b/i.test(line));
  const assembly = problems.length > 0 ? '{}' : readFileSync(join(folder, place, '.jsii'), 'utf8');
  const { types = {} } = JSON.parse(assembly) as { types?: { [id: string]: { name: string } } };
  return { problems, types: Object.values(types).map(({ name }) => name) };
}

/** Modules of the Konnect bindings that the library imports. */
function usedBindings(): string[] {
  const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'lib', file), 'utf8'));
  const imports = sources.flatMap((source) => [
    ...source.matchAll(/konnect-cdktf-bindings\/lib\/([a-z-]+)/g),
  ]);
  return [...new Set(imports.map(([, module = '']) => module))].sort();
}

test('jsii translates every class, interface and enum that the library exports', () => {
  const modules = usedBindings();
  expect(modules.length).toBeGreaterThan(10);
  mkdirSync(join(folder, 'bindings', 'lib'), { recursive: true });
  for (const module of modules) {
    const generated = join(ROOT, '.gen', 'providers', 'konnect', module);
    cpSync(generated, join(folder, 'bindings', 'lib', module), { recursive: true });
  }
  const inCamelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const index = modules.map((module) => `export * as ${inCamelCase(module)} from './${module}';\n`);
  writeFileSync(join(folder, 'bindings', 'lib', 'index.ts'), index.join(''));
  const version = versionOf(BINDINGS);
  writePackage('bindings', BINDINGS, version, ['cdktf', 'constructs']);
  expect(compile('bindings').problems).toEqual([]);

  const source = join(ROOT, 'lib');
  // The data files are for apps in TypeScript, in an entry point of their own.
  cpSync(source, join(folder, 'library', 'lib'), {
    recursive: true,
    filter: (file) => file !== join(source, 'catalog'),
  });
  // Errors of the library are errors of the other language there, with the same message.
  const entry = join(folder, 'library', 'lib', 'index.ts');
  const exported = readFileSync(entry, 'utf8').replace('export { ValidationError, type', 'export { type');
  writeFileSync(entry, exported);
  writePackage('library', 'okta-dev-portal-oidc', '0.1.0', [
    'cdktf',
    'constructs',
    '@cdktf/provider-okta',
    BINDINGS,
  ]);
  const { problems, types } = compile('library');
  expect(problems).toEqual([]);
  const values = Object.keys(library).filter((name) => name !== 'ValidationError');
  expect(values.length).toBeGreaterThan(20);
  expect(values.filter((name) => !types.includes(name))).toEqual([]);
  expect(types).toEqual(
    expect.arrayContaining(['IOktaDevPortalOidc', 'OktaDevPortalOidcProps', 'ValidationFailure']),
  );
});
