import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, posix, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Page } from './pages';

const ROOT = resolve(__dirname, '..');
const BINDINGS = 'packages/konnect-cdktf-bindings';

/** What the packages hold, derived from what is in version control, without `package.json`, which npm always adds. */
export function libraryContents(): string[] {
  return [
    'bin/okta-dev-portal-oidc.js',
    ...['lib', 'cli', 'testing'].flatMap((folder) => compiled(folder, `dist/${folder}`)),
    ...tracked('docs', 'examples', 'schema', 'main.ts', '*.md', 'LICENSE', 'packages/*/LICENSE').filter(
      // Of interest to contributors only.
      (path) => path !== 'bench/MUTANTS.md',
    ),
  ];
}

export function sandboxContents(): string[] {
  const folder = 'packages/sandbox';
  const sources = tracked(`${folder}/bin`, `${folder}/schema`, `${folder}/README.md`, `${folder}/LICENSE`);
  return [...compiled(`${folder}/src`, 'dist'), ...sources.map((path) => posix.relative(folder, path))];
}

export function bindingsContents(): string[] {
  const names = pathToFileURL(join(ROOT, BINDINGS, 'build', 'names.mjs')).href;
  const script = `
    import { EXCLUDED, modulesOfSchema, schemaFiles, withAdditions } from '${names}';
    const { pinned, additions } = schemaFiles();
    const modules = modulesOfSchema(withAdditions(pinned, additions));
    console.log(JSON.stringify(modules.filter((name) => !EXCLUDED.includes(name))));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const modules = (JSON.parse(printed) as string[]).map((name) => `lib/${name}/index`);
  return [
    ...['lib/index', ...modules].flatMap((module) => [`${module}.js`, `${module}.d.ts`]),
    'LICENSE',
    'README.md',
  ];
}

/** Relative links of packed pages that lead to nothing that is packed. */
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

function compiled(folder: string, out: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${out}/${file.replace(/\.ts$/, '')}`)
    .flatMap((module) => [`${module}.js`, `${module}.d.ts`]);
}

function tracked(...paths: readonly string[]): string[] {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...paths];
  return execFileSync('git', options, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
}
