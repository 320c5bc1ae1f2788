import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const rootDir = resolve(__dirname, '..', '..', '..');
const packageDir = join(rootDir, 'packages', 'konnect-cdktf-bindings');

export const bindings = {
  libDir: join(packageDir, 'lib'),
  buildScript: join(packageDir, 'build', 'build.mjs'),
  schemaFile: join(packageDir, 'schema', 'konnect@3.19.0.json'),
  additionsFile: join(packageDir, 'schema', 'additions-3.21.json'),
};

interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes: Record<string, Attribute> };
}

interface ResourceSchema {
  readonly block: { readonly attributes: Record<string, Attribute> };
}

export interface ProviderSchema {
  readonly resource_schemas: Record<string, ResourceSchema>;
  /** Absent in additions, which are resources only. */
  readonly data_source_schemas?: Record<string, ResourceSchema>;
}

export function readProviderSchema(file: string): ProviderSchema {
  const { provider_schemas } = JSON.parse(readFileSync(file, 'utf8')) as {
    provider_schemas: Record<string, ProviderSchema>;
  };
  const [schema] = Object.values(provider_schemas);
  if (!schema) throw new Error(`no provider in ${file}`);
  return schema;
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export function node(args: readonly string[], cwd = rootDir): Run {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return { status, stdout, stderr, seconds: (performance.now() - started) / 1000 };
}

/** A folder with these files in it, outside the repository so that nothing resolves by accident. */
export function tempProject(files: Record<string, string>): string {
  // The real path, because compilers compare it with the paths they resolve links to.
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'bindings-')));
  for (const [name, content] of Object.entries(files)) {
    const file = join(dir, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return dir;
}

/** Makes the bindings and what they need installed in a project, as npm would. */
export function linkDependencies(project: string): void {
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@kong'), { recursive: true });
  symlinkSync(packageDir, join(modules, '@kong', 'konnect-cdktf-bindings'), 'dir');
  for (const name of ['cdktf', 'constructs'])
    symlinkSync(join(rootDir, 'node_modules', name), join(modules, name), 'dir');
}

export const compilers = {
  'TypeScript 7': join(rootDir, 'node_modules', 'typescript', 'bin', 'tsc'),
  // The one that jsii brings along: TypeScript 7 has no `moduleResolution: node` any more, and a second
  // TypeScript among our own dependencies would take over node_modules/.bin/tsc.
  'TypeScript 5': createRequire(
    createRequire(require.resolve('cdktf-cli/package.json')).resolve('jsii/package.json'),
  ).resolve('typescript/bin/tsc'),
};
