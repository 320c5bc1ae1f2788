import { rmSync } from 'node:fs';

/** Removes the folder of `setup`. */
export default function teardown(): void {
  const { TMPDIR: folder, TMPDIR_BEFORE_TESTS: before } = process.env;
  if (folder === undefined || before === undefined) {
    return;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  delete process.env.TMPDIR_BEFORE_TESTS;
  if (before === '') {
    delete process.env.TMPDIR;
  } else {
    process.env.TMPDIR = before;
  }
}
