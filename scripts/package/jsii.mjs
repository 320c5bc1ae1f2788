import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeIndex } from '../../packages/konnect-cdktf-bindings/build/index-files.mjs';
import { runTool } from './run.mjs';
import { stage } from './stage.mjs';

/** Translates the library and the Konnect bindings into another language, and packs them. */
export function packJsii(language, { bindings, out }) {
  const work = mkdtempSync(join(tmpdir(), 'jsii-'));
  try {
    const staged = stage(work, bindings);
    const folders = [staged.bindings, staged.library];
    for (const folder of folders) {
      compile(folder);
    }
    // Loads each resource at its first use.
    writeIndex(join(staged.bindings, 'lib'), staged.modules, []);
    // Translates the examples of the README.
    runTool('jsii-rosetta/bin/jsii-rosetta', ['extract', '--compile', ...folders], work);
    const destination = join(out, language);
    rmSync(destination, { recursive: true, force: true });
    runTool(
      'jsii-pacmak/bin/jsii-pacmak',
      [`--targets=${language}`, `--outdir=${out}`, '--rosetta-unknown-snippets=verbatim', ...folders],
      work,
    );
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
