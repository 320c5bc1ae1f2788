import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { echoAnswer } from './echo-server';

/** What goes wrong with one request. */
export interface Fault {
  /** Answers this instead of asking the service. */
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };

  /** Whether the answer with that status repeats the request. */
  readonly echoes?: boolean;

  /** Closes the connection without an answer. */
  readonly reset?: boolean;

  /** Passes the request on, and drops the answer of the service. */
  readonly afterwards?: boolean;

  /** Sends half of the answer, and closes the connection. */
  readonly cut?: boolean;

  /** Milliseconds before the answer. */
  readonly delay?: number;

  /** Never answers. Ends when the client closes the connection. */
  readonly hangs?: boolean;

  /** Called when the request begins to hang. */
  readonly onHang?: () => void;
}

/** A request, before it is passed on. */
export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;

  /** Number of requests before it. */
  readonly index: number;
}

/** A proxy of a service that answers some requests with faults. */
export class ChaosProxy {
  public static async start(
    target: string,
    faultFor: (request: ProxiedRequest) => Fault | undefined,
  ): Promise<ChaosProxy> {
    const requests: ProxiedRequest[] = [];
    const server = createServer((request, response) => {
      const { method = 'GET', url: path = '/' } = request;
      const proxied = { method, path, index: requests.length };
      requests.push(proxied);
      answer(target, request, response, faultFor(proxied)).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ChaosProxy(server, requests);
  }

  private constructor(
    private readonly server: Server,
    /** All requests, in order. */
    public readonly requests: readonly ProxiedRequest[],
  ) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function answer(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault = {},
): Promise<void> {
  const body: Uint8Array[] = [];
  for await (const chunk of request) {
    body.push(chunk as Uint8Array);
  }
  if (fault.delay !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, fault.delay));
  }
  const faulty = fault.status !== undefined || fault.reset === true || fault.hangs === true;
  const real =
    faulty && !fault.afterwards
      ? undefined
      : await pass(target, request, Uint8Array.from(Buffer.concat(body as never)));
  if (fault.hangs) {
    fault.onHang?.();
    return;
  }
  if (fault.reset) {
    response.destroy();
  } else if (fault.status !== undefined) {
    const { url: path = '/', headers } = request;
    const sent = {
      authorization: headers.authorization,
      path,
      body: Buffer.concat(body as never).toString(),
    };
    const echoed = fault.echoes ? echoAnswer(sent) : undefined;
    response.writeHead(fault.status, { ...echoed?.headers, ...fault.headers }).end(echoed?.body);
  } else if (real) {
    const text = Buffer.from(await real.arrayBuffer());
    const {
      'transfer-encoding': _,
      'content-encoding': _encoding,
      ...headers
    } = Object.fromEntries(real.headers);
    response.writeHead(real.status, { ...headers, 'content-length': text.length });
    if (fault.cut) {
      response.write(text.subarray(0, text.length / 2), () => response.destroy());
    } else {
      response.end(text);
    }
  }
}

function pass(target: string, { method = 'GET', url = '/', headers }: IncomingMessage, body: Uint8Array) {
  const { host: _, connection: _connection, 'content-length': _length, ...others } = headers;
  return fetch(`${target}${url}`, {
    method,
    headers: others as { [name: string]: string },
    ...(body.length > 0 && { body: Uint8Array.from(body) }),
    redirect: 'manual',
  });
}
