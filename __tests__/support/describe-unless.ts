/**
 * Runs a suite unless what it needs is missing. Then it is skipped, with the reason.
 *
 * @param missing what is missing, as in "skipped, because …". `undefined` if nothing is
 */
export function describeUnless(missing: string | undefined, name: string, suite: () => void): void {
  if (missing === undefined) {
    describe(name, suite);
    return;
  }
  process.stderr.write(`${name}: skipped, because ${missing}\n`);
  // The suite itself is not collected: it may derive its tests from what is missing.
  test.skip(name, () => undefined);
}

/** The same for programs that CI has: there the suite runs, and fails. */
export function describeUnlessInCi(missing: string | undefined, name: string, suite: () => void): void {
  describeUnless(process.env.CI === 'true' ? undefined : missing, name, suite);
}
