import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/** Watches whether the fake okta provider respects the rate limit of a sandbox. */
export class OktaRequests {
  /** How many requests were refused with 429. */
  public refused = 0;

  /** How many requests were sent again. */
  public again = 0;

  /** Requests that were sent again before the reset that their refusal named. */
  public readonly tooEarly: string[] = [];

  /** The most refusals of one request. */
  public most = 0;

  private readonly refusals = new Map<unknown, { count: number; reset: number }>();
  private readonly original = globalThis.fetch;

  public constructor({ okta, clock }: Sandbox) {
    globalThis.fetch = async (input, init) => {
      if (!String(input).startsWith(okta.url)) {
        return this.original(input, init);
      }
      // A request that is sent again is the same object.
      const before = this.refusals.get(init);
      this.again += before ? 1 : 0;
      if (before && clock.now().getTime() < before.reset * 1000) {
        this.tooEarly.push(`${init?.method} ${String(input)}`);
      }
      const response = await this.original(input, init);
      if (response.status === 429) {
        const reset = Number(response.headers.get('x-rate-limit-reset'));
        const count = (before?.count ?? 0) + 1;
        this.refusals.set(init, { count, reset });
        this.refused += 1;
        this.most = Math.max(this.most, count);
      }
      return response;
    };
  }

  /** Restores `fetch`. */
  public remove(): void {
    globalThis.fetch = this.original;
  }
}
