import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/*
 * The tests that run the library in this process, and quickly, as one file: a mutant is tested some thousand times,
 * and each file of tests would load CDKTF anew. Other processes see no mutant, and fuzzing takes too long. None of them
 * runs the library in beforeAll: what runs outside a test belongs to none, and its mutants are tried with all of them.
 */
const TESTS = join(__dirname, '..', '..', 'unit');

/** Tests of rules first: most mutants are rules, and the first failure ends a run. */
const FOLDERS = ['.', 'okta', 'konnect', 'catalog', 'moves'];

const LEFT_OUT = [
  // They run other processes, load the library once more, or read its sources, which Stryker changes.
  /^(changes|framework|two-copies|module-state)\./,
  // Its snapshot belongs to its own file. The tests of the construct say the same one by one.
  /^how-to\./,
];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(TESTS, folder))
    .filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.some((pattern) => pattern.test(name)))
    .sort((left, right) => Number(right.startsWith('validation')) - Number(left.startsWith('validation')))
    .map((name) => join(TESTS, folder, name)),
);

for (const file of files) {
  describe(relative(TESTS, file), () => {
    require(file);
  });
}
