import type { KyInstance } from 'ky';
import type { Console } from '../console';
import { CommandError } from '../exit';
import { causeOf, createHttp } from '../http';
import { isSafe, type RouteRequest } from './route-request';

/** A gateway's answer to a request. */
export interface GatewayAnswer {
  readonly status: number;
  /** Whether Kong found no route for the request. */
  readonly noRoute: boolean;
  readonly challenge: string | null;
  /** Target of a redirect. */
  readonly location?: URL;
}

/** Kong's message when no route takes a request. */
const NO_ROUTE = 'no Route matched with those values';

/** A gateway's proxy. */
export class GatewayClient {
  /** @throws CommandError when KONNECT_PROXY_URL is missing or invalid */
  public static async create(console: Console): Promise<GatewayClient> {
    const { KONNECT_PROXY_URL: url } = console.io.env;
    if (!url || !URL.canParse(url)) {
      throw CommandError.usage(
        url ? `KONNECT_PROXY_URL is not a URL: ${url}` : 'KONNECT_PROXY_URL is not set',
        'Set it to the proxy URL of a data plane of the control plane, for example http://localhost:8000.',
      );
    }
    return new GatewayClient(url, console, await createHttp({ console, url }));
  }

  private constructor(
    public readonly url: string,
    private readonly console: Console,
    private readonly http: KyInstance,
  ) {}

  /** Host name of the URL, without the port. */
  public get host(): string {
    return new URL(this.url).hostname;
  }

  /**
   * Sends a request. Retries only requests that change nothing.
   *
   * @throws CommandError when there is no answer
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
        // Answers to HEAD have no body.
        noRoute: response.status === 404 && (body.includes(NO_ROUTE) || method === 'HEAD'),
        challenge: response.headers.get('www-authenticate'),
        ...(location !== null &&
          URL.canParse(location, this.url) && { location: new URL(location, this.url) }),
      };
    } catch (error) {
      throw CommandError.unreachable(
        `the gateway cannot be reached at ${this.url}: ${causeOf(error)}`,
        'Check that KONNECT_PROXY_URL is the URL of a data plane, not of Konnect.',
      );
    }
  }
}
