import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { modulesOfSchema, modulesOfTree, withAdditions } from './names.mjs';
import { writeNestedAttributes } from './nested-attributes.mjs';
import { generatedDir, inNodeModules, rootDir } from './paths.mjs';
import { BuildError, runNode } from './run.mjs';

const CACHE = 'CDKTF_EXPERIMENTAL_PROVIDER_SCHEMA_CACHE_PATH';

/**
 * Runs `cdktf get`, with the schema of this package in place of a registry and a provider binary.
 *
 * From the registry it runs twice: the first run leaves the provider's schema in the folder, and the second
 * one generates from that schema and the additions.
 */
export function generate({ pinned, additions, registry }) {
  const name = basename(pinned);
  // A folder of its own, because cdktf writes to it too.
  const cache = mkdtempSync(join(tmpdir(), 'konnect-schema-'));
  const cached = join(cache, name);
  let schema;
  try {
    if (registry) {
      get(cache);
      if (!existsSync(cached)) throw new BuildError(`cdktf get left no ${name}`);
    }
    schema = withAdditions(registry ? cached : pinned, additions);
    writeFileSync(cached, JSON.stringify(schema));
    get(cache);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
  // A version in cdktf.json that differs from the schema's would send cdktf to the registry unnoticed.
  const got = new Set(modulesOfTree(generatedDir).map(({ dir }) => dir));
  const wanted = new Set(modulesOfSchema(schema));
  const missing = [...wanted].filter((dir) => !got.has(dir));
  const extra = [...got].filter((dir) => !wanted.has(dir));
  if (missing.length + extra.length > 0) {
    throw new BuildError(
      `cdktf get does not agree with ${name}: missing [${missing}], not in the schema [${extra}]`,
    );
  }
  writeNestedAttributes(generatedDir);
}

function get(cache) {
  // cdktf keeps the modules of an earlier schema.
  rmSync(generatedDir, { recursive: true, force: true });
  // Without --force a changed schema of the same version would go unnoticed.
  runNode('cdktf get', [inNodeModules('cdktf-cli', 'bundle', 'bin', 'cdktf'), 'get', '--force'], {
    cwd: rootDir,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', [CACHE]: cache },
  });
}
