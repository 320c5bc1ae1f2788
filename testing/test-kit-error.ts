/** The kit cannot do what it was asked for; its message says what is missing, and what to do. */
export class TestKitError extends Error {
  /** TestKitError. */
  public override readonly name: string = 'TestKitError';
}
