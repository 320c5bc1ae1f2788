import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeIndex } from '../../packages/konnect-cdktf-bindings/build/index-files.mjs';
import { runTool } from './run.mjs';
import { stage } from './stage.mjs';
import { stageForCdktn } from './stage-cdktn.mjs';

/**
 * Translates the library and the Konnect bindings into another language, and packs them. Dependencies that are missing
 * in the registry of the language are packed too.
 */
export function packJsii(language, { modules, host, out }) {
  const work = mkdtempSync(join(tmpdir(), 'jsii-'));
  try {
    const { packages, dependencies } =
      host === 'cdktn' ? stageForCdktn(work, modules) : stage(work, language, modules);
    const folders = packages.map(({ folder }) => folder);
    folders.forEach(compile);
    for (const { folder, modules: provided } of packages.filter((each) => each.modules)) {
      // Loads each resource at its first use.
      writeIndex(join(folder, 'lib'), provided, []);
    }
    // Translates the examples of the README.
    runTool('jsii-rosetta/bin/jsii-rosetta', ['extract', '--compile', ...folders], work);
    const destination = join(out, language);
    rmSync(destination, { recursive: true, force: true });
    const options = [`--targets=${language}`, `--outdir=${out}`, '--rosetta-unknown-snippets=verbatim'];
    // A Go module is published as source.
    const codeOnly = language === 'go' ? ['--code-only'] : [];
    runTool('jsii-pacmak/bin/jsii-pacmak', [...options, ...codeOnly, ...dependencies, ...folders], work);
    return readdirSync(destination).map((file) => join(destination, file));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function compile(folder) {
  runTool(
    'jsii/bin/jsii',
    [
      '--tsconfig=tsconfig.json',
      '--validate-tsconfig=minimal',
      // Props such as `from` have another name in Python.
      '--silence-warnings=reserved-word',
      '--compress-assembly',
    ],
    folder,
  );
}
