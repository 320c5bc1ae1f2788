import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageCdktn } from './cdktn.mjs';
import { ROOT, run } from './run.mjs';

/** Packs the packages for TypeScript: those for cdktf, and their twins for cdktn. */
export function packNpm({ build, out }) {
  const destination = join(out, 'npm');
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  if (build) {
    run('npm', ['run', 'prepack'], ROOT);
  }
  const workspaces = ['packages/konnect-cdktf-bindings', 'packages/sandbox'];
  const cdktf = pack(ROOT, destination, [
    '--include-workspace-root',
    ...workspaces.map((workspace) => `--workspace=${workspace}`),
  ]);
  const work = mkdtempSync(join(tmpdir(), 'cdktn-'));
  try {
    const cdktn = stageCdktn(work, cdktf).map((folder) => pack(folder, destination));
    return Object.values(Object.assign(cdktf, ...cdktn));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Tarballs by the name of the package. What they contain is built before. */
function pack(folder, destination, options = []) {
  const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${destination}`, ...options];
  const packed = JSON.parse(run('npm', args, folder));
  return Object.fromEntries(packed.map(({ name, filename }) => [name, join(destination, filename)]));
}
