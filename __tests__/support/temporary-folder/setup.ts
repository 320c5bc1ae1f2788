import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One temporary folder for a whole run: an app of `Testing.app()` leaves a folder behind, and the tests make thousands.
 */
export default function setup(): void {
  process.env.TMPDIR_BEFORE_TESTS = process.env.TMPDIR ?? '';
  process.env.TMPDIR = mkdtempSync(join(realpathSync(tmpdir()), 'tests-'));
  // PostgreSQL does not run as root, and its data lie in there.
  chmodSync(process.env.TMPDIR, 0o711);
}
