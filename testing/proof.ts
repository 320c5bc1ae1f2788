/** One link of the chain from a client's credentials to an API. */
export interface ProofLink {
  /** Name, for example `with-credentials` or `unregistered-client`. With several APIs `:1`, `:2` is appended. */
  readonly name: string;

  /** Title for people. */
  readonly title: string;

  /** Whether the link is OK, is broken, or was not checked because another one is broken. */
  readonly status: 'ok' | 'failed' | 'skipped';

  /** The observation. For requests to the gateway, the status of the response. */
  readonly detail: string;

  /**
   * How to fix the link.
   *
   * @default - none, for a link that is OK
   */
  readonly remedy?: string;

  /** Duration of the check. */
  readonly milliseconds: number;
}

/** The result of testing the chain from a client's credentials to an API. */
export class AccessProof {
  public constructor(
    /** Every link in order. */
    public readonly links: readonly ProofLink[],
  ) {}

  /** Whether the API accepts its client and rejected all other requests. */
  public get opensForClientOnly(): boolean {
    return this.links.length > 0 && this.broken.length === 0;
  }

  /** The links that are broken or could not be checked. */
  public get broken(): ProofLink[] {
    return this.links.filter(({ status }) => status !== 'ok');
  }

  /** One line for each link, and the remedy below a broken one. */
  public toString(): string {
    return this.links
      .map(({ title, status, detail, remedy }) => {
        const mark = { ok: '✓', failed: '✗', skipped: '-' }[status];
        return `${mark} ${title}: ${detail}${status !== 'ok' && remedy ? `\n    → ${remedy}` : ''}`;
      })
      .join('\n');
  }
}
