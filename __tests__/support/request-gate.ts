import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

type Input = Parameters<typeof fetch>[0];

/** A write of a provider, and what came back. */
export interface Written {
  readonly path: string;
  readonly body: { readonly [field: string]: unknown };
}

/**
 * Stops what the fake providers write to a sandbox at a place of one's choice, so that a test
 * can look at, or kill, a deployment that is half done.
 */
export class Brake {
  /** What was created, in order, whether or not Terraform still waited for it. */
  public readonly created: Written[] = [];
  private allowed = Number.POSITIVE_INFINITY;
  private unanswered = 0;
  private readonly waiting = new Set<() => void>();
  private onWaiting?: (path: string) => void;
  private readonly original = globalThis.fetch;

  public constructor(sandbox: Sandbox) {
    const services = [sandbox.okta.url, sandbox.konnect.url];
    globalThis.fetch = async (input, init) => {
      const url = String(input);
      const method = init?.method ?? 'GET';
      if (!services.some((each) => url.startsWith(each))) {
        return this.original(input, init);
      }
      if (method === 'GET') {
        return this.send(input, init);
      }
      const { pathname: path } = new URL(url);
      while (this.allowed <= 0) {
        await this.turn(path, init?.signal);
      }
      this.allowed -= 1;
      // What was sent is done, whoever still waits for the answer.
      const response = await this.send(input, { ...init, signal: undefined });
      if (method === 'POST' && response.ok) {
        this.created.push({ path, body: (await response.clone().json()) as Written['body'] });
      }
      init?.signal?.throwIfAborted();
      return response;
    };
  }

  /**
   * Lets so many writes pass; resolves with the path of the next one when it is waiting, and all that passed have
   * their answers: an answer that nobody heard is another test's subject.
   */
  public async after(writes: number): Promise<string> {
    const stopped = new Promise<string>((resolve) => {
      this.onWaiting = resolve;
    });
    this.allowed = writes;
    this.wake();
    const path = await stopped;
    while (this.unanswered > 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return path;
  }

  /** Resolves when so many writes are waiting, no more and no fewer. */
  public async holds(writes: number): Promise<void> {
    while (this.waiting.size !== writes) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Lets everything pass from now on. */
  public release(): void {
    this.allowed = Number.POSITIVE_INFINITY;
    this.onWaiting = undefined;
    this.wake();
  }

  /** Ends the braking. */
  public remove(): void {
    this.release();
    globalThis.fetch = this.original;
  }

  /** Sends a request; the whole answer is here when it resolves. */
  private async send(input: Input, init?: RequestInit): Promise<Response> {
    this.unanswered += 1;
    try {
      const response = await this.original(input, init);
      await response.clone().arrayBuffer();
      return response;
    } finally {
      this.unanswered -= 1;
    }
  }

  /** Waits for the brake to be loosened, or throws when the sender waits no more. */
  private async turn(path: string, signal?: AbortSignal | null): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.add(resolve);
      const give = () => {
        this.waiting.delete(resolve);
        resolve();
      };
      signal?.addEventListener('abort', give, { once: true });
      this.onWaiting?.(path);
    });
    signal?.throwIfAborted();
  }

  private wake(): void {
    for (const go of this.waiting) {
      this.waiting.delete(go);
      go();
    }
  }
}
