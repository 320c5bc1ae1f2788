import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Hosts, LOOPBACK, pathOf } from './hosts';
import type { RequestLog } from './request-log';
import { compileWhenNeeded } from './validator-compiler';

interface HttpServiceOptions {
  /** Name in the request log. */
  readonly name: string;
  readonly log: RequestLog;
  /** Adds the routes and the error handler. */
  readonly register: (server: FastifyInstance) => void;
  /**
   * Host names, without port, that are accepted in addition to 127.0.0.1 and localhost. Other names are rejected with
   * 421, so that no web page reaches a sandbox through DNS.
   *
   * @default - none
   */
  readonly hosts?: readonly string[];
  /**
   * Whether to accept another host name, without port.
   *
   * @default - none
   */
  readonly isOwnHost?: (host: string) => boolean;
}

/** An HTTP server on a free port of the loopback interface, whose requests are logged. */
export class HttpService {
  public static async start(options: HttpServiceOptions): Promise<HttpService> {
    const hosts = new Hosts(options.hosts, options.isOwnHost);
    const server = fastify({
      forceCloseConnections: true,
      // A provider with the service as HTTP proxy sends absolute URLs.
      rewriteUrl: (request) => pathOf(request.url ?? '/'),
      // A name may have 255 characters, and so the slug of an API.
      routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1024 },
    });
    server.setValidatorCompiler(compileWhenNeeded);
    const answers = new WeakMap<FastifyRequest, unknown>();
    // Clients send the content type JSON without a body, for example with DELETE.
    server.removeContentTypeParser('application/json');
    server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, body === '' ? undefined : JSON.parse(body as string));
      } catch (error) {
        done(Object.assign(error as SyntaxError, { statusCode: 400 }));
      }
    });
    server.addHook('onRequest', async (request, reply) => {
      const foreign = hosts.foreignIn(request.headers.host, request.originalUrl);
      if (foreign !== undefined) {
        await reply.code(421).send({ message: `The sandbox does not answer for host ${foreign}` });
      }
    });
    server.addHook('onSend', async (request, _reply, payload) => {
      answers.set(request, payload);
      return payload;
    });
    server.addHook('onResponse', async (request, reply) => {
      const { method, url: path, body } = request;
      const contentType = String(reply.getHeader('content-type') ?? '').split(';')[0];
      const answer = parsed(answers.get(request), contentType);
      options.log.add({
        ...{ service: options.name, method, path, body, status: reply.statusCode },
        ...(answer !== undefined && { contentType, answer }),
      });
    });
    options.register(server);
    const url = await server.listen({ host: LOOPBACK, port: 0 });
    return new HttpService(server, url);
  }

  private constructor(
    private readonly server: FastifyInstance,
    /** `http://127.0.0.1:<port>`, without a slash at the end. */
    public readonly url: string,
  ) {}

  /** Closes the port and every open connection. */
  public async stop(): Promise<void> {
    await this.server.close();
  }
}

function parsed(payload: unknown, contentType: string): unknown {
  if (typeof payload !== 'string' || payload === '') {
    return undefined;
  }
  return contentType.endsWith('json') ? JSON.parse(payload) : payload;
}
