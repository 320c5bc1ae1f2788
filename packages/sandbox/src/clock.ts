/** The time of a sandbox. It runs with the machine's clock, and a test moves it on to let tokens expire. */
export class Clock {
  private offset = 0;

  /** The sandbox's time. */
  public now(): Date {
    return new Date(Date.now() + this.offset);
  }

  /** Seconds since 1970-01-01T00:00:00Z, as JWTs count them. */
  public epochSeconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  /**
   * Moves the time on.
   *
   * @param seconds how far, more than 0
   */
  public advance(seconds: number): void {
    this.offset += seconds * 1000;
  }
}
