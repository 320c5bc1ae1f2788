import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { modulesOfSchema, modulesOfTree, withAdditions } from './names.mjs';
import { writeNestedAttributes } from './nested-attributes.mjs';
import { inNodeModules, treeOf } from './paths.mjs';
import { BuildError, runNode } from './run.mjs';

const CACHE = 'CDKTF_EXPERIMENTAL_PROVIDER_SCHEMA_CACHE_PATH';

/**
 * Runs `cdktf get` in the folder of a cdktf.json, with the pinned schema in place of a registry and a provider binary.
 * Returns the folder of the generated modules.
 *
 * From the registry it runs twice: the first run leaves the provider's schema in the folder, and the second
 * one generates from that schema and the additions.
 */
export function generate({ project, pinned, additions = [], registry = false }) {
  const name = basename(pinned);
  const [provider] = name.split('@');
  const tree = treeOf(project, provider);
  // A separate folder, because cdktf writes to it too.
  const cache = mkdtempSync(join(tmpdir(), 'provider-schema-'));
  const cached = join(cache, name);
  let schema;
  try {
    if (registry) {
      get(project, tree, cache);
      if (!existsSync(cached)) throw new BuildError(`cdktf get left no ${name}`);
    }
    schema = withAdditions(registry ? cached : pinned, additions);
    writeFileSync(cached, JSON.stringify(schema));
    get(project, tree, cache);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
  // A version in cdktf.json that differs from the schema's would send cdktf to the registry unnoticed.
  const got = new Set(modulesOfTree(tree).map(({ dir }) => dir));
  const wanted = new Set(modulesOfSchema(schema, provider));
  const missing = [...wanted].filter((dir) => !got.has(dir));
  const extra = [...got].filter((dir) => !wanted.has(dir));
  if (missing.length + extra.length > 0) {
    throw new BuildError(
      `cdktf get does not agree with ${name}: missing [${missing}], not in the schema [${extra}]`,
    );
  }
  writeNestedAttributes(tree);
  return tree;
}

function get(project, tree, cache) {
  // cdktf keeps the modules of an earlier schema.
  rmSync(tree, { recursive: true, force: true });
  // Without --force a changed schema of the same version would go unnoticed.
  runNode('cdktf get', [inNodeModules('cdktf-cli', 'bundle', 'bin', 'cdktf'), 'get', '--force'], {
    cwd: project,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', [CACHE]: cache },
  });
}
