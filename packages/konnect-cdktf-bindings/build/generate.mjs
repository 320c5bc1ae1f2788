import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { modulesOfSchema, modulesOfTree } from './names.mjs';
import { generatedDir, inNodeModules, rootDir } from './paths.mjs';
import { BuildError, runNode } from './run.mjs';

const CACHE = 'CDKTF_EXPERIMENTAL_PROVIDER_SCHEMA_CACHE_PATH';

/** Runs `cdktf get`, with the schema of this package in place of a registry and a provider binary. */
export function generate({ schema, registry }) {
  const { [CACHE]: _, ...env } = { ...process.env, CHECKPOINT_DISABLE: '1' };
  // A copy, because cdktf writes to this folder too.
  const cache = mkdtempSync(join(tmpdir(), 'konnect-schema-'));
  try {
    // cdktf keeps the modules of an earlier schema.
    rmSync(generatedDir, { recursive: true, force: true });
    if (!registry) {
      copyFileSync(schema, join(cache, basename(schema)));
      env[CACHE] = cache;
    }
    // Without --force a changed schema of the same version would go unnoticed.
    runNode('cdktf get', [inNodeModules('cdktf-cli', 'bundle', 'bin', 'cdktf'), 'get', '--force'], {
      cwd: rootDir,
      env,
    });
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
      `cdktf get does not agree with ${basename(schema)}: missing [${missing}], not in the schema [${extra}]`,
    );
  }
}
