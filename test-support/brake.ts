import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/** A write of a provider, and what came back. */
export interface Written {
  readonly path: string;
  readonly body: { readonly [field: string]: unknown };
}

/**
 * Stops what the stand-in providers write to a sandbox at a place of one's choice, so that a test
 * can look at, or kill, a deployment that is half done.
 */
export class Brake {
  /** What was created, in order. */
  public readonly created: Written[] = [];
  private allowed = Number.POSITIVE_INFINITY;
  private readonly waiting: { readonly go: () => void; readonly drop: (error: Error) => void }[] = [];
  private onWaiting?: (path: string) => void;
  private readonly original = globalThis.fetch;

  public constructor(sandbox: Sandbox) {
    const services = [sandbox.okta.url, sandbox.konnect.url];
    globalThis.fetch = async (input, init) => {
      const url = String(input);
      const method = init?.method ?? 'GET';
      if (method === 'GET' || !services.some((each) => url.startsWith(each))) {
        return this.original(input, init);
      }
      while (this.allowed <= 0) {
        await new Promise<void>((go, drop) => {
          this.waiting.push({ go, drop });
          this.onWaiting?.(new URL(url).pathname);
        });
      }
      this.allowed -= 1;
      const response = await this.original(input, init);
      if (method === 'POST' && response.ok) {
        this.created.push({
          path: new URL(url).pathname,
          body: (await response.clone().json()) as Written['body'],
        });
      }
      return response;
    };
  }

  /** Lets so many writes pass; resolves with the path of the next one when it is waiting. */
  public after(writes: number): Promise<string> {
    const stopped = new Promise<string>((resolve) => {
      this.onWaiting = resolve;
    });
    this.allowed = writes;
    this.wake();
    return stopped;
  }

  /** Lets everything pass from now on. */
  public release(): void {
    this.allowed = Number.POSITIVE_INFINITY;
    this.onWaiting = undefined;
    this.wake();
  }

  /** Takes back what is waiting, as when its sender is dead, and lets everything after it pass. */
  public drop(): void {
    for (const { drop } of this.waiting.splice(0)) {
      drop(new Error('the sender is dead'));
    }
    this.release();
  }

  /** Ends the braking. */
  public remove(): void {
    this.drop();
    globalThis.fetch = this.original;
  }

  private wake(): void {
    for (const { go } of this.waiting.splice(0)) {
      go();
    }
  }
}
