import { type IncomingMessage, type OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/** What goes wrong with one request. */
export interface Fault {
  /** Answers this instead of asking the service. */
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };

  /** Whether the answer with that status repeats the request with its credentials. */
  readonly echoes?: boolean;

  /** Closes the connection without an answer. */
  readonly reset?: boolean;

  /** Lets the service handle the request, and drops its answer. */
  readonly afterwards?: boolean;

  /** Sends half of the answer, and closes the connection. An answer without a body is whole. */
  readonly cut?: boolean;

  /** Milliseconds before the service gets the request. */
  readonly delay?: number;

  /** Holds the request back until then. */
  readonly until?: Promise<unknown>;

  /** Never answers. Called when the request begins to hang, which ends when the client closes the connection. */
  readonly hangs?: () => void;
}

/** An object that a POST created, as the service answered it. */
export interface Written {
  readonly path: string;
  readonly body: { readonly [field: string]: unknown };
}

interface Answer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body: string;
}

/** Ids of Okta and Konnect. */
const IDS = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(aus|0oa|00p|0pr|scp|ocl|rst)[0-9a-zA-Z]{6,}/g;

/** Fields of error messages of Konnect, Okta and the token endpoint. */
const FIELDS = ['detail', 'message', 'title', 'error', 'error_description', 'errorSummary', 'errorCode'];

/** Adds faults to the requests to a sandbox: of the fake providers, the gateway and the command, in any process. */
export class RequestFaults {
  /**
   * Returns the fault of a request, `undefined` for none. The name of a request is the same in every run: method,
   * service, path without ids, and a number, for example `GET okta:/api/v1/apps/… #2`. The signal aborts when the
   * client closes the connection.
   */
  public faultFor: (request: string, client: AbortSignal) => Fault | undefined = () => undefined;

  /** The requests since `forget`, in order. */
  public readonly requests: string[] = [];

  /** The objects created since `forget`, with lost answers too. */
  public readonly created: Written[] = [];

  /** Number of requests that the services handle at the moment. */
  public unanswered = 0;

  private readonly original = Server.prototype.emit;

  public constructor({ okta, konnect, gateway }: Sandbox) {
    const services = new Map(
      Object.entries({ okta, konnect, gateway }).map(([name, { url }]) => [Number(new URL(url).port), name]),
    );
    const { original } = this;
    const meet = this.meet.bind(this);
    Server.prototype.emit = function emit(this: Server, event: string, ...values: unknown[]): boolean {
      const pass = (): boolean => Reflect.apply(original, this, [event, ...values]);
      const [request, response] = values as [IncomingMessage, ServerResponse];
      const service = event === 'request' && services.get(request.socket.localPort ?? 0);
      if (!service) {
        return pass();
      }
      meet(service, request, response, pass).catch(() => response.destroy());
      return true;
    };
  }

  /** Clears `requests` and `created`. */
  public forget(): void {
    this.requests.length = 0;
    this.created.length = 0;
  }

  /** Lets all further requests pass. */
  public remove(): void {
    Server.prototype.emit = this.original;
  }

  private async meet(
    service: string,
    request: IncomingMessage,
    response: ServerResponse,
    pass: () => boolean,
  ): Promise<void> {
    const closed = new AbortController();
    response.once('close', () => closed.abort());
    const { pathname, search } = new URL(String(request.url), 'http://sandbox');
    const name = `${request.method} ${service}:${`${pathname}${search}`.replace(IDS, '…')}`;
    const fault = this.faultFor(this.numbered(name), closed.signal) ?? {};
    await fault.until;
    if (fault.delay !== undefined) {
      await wait(fault.delay);
    }
    if (closed.signal.aborted) {
      return;
    }
    const isAnswered = fault.status === undefined && !fault.reset && !fault.hangs;
    const answer = isAnswered || fault.afterwards ? await this.handle(response, pass) : undefined;
    if (answer && request.method === 'POST' && answer.status < 300) {
      this.created.push({ path: pathname, body: answer.body === '' ? {} : JSON.parse(answer.body) });
    }
    if (fault.hangs) {
      fault.hangs();
    } else if (fault.reset) {
      response.destroy();
    } else {
      send(response, answer && isAnswered ? answer : await errorOf(fault, request), fault.cut);
    }
  }

  private numbered(request: string): string {
    const nth = this.requests.filter((each) => each.startsWith(`${request} #`)).length + 1;
    const name = `${request} #${nth}`;
    this.requests.push(name);
    return name;
  }

  /** Lets the service handle a request. Returns its answer without sending it. */
  private async handle(response: ServerResponse, pass: () => boolean): Promise<Answer> {
    this.unanswered += 1;
    const answer = await new Promise<Answer>((resolve) => {
      let headers: OutgoingHttpHeaders;
      response.writeHead = (status, given) => {
        response.statusCode = status;
        headers = given as OutgoingHttpHeaders;
        return response;
      };
      response.end = (body?: unknown) => {
        resolve({ status: response.statusCode, headers, body: String(body ?? '') });
        return response;
      };
      pass();
    });
    const { writeHead, end } = ServerResponse.prototype;
    Object.assign(response, { writeHead, end });
    this.unanswered -= 1;
    return answer;
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer, isCut = false): void {
  response.writeHead(status, headers);
  if (isCut && body !== '') {
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  } else {
    response.end(body);
  }
}

/** The answer of a fault with a status. */
async function errorOf({ status = 500, headers, echoes }: Fault, request: IncomingMessage): Promise<Answer> {
  const echoed = echoes ? await echo(request) : { headers: {}, body: '' };
  return { status, headers: { ...echoed.headers, ...headers }, body: echoed.body };
}

/** An error that repeats the request with its credentials: as plain text, URL-encoded and as JSON. */
async function echo(request: IncomingMessage): Promise<Omit<Answer, 'status'>> {
  const { authorization = '' } = request.headers;
  const [scheme, credentials = ''] = authorization.split(' ');
  const plain = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString() : '';
  const sent = [authorization, plain, String(request.url), await text(request)];
  const repeated = [...sent, ...sent.map(encodeURIComponent), JSON.stringify(sent)].join(' | ');
  return {
    headers: {
      'content-type': 'application/json',
      'retry-after': '0',
      location: `http://127.0.0.1/?${encodeURIComponent(sent.join())}`,
      'www-authenticate': `${authorization} realm=${encodeURIComponent(sent.join())}`,
    },
    body: JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, repeated]))),
  };
}
