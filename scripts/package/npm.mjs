import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './run.mjs';

/** Packs the packages for TypeScript. The root's `prepare` builds all of them. */
export function packNpm({ out }) {
  const destination = join(out, 'npm');
  mkdirSync(destination, { recursive: true });
  const workspaces = ['packages/konnect-cdktf-bindings', 'packages/sandbox'];
  const args = ['--include-workspace-root', ...workspaces.map((workspace) => `--workspace=${workspace}`)];
  const packed = JSON.parse(
    run('npm', ['pack', '--json', `--pack-destination=${destination}`, ...args], ROOT),
  );
  return packed.map(({ filename }) => join(destination, filename));
}
