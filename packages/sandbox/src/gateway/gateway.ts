import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import { HttpService } from '../http/http-service';
import type { RequestLog } from '../http/request-log';
import { authenticate, type Verdict } from './authenticate';
import type { GatewayConfiguration, GatewayRoute } from './configuration';
import { matchesHost, nameOfHost } from './host';
import { matchRoute, upstreamPath } from './routing';

export interface GatewayOptions {
  readonly configuration: GatewayConfiguration;
  readonly clock: Clock;
  readonly log: RequestLog;
}

/** Why a request was refused; for people who debug a stack, no real gateway sends it. */
const REASON_HEADER = 'x-sandbox-reason';

/**
 * A gateway with the routes of every control plane of a tenant. A request to a published API is
 * authenticated as Kong's openid-connect plugin does; the upstream echoes what it was sent.
 *
 * It keeps no token: a real gateway caches them, so there a revoked client works until its token expires.
 */
export class Gateway {
  /** @internal */
  public static async start(options: GatewayOptions): Promise<Gateway> {
    const register = (server: FastifyInstance) => addRoutes(server, options);
    // Names of routes are no way for a web page to get here: the stack chose them.
    const isOwnHost = (name: string) =>
      options.configuration
        .routes()
        .some(({ hosts }) => hosts.some((each) => matchesHost(nameOfHost(each), name)));
    return new Gateway(await HttpService.start({ name: 'gateway', log: options.log, register, isOwnHost }));
  }

  private constructor(private readonly service: HttpService) {}

  /** Base URL, without a slash at the end. */
  public get url(): string {
    return this.service.url;
  }

  /** Closes the port and every open connection. */
  public async stop(): Promise<void> {
    await this.service.stop();
  }
}

function addRoutes(server: FastifyInstance, { configuration, clock }: GatewayOptions): void {
  // A gateway does not read bodies.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.all('/*', async (request, reply) => {
    const path = request.url.split('?')[0];
    const { method, headers } = request;
    const match = matchRoute(configuration.routes(), { method, path, host: headers.host ?? '', headers });
    if (!match) {
      return reply.code(404).send({ message: 'no Route matched with those values' });
    }
    if (!match.route.protocols.includes('http')) {
      return demandHttps(request, reply, match.route);
    }
    const { service, controlPlaneId } = match.route;
    const publications = configuration.publications(controlPlaneId, service.id);
    const protectedBy = publications.flatMap(({ apiId, strategy }) =>
      strategy ? [{ apiId, strategy }] : [],
    );

    // One API on two portals has two strategies: the credentials of either portal open it.
    const verdicts: Verdict[] = [];
    for (const { apiId, strategy } of protectedBy) {
      const verdict = await authenticate(request.headers.authorization, strategy, clock, (clientId) =>
        configuration.isRegistered(clientId, strategy.id, apiId),
      );
      verdicts.push(verdict);
      if (verdict.status === 200) {
        break;
      }
    }
    const verdict = furthest(verdicts);
    if (verdict.status !== 200) {
      return reply
        .code(verdict.status)
        .header(REASON_HEADER, verdict.reason)
        .send({ message: verdict.message });
    }
    return echo(request, match.route, upstreamPath(match, path));
  });
}

/** The answer to http where a route takes https only: an upgrade, or a redirect where the route says so. */
function demandHttps(
  { headers, url }: FastifyRequest,
  reply: FastifyReply,
  { httpsRedirectStatusCode: status }: GatewayRoute,
): FastifyReply {
  return status === 426
    ? reply
        .code(status)
        .headers({ connection: 'Upgrade', upgrade: 'TLS/1.2, HTTP/1.1' })
        .send({ message: 'Please use HTTPS protocol' })
    : reply
        .code(status)
        .header('location', `https://${nameOfHost(headers.host ?? '')}${url}`)
        .send();
}

/** How far credentials get: without a strategy through, and otherwise where the most lenient of them stops. */
function furthest(verdicts: readonly Verdict[]): Verdict {
  const [first = { status: 200 } as const] = [200, 403, 500, 401].flatMap((status) =>
    verdicts.filter((verdict) => verdict.status === status),
  );
  return first;
}

/** What the upstream got, without the credentials. */
function echo(request: FastifyRequest, { service }: GatewayRoute, path: string): object {
  const { authorization: _, ...headers } = request.headers;
  return { method: request.method, host: service.host, path, headers, body: request.body ?? null };
}
