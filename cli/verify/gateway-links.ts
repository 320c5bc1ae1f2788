import type { KyInstance } from 'ky';
import type { Console } from '../console';
import type { Client, Strategy } from '../deployment';
import { CommandError } from '../exit';
import { causeOf, createHttp } from '../http';
import { OktaError } from '../okta-client';
import { Outcome } from '../progress';
import type { Link } from './chain';
import { type Credentials, credentialsFor } from './gateway-credentials';
import type { RouteRequest } from './konnect-links';
import type { IssuedTokens } from './okta-links';

/** What requests to the gateway are made of, for one publication. */
export interface GatewayChain {
  readonly gateway: GatewayClient;
  readonly strategy: Strategy;
  readonly tokens: IssuedTokens;
  /** Name of the link that the client's token comes from. */
  readonly tokenLink: string;
  readonly client: Client;
  readonly clientSecret: string;
  /** A client that is registered for nothing. */
  readonly stranger?: { readonly clientId: string; readonly clientSecret: string };
  /** Tells the request, once it is known. */
  readonly route: () => RouteRequest;
  /** Whether the route has to be found first. */
  readonly needsRoute: boolean;
  /** Whether everything before holds, so that waiting for the gateway makes sense. */
  readonly unbroken: () => boolean;
  /** How long a gateway may take to learn of a change, in seconds. */
  readonly wait: number;
  readonly publicationName: string;
  readonly suffix: string;
}

/** The answer of a gateway, as far as it tells who gave it. */
interface GatewayAnswer {
  readonly status: number;
  /** Kong's words for a request that no route takes. */
  readonly noRoute: boolean;
  readonly challenge: string | null;
}

const STRANGER_NEEDS_TOKEN =
  'This client must get a token: its secret must be right, and an access policy must let it in. Only then is 403 a proof.';
const NO_ROUTE = 'no Route matched with those values';
/** Pause between two attempts, in milliseconds. */
const INTERVAL = 1_000;

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

  /** @throws CommandError when nobody answers */
  public async send({ method, path }: RouteRequest, authorization?: string): Promise<GatewayAnswer> {
    this.console.redactor.add(authorization?.split(' ')[1]);
    try {
      const response = await this.http(path.replace(/^\//, ''), {
        method,
        headers: authorization === undefined ? {} : { authorization },
        throwHttpErrors: false,
      });
      const body = await response.text();
      return {
        status: response.status,
        noRoute: response.status === 404 && body.includes(NO_ROUTE),
        challenge: response.headers.get('www-authenticate'),
      };
    } catch (error) {
      throw CommandError.unreachable(
        `the gateway cannot be reached at ${this.url}: ${causeOf(error)}`,
        'Check KONNECT_PROXY_URL: it is the URL of a data plane, not that of Konnect.',
      );
    }
  }
}

/** Requests that must pass, and requests that must not. */
export function gatewayLinks(chain: GatewayChain): Link[] {
  const { suffix, needsRoute, strategy, publicationName } = chain;
  const credentials = credentialsFor(chain);
  const route = needsRoute ? [`implementation${suffix}`] : [];
  const link = (
    name: string,
    what: string,
    check: () => Promise<Outcome>,
    needs: readonly string[] = [],
  ) => ({
    name: `${name}${suffix}`,
    title: suffix === '' ? what : `${what} to ${publicationName}`,
    needs: [...route, ...needs],
    check,
  });
  const proving = (name: string, what: string, check: (proof: Credentials) => Promise<Outcome>) =>
    link(
      name,
      what,
      async () =>
        credentials
          ? check(credentials)
          : Outcome.skipped(
              `the strategy takes ${strategy.authMethods.join(', ')}, and neither client credentials nor bearer tokens`,
            ),
      credentials?.needs,
    );
  return [
    proving('with-credentials', `Request with ${credentials?.title ?? 'the credentials'}`, ({ right }) =>
      checkPasses(chain, right()),
    ),
    link('without-credentials', 'Request without credentials', () => checkRefused(chain, 401)),
    proving('wrong-secret', `Request with ${credentials?.wrongTitle ?? 'a wrong secret'}`, ({ wrong }) =>
      checkRefused(chain, 401, wrong()),
    ),
    proving('unregistered-client', 'Request of an unregistered client', (proof) =>
      checkStranger(chain, proof),
    ),
  ];
}

async function checkStranger(chain: GatewayChain, { of }: Credentials): Promise<Outcome> {
  const { stranger } = chain;
  if (!stranger) {
    return Outcome.skipped(
      'not checked, no such client was named',
      'Name one that gets tokens but has no registration: --unregistered-client-id, secret in OKTA_UNREGISTERED_CLIENT_SECRET.',
    );
  }
  let authorization: string;
  try {
    authorization = await of(stranger.clientId, stranger.clientSecret);
  } catch (error) {
    if (!(error instanceof OktaError)) {
      throw error;
    }
    return Outcome.failed(`Okta refuses it a token with ${error.message}`, STRANGER_NEEDS_TOKEN);
  }
  return checkRefused(chain, 403, authorization);
}

async function checkPasses(chain: GatewayChain, authorization: string): Promise<Outcome> {
  const { gateway, wait, unbroken } = chain;
  const route = chain.route();
  const send = () => gateway.send(route, authorization);
  let answer = await send();
  const end = Date.now() + wait * 1_000;
  // A data plane takes some seconds to learn of a deployment or a registration.
  while (answer.status !== 200 && unbroken() && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(INTERVAL, Math.max(end - Date.now(), 0))));
    answer = await send();
  }
  if (answer.status === 200) {
    return Outcome.ok('200');
  }
  const [cause, remedy] = explain(answer, chain);
  return Outcome.failed(`${answer.status} instead of 200: ${cause}`, remedy);
}

function explain({ status, noRoute, challenge }: GatewayAnswer, chain: GatewayChain): [string, string] {
  const { gateway, strategy, unbroken } = chain;
  if (noRoute) {
    return [
      `the gateway at ${gateway.url} has no route for ${chain.route().path}`,
      'KONNECT_PROXY_URL must be a data plane of the control plane that has the route, with a connection to Konnect.',
    ];
  }
  if (!unbroken() && (status === 401 || status === 403)) {
    return ['see what fails above', 'Mend that first; this follows from it.'];
  }
  switch (status) {
    case 401:
      return [
        `the gateway takes the credentials for wrong, and Okta does not${challenge ? ` (${challenge})` : ''}`,
        `The data plane must reach ${strategy.issuer}; if it does, look into its log, and restart it if it still has an older strategy.`,
      ];
    case 403:
      return [
        'the gateway does not know the registration',
        'It can take a minute to get there; try again with a longer --wait, then look for the connection of the data plane to Konnect.',
      ];
    default:
      return status < 500
        ? [
            'the gateway let the request pass, and the service behind it answered this',
            'Name a path that it answers with 200: --path.',
          ]
        : [
            'the gateway or the service behind it is not well',
            "Look into the data plane's log, and whether the host of the gateway service answers.",
          ];
  }
}

async function checkRefused(
  { gateway, route, publicationName }: GatewayChain,
  expected: 401 | 403,
  authorization?: string,
): Promise<Outcome> {
  const { status, noRoute } = await gateway.send(route(), authorization);
  if (status === expected) {
    return Outcome.ok(String(status));
  }
  if (status < 400) {
    return Outcome.failed(
      `${status} instead of ${expected}: the API is open`,
      `Check that ${publicationName} has the strategy, that the API is linked to the service of this route, and that nothing else serves it.`,
    );
  }
  if (noRoute) {
    return Outcome.failed(
      `404 instead of ${expected}: the gateway has no route for ${route().path}`,
      'KONNECT_PROXY_URL must be a data plane of the control plane that has the route.',
    );
  }
  return Outcome.failed(
    `${status} instead of ${expected}`,
    expected === 403 ? STRANGER_NEEDS_TOKEN : "Look into the data plane's log.",
  );
}
