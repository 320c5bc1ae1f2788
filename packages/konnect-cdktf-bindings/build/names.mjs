import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaDir } from './paths.mjs';
import { BuildError } from './run.mjs';

/**
 * cdktf 0.21 writes these with a type it does not have (`StringListMapMap`, for a map of maps of lists), so
 * that they cannot be compiled.
 */
export const EXCLUDED = ['data-konnect-platform-ip-addresses'];

/**
 * The pinned schema, and the additions to it: resources of later versions of the provider, in files of the
 * same shape that hold nothing else.
 */
export function schemaFiles() {
  const files = readdirSync(schemaDir).sort();
  const pinned = files.filter((file) => /^konnect@.+\.json$/.test(file));
  if (pinned.length !== 1)
    throw new BuildError(`expected one schema in ${schemaDir}, found ${pinned.length}`);
  const additions = files.filter((file) => /^additions-.+\.json$/.test(file));
  return { pinned: join(schemaDir, pinned[0]), additions: additions.map((file) => join(schemaDir, file)) };
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** A schema with the resources of the additions; one that is in the schema already is an error. */
export function withAdditions(file, additions) {
  const schema = readJson(file);
  for (const addition of additions) {
    for (const [source, { resource_schemas }] of Object.entries(readJson(addition).provider_schemas)) {
      const known = schema.provider_schemas[source]?.resource_schemas;
      if (!known) throw new BuildError(`${addition} adds to ${source}, which is not in ${file}`);
      const twice = Object.keys(resource_schemas).filter((type) => type in known);
      if (twice.length > 0) throw new BuildError(`${twice.join(', ')} of ${addition} is in ${file} already`);
      Object.assign(known, resource_schemas);
    }
  }
  return schema;
}

/** The modules that a provider schema calls for. */
export function modulesOfSchema(schema, name = 'konnect') {
  const [provider] = Object.values(schema.provider_schemas);
  const prefix = `${name}_`;
  const dashed = (type) => type.replaceAll('_', '-');
  return [
    ...Object.keys(provider.resource_schemas).map((type) =>
      dashed(type.startsWith(prefix) ? type.slice(prefix.length) : type),
    ),
    ...Object.keys(provider.data_source_schemas).map((type) => `data-${dashed(type)}`),
    'provider',
  ];
}

/**
 * The modules of a generated tree, as { name, dir }. The identifiers are read from cdktf's own index, because
 * only cdktf knows the rules of its camel case (`gateway-plugin-ai-a2a-proxy` is `gatewayPluginAiA2AProxy`).
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
