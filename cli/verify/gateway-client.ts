import type { KyInstance } from 'ky';
import type { Console } from '../console';
import { CommandError } from '../exit';
import { causeOf, createHttp } from '../http';
import { isSafe, type RouteRequest } from './route-request';

/** The answer of a gateway, as far as it tells who gave it. */
export interface GatewayAnswer {
  readonly status: number;
  /** Whether it is Kong's for a request that no route takes. */
  readonly noRoute: boolean;
  readonly challenge: string | null;
  /** Where it sends the client to, as an absolute URL; undefined when it does not, or to no URL. */
  readonly location?: URL;
}

/** Kong's words for a request that no route takes. */
const NO_ROUTE = 'no Route matched with those values';

/** A gateway's proxy. */
export class GatewayClient {
  /** @throws CommandError when KONNECT_PROXY_URL is missing or wrong */
  public static async create(console: Console): Promise<GatewayClient> {
    const { KONNECT_PROXY_URL: url } = console.io.env;
    if (!url || !URL.canParse(url)) {
      throw CommandError.usage(
        url ? `KONNECT_PROXY_URL is no URL: ${url}` : 'KONNECT_PROXY_URL is not set',
        'Set it to the URL that the data plane of the control plane takes requests on, for example http://localhost:8000.',
      );
    }
    return new GatewayClient(url, console, await createHttp({ console, url }));
  }

  private constructor(
    public readonly url: string,
    private readonly console: Console,
    private readonly http: KyInstance,
  ) {}

  /** Name of the host in the URL, without a port. */
  public get host(): string {
    return new URL(this.url).hostname;
  }

  /**
   * Sends a request, and again after an answer or an error that may pass, if it is one that changes nothing.
   *
   * @throws CommandError when nobody answers
   */
  public async send({ method, path }: RouteRequest, authorization?: string): Promise<GatewayAnswer> {
    this.console.redactor.add(authorization?.split(' ')[1]);
    try {
      const response = await this.http(path.replace(/^\//, ''), {
        method,
        headers: authorization === undefined ? {} : { authorization },
        throwHttpErrors: false,
        retry: isSafe(method) ? { methods: ['get', 'head'] } : { limit: 0 },
      });
      const body = await response.text();
      const location = response.headers.get('location');
      return {
        status: response.status,
        // An answer to HEAD has no words.
        noRoute: response.status === 404 && (body.includes(NO_ROUTE) || method === 'HEAD'),
        challenge: response.headers.get('www-authenticate'),
        ...(location !== null &&
          URL.canParse(location, this.url) && { location: new URL(location, this.url) }),
      };
    } catch (error) {
      throw CommandError.unreachable(
        `the gateway cannot be reached at ${this.url}: ${causeOf(error)}`,
        'Check KONNECT_PROXY_URL: it is the URL of a data plane, not that of Konnect.',
      );
    }
  }
}
