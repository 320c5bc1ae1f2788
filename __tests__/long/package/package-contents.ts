import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, posix, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Page } from '../../support/pages';

const ROOT = resolve(__dirname, '..', '..', '..');
const BINDINGS = 'packages/konnect-cdktf-bindings';

/** The JavaScript of the library: a file for each entry point, and chunks that several of them load. */
const SCRIPTS = [
  ...['lib/index', 'lib/catalog/index', 'testing/index', 'testing/jest', 'testing/jest-globals', 'cli/main'],
  ...['okta-dev-portal-oidc', 'program', 'secret-names', 'settings-with-prop', 'matchers'].map(
    (name) => `shared/${name}`,
  ),
];

/** The files of the package by version control, without `package.json`, which npm always adds. */
export function libraryContents(): string[] {
  return [
    'cli/okta-dev-portal-oidc.js',
    ...SCRIPTS.map((module) => `dist/${module}.js`),
    'dist/testing/vitest.mjs',
    'dist/testing/vitest.d.mts',
    ...['lib', 'cli', 'testing'].flatMap((folder) => modules(folder, `dist/${folder}`, '.d.ts')),
    ...tracked(
      'docs',
      'examples',
      'schema',
      'templates',
      'main.ts',
      ':(glob)*.md',
      'llms.txt',
      'LICENSE',
      'packages/*/LICENSE',
    ),
    ...tracked('cli/README.md', 'testing/README.md', 'packages/*/README.md', 'scripts/bench/RESULTS.md'),
  ];
}

export function sandboxContents(): string[] {
  const folder = 'packages/sandbox';
  const sources = tracked(
    ...['bin', 'pages', 'schema', 'README.md', 'LICENSE'].map((name) => `${folder}/${name}`),
  );
  return [
    ...modules(`${folder}/src`, 'dist', '.js', '.d.ts'),
    ...sources.map((path) => posix.relative(folder, path)),
  ];
}

export function bindingsContents(): string[] {
  const names = pathToFileURL(join(ROOT, BINDINGS, 'build', 'names.mjs')).href;
  const script = `
    import { EXCLUDED, modulesOfSchema, schemaFiles, withAdditions } from '${names}';
    const { pinned, additions } = schemaFiles();
    const all = modulesOfSchema(withAdditions(pinned, additions));
    console.log(JSON.stringify(all.filter((name) => !EXCLUDED.includes(name))));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const resources = (JSON.parse(printed) as string[]).map((name) => `lib/${name}/index`);
  return [
    ...['lib/index', ...resources].flatMap((module) => [`${module}.js`, `${module}.d.ts`]),
    'LICENSE',
    'README.md',
  ];
}

/** The packed files without files of the working folder that git does not know. Git does not know built files either. */
export function withoutStrays(folder: string, built: string, files: readonly string[]): string[] {
  const known = new Set(tracked(folder).map((path) => posix.relative(folder, path)));
  return files.filter((file) => file.startsWith(`${built}/`) || known.has(file));
}

/** Relative links of packed pages whose target is not packed. */
export function deadLinks(folder: string, files: readonly string[]): string[] {
  return files
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => new Page(posix.join(folder, path)).links().map((link) => ({ path, link })))
    .filter(({ link }) => {
      const target = relative(folder, link.path);
      return !files.some((file) => file === target || file.startsWith(`${target}/`));
    })
    .map(({ path, link }) => `${path}: ${link.written}`);
}

/** The compiled files of the TypeScript in a folder. */
function modules(folder: string, out: string, ...endings: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${out}/${file.replace(/\.ts$/, '')}`)
    .flatMap((module) => endings.map((ending) => `${module}${ending}`));
}

/** Existing files that git knows. */
function tracked(...paths: readonly string[]): string[] {
  const options = ['ls-files', '-z', '--cached', '--', ...paths];
  const listed = execFileSync('git', options, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return listed.filter((path) => path !== '' && existsSync(join(ROOT, path)));
}
