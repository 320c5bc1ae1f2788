import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { RequestFaults, type Written } from './request-faults';

/** Holds back writes to a sandbox, so that a test can look at, or kill, a half-done deployment. */
export class RequestGate {
  private allowed = Number.POSITIVE_INFINITY;
  private waiting = 0;
  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly faults: RequestFaults;

  public constructor(sandbox: Sandbox) {
    this.faults = new RequestFaults(sandbox);
    this.faults.faultFor = (request, client) =>
      request.startsWith('GET ') ? undefined : { until: this.turn(request, client) };
  }

  /** The created objects, in order, also those that Terraform no longer waited for. */
  public get created(): readonly Written[] {
    return this.faults.created;
  }

  /** Lets this number of writes pass. Resolves with the next one when it waits and the others have their answers. */
  public async after(writes: number): Promise<string> {
    const stopped = once(this.events, 'wait');
    this.open(writes);
    const [request] = await stopped;
    do {
      await wait(10);
    } while (this.faults.unanswered > 0);
    return request;
  }

  /** Resolves when exactly this number of writes is waiting. */
  public async waitForWrites(writes: number): Promise<void> {
    while (this.waiting !== writes) {
      await wait(10);
    }
  }

  /** Lets all further requests pass. */
  public release(): void {
    this.open(Number.POSITIVE_INFINITY);
  }

  /** Lets everything pass. */
  public remove(): void {
    this.release();
    this.faults.remove();
  }

  private open(writes: number): void {
    this.allowed = writes;
    this.events.emit('open');
  }

  /** Waits until the gate opens. Throws when the client closes the connection. */
  private async turn(request: string, client: AbortSignal): Promise<void> {
    this.waiting += 1;
    try {
      while (this.allowed <= 0) {
        this.events.emit('wait', request);
        await once(this.events, 'open', { signal: client });
      }
      this.allowed -= 1;
    } finally {
      this.waiting -= 1;
    }
  }
}
