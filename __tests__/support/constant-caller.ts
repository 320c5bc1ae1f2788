/** Calls an API without a pause, and collects the statuses of the answers. */
export class ConstantCaller {
  private readonly statuses: number[] = [];
  private isStopped = false;
  private readonly calls: Promise<void>;

  public constructor(
    private readonly url: string,
    private readonly authorization: string,
  ) {
    this.calls = this.callUntilStopped();
  }

  /** How many calls were answered with each status. */
  public async stop(): Promise<{ readonly [status: string]: number }> {
    this.isStopped = true;
    await this.calls;
    const counts = new Map<number, number>();
    for (const status of this.statuses) {
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return Object.fromEntries(counts);
  }

  private async callUntilStopped(): Promise<void> {
    while (!this.isStopped) {
      this.statuses.push(await this.call());
    }
  }

  /** The status, or 0 without an answer. */
  private async call(): Promise<number> {
    try {
      const response = await fetch(this.url, { headers: { authorization: this.authorization } });
      await response.text();
      return response.status;
    } catch {
      return 0;
    }
  }
}
