import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { GatewayConfiguration, GatewayRoute } from '../../gateway/configuration';
import type { OktaClient } from '../../okta/okta-org';
import { shellQuote } from '../../shell';

/** A request to an API at the gateway, without credentials. */
interface GatewayRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
}

/** What the gateway answered. */
interface GatewayAnswer {
  readonly status: number;
  readonly statusText: string;
  /**
   * Why the gateway of the sandbox refused the request.
   *
   * @default - none, for a request that it accepted
   */
  readonly reason?: string | string[];
  readonly body: string;
}

/** Requests that the pages propose and send. */
export class GatewayRequests {
  public constructor(
    private readonly url: string,
    private readonly configuration: GatewayConfiguration,
  ) {}

  /**
   * A request to an API: by its first route without a regular expression. `undefined` without such a route, or when the
   * API takes no client credentials.
   */
  public find(apiId: string): GatewayRequest | undefined {
    const route = this.configuration
      .routes()
      .find((each) => this.takesCredentials(each, apiId) && pathOf(each) !== undefined);
    if (!route) {
      return undefined;
    }
    const [host] = route.hosts.filter((each) => !each.includes('*'));
    const headers = Object.entries(route.headers).flatMap(([name, [value]]) =>
      value === undefined ? [] : [[name, value]],
    );
    return {
      method: route.methods.length === 0 || route.methods.includes('GET') ? 'GET' : route.methods[0],
      url: `${this.url}${pathOf(route)}`,
      headers: { ...Object.fromEntries(headers), ...(host !== undefined && { host }) },
    };
  }

  /** Sends a request with the credentials of a client. */
  public async send(
    { method, url, headers }: GatewayRequest,
    { clientId, clientSecret }: OktaClient,
  ): Promise<GatewayAnswer> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      // fetch does not send a header Host.
      request(url, { method, headers, auth: `${clientId}:${clientSecret}` }, resolve)
        .on('error', reject)
        .end();
    });
    return {
      status: answer.statusCode ?? 0,
      statusText: answer.statusMessage ?? '',
      reason: answer.headers['x-sandbox-reason'],
      body: indented(await text(answer)),
    };
  }

  private takesCredentials({ controlPlaneId, service }: GatewayRoute, api: string): boolean {
    return this.configuration
      .publications(controlPlaneId, service.id)
      .some(({ apiId, strategy }) => apiId === api && strategy?.authMethods.includes('client_credentials'));
  }
}

/** The request as a line for a shell. */
export function curlLine(
  { method, url, headers }: GatewayRequest,
  { clientId, clientSecret }: OktaClient,
): string {
  return [
    'curl -i',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    `-u ${shellQuote(`${clientId}:${clientSecret}`)}`,
    shellQuote(url),
  ].join(' ');
}

/** The first path of a route that is not a regular expression. */
export function pathOf({ paths }: GatewayRoute): string | undefined {
  return paths.length === 0 ? '/' : paths.find((path) => !path.startsWith('~'));
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
