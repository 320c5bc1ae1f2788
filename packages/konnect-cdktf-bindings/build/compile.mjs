import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeIndex } from './index-files.mjs';
import { modulesOfTree } from './names.mjs';
import { buildDir, inNodeModules } from './paths.mjs';
import { BuildError, runNode } from './run.mjs';

/**
 * Compiles a generated tree into `out`, and answers with the names of the modules it holds.
 *
 * Everything is written to a folder beside `out` that takes its place at the very end: a build that fails or
 * is killed leaves what was there before.
 */
export function compile({ tree, out, excluded = [], finish = () => {} }) {
  const modules = modulesOfTree(tree).filter(({ dir }) => !excluded.includes(dir));
  removeLeftovers(out);
  const work = `${out}.${process.pid}.tmp`;
  const old = `${out}.${process.pid}.old`;
  mkdirSync(work, { recursive: true });
  try {
    runTsc(tree, work, modules);
    const lost = modules.filter(({ dir }) => !isModule(work, dir));
    if (lost.length > 0)
      throw new BuildError(`tsc wrote nothing for ${lost.map(({ dir }) => dir).join(', ')}`);
    writeIndex(work, modules, excluded);
    finish(
      work,
      modules.map(({ dir }) => dir),
    );
    if (existsSync(out)) renameSync(out, old);
    renameSync(work, out);
  } finally {
    for (const dir of [work, old]) rmSync(dir, { recursive: true, force: true });
  }
  return modules;
}

export const isModule = (lib, dir) =>
  ['index.js', 'index.d.ts'].every((file) => existsSync(join(lib, dir, file)));

function runTsc(tree, work, modules) {
  const tsconfig = join(work, 'tsconfig.json');
  const config = {
    extends: join(buildDir, 'tsconfig.json'),
    compilerOptions: { rootDir: tree, outDir: work },
    files: modules.map(({ dir }) => join(tree, dir, 'index.ts')),
  };
  writeFileSync(tsconfig, JSON.stringify(config));
  runNode('tsc', [inNodeModules('typescript', 'bin', 'tsc'), '-p', tsconfig, '--pretty', 'false']);
  rmSync(tsconfig);
}

/** Removes what killed builds left behind, but not what a build that still runs is working in. */
function removeLeftovers(out) {
  const parent = dirname(out);
  if (!existsSync(parent)) return;
  for (const entry of readdirSync(parent)) {
    const [, pid] = /\.(\d+)\.(?:tmp|old)$/.exec(entry) ?? [];
    if (!pid || !entry.startsWith(`${basename(out)}.`) || isAlive(Number(pid))) continue;
    rmSync(join(parent, entry), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
