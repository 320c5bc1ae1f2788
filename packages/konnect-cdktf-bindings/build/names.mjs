import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaDir } from './paths.mjs';
import { BuildError } from './run.mjs';

/**
 * cdktf 0.21 writes these with a type it does not have (`StringListMapMap`, for a map of maps of lists), so
 * that they cannot be compiled.
 */
export const EXCLUDED = ['data-konnect-platform-ip-addresses'];

export function schemaFile() {
  const files = readdirSync(schemaDir).filter((file) => /^konnect@.+\.json$/.test(file));
  if (files.length !== 1) throw new BuildError(`expected one schema in ${schemaDir}, found ${files.length}`);
  return join(schemaDir, files[0]);
}

/** The modules that a provider schema calls for. */
export function modulesOfSchema(file) {
  const [provider] = Object.values(JSON.parse(readFileSync(file, 'utf8')).provider_schemas);
  const dashed = (name) => name.replaceAll('_', '-');
  return [
    ...Object.keys(provider.resource_schemas).map((name) => dashed(name.replace(/^konnect_/, ''))),
    ...Object.keys(provider.data_source_schemas).map((name) => `data-${dashed(name)}`),
    'provider',
  ];
}

/**
 * The modules of a generated tree, as { name, dir }. The identifiers are read from cdktf's own index, because
 * its camel case has rules of its own (`gateway-plugin-ai-a2a-proxy` is `gatewayPluginAiA2AProxy`).
 */
export function modulesOfTree(tree) {
  const index = readFileSync(join(tree, 'index.ts'), 'utf8');
  const modules = [...index.matchAll(/^export \* as (\w+) from '\.\/([\w-]+)';$/gm)].map(([, name, dir]) => ({
    name,
    dir,
  }));
  const listed = new Set(modules.map(({ dir }) => dir));
  const unlisted = readdirSync(tree, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !listed.has(entry.name))
    .map((entry) => entry.name);
  if (unlisted.length > 0) throw new BuildError(`not in ${join(tree, 'index.ts')}: ${unlisted.join(', ')}`);
  return modules;
}
