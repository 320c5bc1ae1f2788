import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import { HttpService } from '../http/http-service';
import type { RequestLog } from '../http/request-log';
import { matchOperation } from './access-control';
import { authenticate, type Verdict } from './authenticate';
import type { GatewayConfiguration, GatewayPublication, GatewayRoute } from './configuration';
import { matchesHost, nameOfHost } from './host';
import { matchRoute, upstreamPath } from './routing';

interface GatewayOptions {
  readonly configuration: GatewayConfiguration;
  readonly clock: Clock;
  readonly log: RequestLog;
}

/** The reason of a rejection, for debugging. No real gateway sends it. */
const REASON_HEADER = 'x-sandbox-reason';

/**
 * A gateway with the routes of every control plane of a tenant. A request to a published API is authenticated as Kong's
 * openid-connect plugin does; the upstream returns the request that it got.
 *
 * It caches no token. With a real gateway a revoked client works until its cached token expires.
 */
export class Gateway {
  /** @internal */
  public static async start(options: GatewayOptions): Promise<Gateway> {
    const register = (server: FastifyInstance) => addRoutes(server, options);
    // Hosts of routes are safe to accept: the stack chose them, not a web page.
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
      return redirectToHttps(request, reply, match.route);
    }
    const { service, controlPlaneId } = match.route;
    const check = (publications: readonly GatewayPublication[]) =>
      checkPublications(request, publications, configuration, clock);
    let verdict = await check(configuration.publications(controlPlaneId, service.id));
    const accessControl = configuration.accessControl(controlPlaneId);
    // Runs after all other authentication.
    if (verdict.status === 200 && accessControl) {
      const publications = matchOperation(accessControl, { method, path });
      if (!publications && accessControl.requiresMatch) {
        return reply
          .code(404)
          .header(REASON_HEADER, 'the request matches no operation of an API')
          .send({ message: 'Not Found' });
      }
      verdict = accessControl.allowsAnonymous ? { status: 200 } : await check(publications ?? []);
    }
    if (verdict.status !== 200) {
      return reply
        .code(verdict.status)
        .header(REASON_HEADER, verdict.reason)
        .send({ message: verdict.message });
    }
    return mirrorRequest(request, match.route, upstreamPath(match, path));
  });
}

/** One API on two portals has two strategies: the credentials of either portal open it. */
async function checkPublications(
  { headers }: FastifyRequest,
  publications: readonly GatewayPublication[],
  configuration: GatewayConfiguration,
  clock: Clock,
): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const { apiId, strategy } of publications) {
    if (strategy) {
      const verdict = await authenticate(headers.authorization, strategy, clock, (clientId) =>
        configuration.isRegistered(clientId, strategy.id, apiId),
      );
      if (verdict.status === 200) {
        return verdict;
      }
      verdicts.push(verdict);
    }
  }
  return furthest(verdicts);
}

/** The answer to http where a route takes https only: an upgrade, or a redirect where the route says so. */
function redirectToHttps(
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

/** The most lenient verdict of the strategies. Without a strategy the request passes. */
function furthest(verdicts: readonly Verdict[]): Verdict {
  const [first = { status: 200 } as const] = [200, 403, 500, 401].flatMap((status) =>
    verdicts.filter((verdict) => verdict.status === status),
  );
  return first;
}

/** The request as the upstream got it, without the credentials. */
function mirrorRequest(request: FastifyRequest, { service }: GatewayRoute, path: string): object {
  const { authorization: _, ...headers } = request.headers;
  return { method: request.method, host: service.host, path, headers, body: request.body ?? null };
}
