// Usage: build.mjs [--registry] [--force]
//        build.mjs --tree <generated tree> --out <folder>   (compiles only)
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compile } from './compile.mjs';
import { generate } from './generate.mjs';
import { EXCLUDED, schemaFiles } from './names.mjs';
import { libDir, rootDir } from './paths.mjs';
import { BuildError } from './run.mjs';
import { fingerprint, isUpToDate, writeStamp } from './stamp.mjs';

function build({ registry, force }) {
  const { pinned, additions } = schemaFiles();
  const inputs = fingerprint([pinned, ...additions]);
  if (!registry && !force && isUpToDate(libDir, inputs)) return undefined;
  const tree = generate({ project: rootDir, pinned, additions, registry });
  // What came from the registry is not what the hash is about, so the next ordinary build replaces it.
  const stamp = registry ? 'registry' : inputs;
  const finish = (lib, modules) => writeStamp(lib, stamp, modules);
  const modules = compile({ tree, out: libDir, excluded: EXCLUDED, finish });
  return `${modules.length} modules from ${[registry ? 'the registry' : basename(pinned), ...additions.map((file) => basename(file))].join(' and ')}`;
}

function compileOnly({ tree, out }) {
  const modules = compile({ tree: resolve(tree), out: resolve(out), excluded: EXCLUDED });
  return `compiled ${modules.length} of the modules in ${tree}`;
}

const started = performance.now();
try {
  const { values } = parseArgs({
    options: {
      registry: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      tree: { type: 'string' },
      out: { type: 'string' },
    },
  });
  if (!values.tree !== !values.out) throw new BuildError('--tree and --out go together');
  const what = values.tree ? compileOnly(values) : build(values);
  // Not to stdout: `npm pack --json` runs this and prints its answer there.
  if (what)
    console.error(`konnect bindings: ${what} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
} catch (error) {
  console.error(error instanceof BuildError ? `konnect bindings: ${error.message}` : error);
  process.exitCode = 1;
}
