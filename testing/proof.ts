/** One link of the chain from a client's credentials to an API. */
export interface ProofLink {
  /** How it is called, for example `with-credentials` or `unregistered-client`; with several APIs `:1`, `:2` behind it. */
  readonly name: string;

  /** How people call it. */
  readonly title: string;

  /** Whether it holds, is broken, or was not tried because another one is. */
  readonly status: 'ok' | 'failed' | 'skipped';

  /** What was seen, for requests to the gateway the status of the answer. */
  readonly detail: string;

  /**
   * What to do, for a link that does not hold.
   *
   * @default - none, for a link that holds
   */
  readonly remedy?: string;

  /** How long it took. */
  readonly milliseconds: number;
}

/** What was seen on the way from a client's credentials to an API. */
export class AccessProof {
  public constructor(
    /** Every link in order. */
    public readonly links: readonly ProofLink[],
  ) {}

  /** Whether the API is open for its client, and for nobody else that was tried. */
  public get opensForClientOnly(): boolean {
    return this.links.length > 0 && this.broken.length === 0;
  }

  /** The links that do not hold, and those that could not be tried. */
  public get broken(): ProofLink[] {
    return this.links.filter(({ status }) => status !== 'ok');
  }

  /** A line each link, and below a broken one what to do. */
  public toString(): string {
    return this.links
      .map(({ title, status, detail, remedy }) => {
        const mark = { ok: '✓', failed: '✗', skipped: '-' }[status];
        return `${mark} ${title}: ${detail}${status !== 'ok' && remedy ? `\n    → ${remedy}` : ''}`;
      })
      .join('\n');
  }
}
