import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Removes compiled files, from the repository or the given folder: what a source left behind that is no longer there
 * must not be packed.
 */
const root = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..');
for (const folder of ['dist', join('packages', 'sandbox', 'dist')]) {
  rmSync(join(root, folder), { recursive: true, force: true });
}
