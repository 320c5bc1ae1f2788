import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError } from '../exit';
import type { Language } from './init-options';

/** Root of this package, from the sources and from the compiled files. */
const ROOT = resolve(__dirname, '..', '..');

/** Files whose placeholders, for example `${cdktf}`, are versions of packages. */
const WITH_VERSIONS = ['package.json', 'requirements.txt'];

/** A file of a project. */
export interface ProjectFile {
  /** Path in the project. */
  readonly path: string;
  readonly content: string;
}

/** Name of this package, and the version of every package that it is tested with, its own too. */
export interface TestedVersions {
  readonly name: string;
  readonly versions: { readonly [name: string]: string };
}

export function readTestedVersions(): TestedVersions {
  const { name, version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return { name, versions: { ...devDependencies, [name]: version } };
}

/**
 * Reads the files of the template of a language, with the versions that the library is tested with.
 *
 * @throws CommandError if this package has no templates
 */
export function readTemplate(language: Language, { name, versions }: TestedVersions): ProjectFile[] {
  const templates = join(ROOT, 'templates');
  if (!existsSync(templates)) {
    throw CommandError.usage(`${name} has no templates`, 'Run npx okta-dev-portal-oidc init.');
  }
  return ['common', language]
    .flatMap((folder) => filesIn(join(templates, folder)))
    .map(({ path, content }) => ({
      // npm packs no .gitignore.
      path: path === 'gitignore' ? '.gitignore' : path,
      content: WITH_VERSIONS.includes(path) ? fillIn(content, versions) : content,
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function filesIn(folder: string): ProjectFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => ({ path, content: readFileSync(join(folder, path), 'utf8') }));
}

function fillIn(content: string, versions: TestedVersions['versions']): string {
  return content.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (versions[name] === undefined) {
      throw new Error(`package.json has no version of ${name}, which a template needs`);
    }
    return versions[name];
  });
}
