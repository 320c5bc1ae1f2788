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

  /** Never answers. Ends when the client closes the connection. */
  readonly hangs?: boolean;

  /** Called when the request begins to hang. */
  readonly onHang?: () => void;
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

  /** Number of requests that the services handle at the moment. */
  public unanswered = 0;

  private asked: string[] = [];
  private made: Written[] = [];
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
      this.made.push({ path: pathname, body: answer.body === '' ? {} : JSON.parse(answer.body) });
    }
    if (fault.hangs) {
      fault.onHang?.();
    } else if (fault.reset) {
      response.destroy();
    } else if (answer && isAnswered) {
      send(response, answer, fault.cut);
    } else {
      const { status = 200, headers } = fault;
      const echoed = fault.echoes ? await echo(request) : undefined;
      send(response, { status, body: '', ...echoed, headers: { ...echoed?.headers, ...headers } }, fault.cut);
    }
  }

  private numbered(request: string): string {
    const nth = this.asked.filter((each) => each.startsWith(`${request} #`)).length + 1;
    const name = `${request} #${nth}`;
    this.asked.push(name);
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

/** An error that repeats the request with its credentials: as plain text, URL-encoded and as JSON. */
async function echo(request: IncomingMessage): Promise<Pick<Answer, 'headers' | 'body'>> {
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
