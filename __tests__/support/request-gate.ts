import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

type Input = Parameters<typeof fetch>[0];

/** A write of a provider, with the body of its answer. */
export interface Written {
  readonly path: string;
  readonly body: { readonly [field: string]: unknown };
}

/** Holds back writes of the fake providers to a sandbox, so that a test can look at, or kill, a half-done deployment. */
export class RequestGate {
  /** The created objects, in order, also those that Terraform no longer waited for. */
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
      // The service handles the request even when the client no longer waits.
      const response = await this.send(input, { ...init, signal: undefined });
      if (method === 'POST' && response.ok) {
        const text = await response.clone().text();
        this.created.push({ path, body: text === '' ? {} : (JSON.parse(text) as Written['body']) });
      }
      init?.signal?.throwIfAborted();
      return response;
    };
  }

  /**
   * Lets this number of writes pass. Resolves with the path of the next one when it waits and the others have
   * their answers.
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

  /** Resolves when exactly this number of writes is waiting. */
  public async waitForWrites(writes: number): Promise<void> {
    while (this.waiting.size !== writes) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Lets all further requests pass. */
  public release(): void {
    this.allowed = Number.POSITIVE_INFINITY;
    this.onWaiting = undefined;
    this.wake();
  }

  /** Lets everything pass, and restores `fetch`. */
  public remove(): void {
    this.release();
    globalThis.fetch = this.original;
  }

  /** Sends a request and waits for the whole answer. */
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

  /** Waits until the gate opens. Throws when the sender no longer waits. */
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
