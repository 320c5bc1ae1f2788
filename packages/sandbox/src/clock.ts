/** The clock of a sandbox. It follows the machine's clock, and a test can advance it to let tokens expire. */
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

  /** Advances the time.
   *
   * @param seconds how far, more than 0
   */
  public advance(seconds: number): void {
    this.offset += seconds * 1000;
  }
}
