/** The kit cannot run a test. The message says what is missing and how to fix it. */
export class TestKitError extends Error {
  /** TestKitError. */
  public override readonly name: string = 'TestKitError';
}
