import { ReadableStream } from 'node:stream/web';
import { runInThisContext } from 'node:vm';
import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import type { Fault } from './chaos-proxy';
import { type EchoedAnswer, echoAnswer } from './echo-server';
import type { Written } from './request-gate';

/** Ids of Okta and Konnect. */
const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(aus|0oa|00p|0pr|scp|ocl|rst)[0-9a-zA-Z]{6,}/g;

/** The globals of this test, and those of modules that Node loads itself: the HTTP client of the command. */
const GLOBALS = [globalThis, runInThisContext('globalThis') as typeof globalThis];

/** Adds faults to the requests of this process to a sandbox: of the fake providers, the command and the gateway. */
export class RequestFaults {
  /**
   * Returns the fault of a request, `undefined` for none. The name of a request is the same in every run: method,
   * service, path without ids, and a number, for example `GET okta:/api/v1/apps/… #2`.
   */
  public faultFor: (request: string) => Fault | undefined = () => undefined;

  private asked: string[] = [];
  private made: Written[] = [];
  private readonly original = globalThis.fetch;

  public constructor({ okta, konnect, gateway }: Sandbox) {
    const services = { okta: okta.url, konnect: konnect.url, gateway: gateway.url };
    fetchBy(async (input, init) => {
      const request = new Request(input, init);
      const { method, url } = request;
      const service = Object.entries(services).find(([, base]) => url.startsWith(base));
      if (!service) {
        return this.original(input, init);
      }
      const [name, base] = service;
      const path = url.slice(base.length);
      const fault = this.faultFor(this.named(`${method} ${name}:${path.replace(IDS, '…')}`)) ?? {};
      const send = async () => {
        // The service handles the request even when the client no longer waits.
        const response = await this.original(new Request(request, { signal: new AbortController().signal }));
        if (method === 'POST' && response.ok) {
          await this.remember(new URL(url).pathname, response.clone());
        }
        return response;
      };
      return broken(fault, request, send);
    });
  }

  /** The requests since `forget`, in order. */
  public get requests(): readonly string[] {
    return this.asked;
  }

  /** The objects created since `forget`, with lost answers too. */
  public get created(): readonly Written[] {
    return this.made;
  }

  /** Clears `requests` and `created`. */
  public forget(): void {
    this.asked = [];
    this.made = [];
  }

  /** Restores `fetch`. */
  public remove(): void {
    fetchBy(this.original);
  }

  private named(request: string): string {
    const nth = this.asked.filter((each) => each.startsWith(`${request} #`)).length + 1;
    const name = `${request} #${nth}`;
    this.asked.push(name);
    return name;
  }

  private async remember(path: string, response: Response): Promise<void> {
    const text = await response.text();
    this.made.push({ path, body: text === '' ? {} : (JSON.parse(text) as Written['body']) });
  }
}

function fetchBy(send: typeof fetch): void {
  for (const each of GLOBALS) {
    each.fetch = send;
  }
}

async function broken(fault: Fault, request: Request, send: () => Promise<Response>): Promise<Response> {
  const { signal } = request;
  if (fault.delay !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, fault.delay));
  }
  const isAnswered = fault.status === undefined && !fault.reset && !fault.hangs;
  const response = isAnswered || fault.afterwards ? await send() : undefined;
  if (fault.hangs) {
    fault.onHang?.();
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  signal.throwIfAborted();
  if (fault.reset) {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
  }
  if (!response || fault.status !== undefined) {
    const { status, headers } = fault;
    const repeated = fault.echoes ? await echoed(request) : undefined;
    const answer = new Response(repeated?.body, { status, headers: { ...repeated?.headers, ...headers } });
    return fault.cut ? cut(answer) : answer;
  }
  return fault.cut ? cut(response) : response;
}

async function echoed(request: Request): Promise<EchoedAnswer> {
  const authorization = request.headers.get('authorization') ?? undefined;
  return echoAnswer({ authorization, path: request.url, body: await request.text() });
}

/** The first half of an answer. One without a body is whole. */
async function cut(response: Response): Promise<Response> {
  const body = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  if (body.length === 0) {
    return new Response(null, { status, headers });
  }
  const half = new ReadableStream({
    start: (controller) => {
      controller.enqueue(body.subarray(0, body.length / 2));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(half, { status, headers });
}
