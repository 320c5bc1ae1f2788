import type { Client, Strategy } from '../deployment';
import { OktaError } from '../okta-client';
import { Outcome } from '../progress';
import type { Link } from './chain';
import type { GatewayAnswer, GatewayClient } from './gateway-client';
import { type Credentials, credentialsFor } from './gateway-credentials';
import type { IssuedTokens } from './okta-links';
import { isSafe, type RouteChoice, type RouteRequest } from './route-request';

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
  /** Tells the request, once it is known, or why there is none. */
  readonly route: () => RouteChoice;
  /** Whether the route has to be found first. */
  readonly needsRoute: boolean;
  /** Whether everything that the publication needs holds, so that waiting for the gateway makes sense. */
  readonly unbroken: () => boolean;
  /** How long a gateway may take to learn of a change, in seconds. */
  readonly wait: number;
  readonly publicationName: string;
  readonly suffix: string;
}

const STRANGER_NEEDS_TOKEN =
  'This client must get a token: its secret must be right, and an access policy must let it in. Only then is 403 a proof.';
/** Pause between two attempts, in milliseconds. */
const INTERVAL = 1_000;

/** A request, and where it goes. */
interface Asking extends GatewayChain {
  readonly request: RouteRequest;
}

/** Requests that must pass, and requests that must not. */
export function gatewayLinks(chain: GatewayChain): Link[] {
  const { suffix, needsRoute, strategy, publicationName } = chain;
  const credentials = credentialsFor(chain);
  const route = needsRoute ? [`implementation${suffix}`] : [];
  const link = (
    name: string,
    what: string,
    check: (asking: Asking) => Promise<Outcome>,
    needs: readonly string[] = [],
  ) => ({
    name: `${name}${suffix}`,
    title: suffix === '' ? what : `${what} to ${publicationName}`,
    needs: [...route, ...needs],
    check: async () => {
      const choice = chain.route();
      return 'unsafe' in choice ? notSent(choice.unsafe) : check({ ...chain, request: choice.request });
    },
  });
  const proving = (
    name: string,
    what: string,
    check: (asking: Asking, proof: Credentials) => Promise<Outcome>,
  ) =>
    link(
      name,
      what,
      async (asking) =>
        credentials
          ? check(asking, credentials)
          : Outcome.skipped(
              `the strategy takes ${strategy.authMethods.join(', ')}, and neither client credentials nor bearer tokens`,
            ),
      credentials?.needs,
    );
  return [
    proving(
      'with-credentials',
      `Request with ${credentials?.title ?? 'the credentials'}`,
      (asking, { right }) => checkPasses(asking, right()),
    ),
    link('without-credentials', 'Request without credentials', (asking) => checkRefused(asking, 401)),
    proving(
      'wrong-secret',
      `Request with ${credentials?.wrongTitle ?? 'a wrong secret'}`,
      (asking, { wrong }) => checkRefused(asking, 401, wrong()),
    ),
    proving('unregistered-client', 'Request of an unregistered client', checkStranger),
  ];
}

/** Nobody expects of a check that it orders something. */
function notSent(methods: readonly string[]): Outcome {
  return Outcome.skipped(
    `not sent, because the routes take ${methods.join(', ')} only, and such a request may change something`,
    'If it does no harm, send it with --unsafe-methods; --path names another path.',
  );
}

async function checkStranger(asking: Asking, { of }: Credentials): Promise<Outcome> {
  const { stranger } = asking;
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
  return checkRefused(asking, 403, authorization);
}

async function checkPasses(asking: Asking, authorization: string): Promise<Outcome> {
  const { gateway, request, wait, unbroken } = asking;
  const send = () => gateway.send(request, authorization);
  let answer = await send();
  const end = Date.now() + wait * 1_000;
  // A data plane takes some seconds to learn of a deployment or a registration.
  while (mayChange(answer, asking) && unbroken() && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(INTERVAL, Math.max(end - Date.now(), 0))));
    answer = await send();
  }
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return Outcome.ok(String(status));
  }
  const [cause, remedy] = explain(answer, asking);
  return Outcome.failed(`${status} instead of 200: ${cause}`, remedy);
}

/** Whether a later request may be answered otherwise, and does nothing that an earlier one may have done. */
function mayChange(answer: GatewayAnswer, asking: Asking): boolean {
  const { status, noRoute } = answer;
  const isRefusal = noRoute || status === 401 || status === 403 || isLogin(answer, asking);
  return isRefusal || ((status === 429 || status >= 500) && isSafe(asking.request.method));
}

/** Whether the gateway sends the client to the issuer, as it does with methods that are for people. */
function isLogin({ status, location }: GatewayAnswer, { strategy: { issuer } }: GatewayChain): boolean {
  const isRedirect = status >= 300 && status < 400;
  return isRedirect && URL.canParse(issuer) && location?.origin === new URL(issuer).origin;
}

function explain(answer: GatewayAnswer, asking: Asking): [string, string] {
  const { status, noRoute, challenge } = answer;
  const { gateway, strategy, unbroken, request } = asking;
  if (noRoute) {
    return [`the gateway at ${gateway.url} has no route for ${request.path}`, remedyForNoRoute(asking)];
  }
  const login = isLogin(answer, asking);
  if (!unbroken() && (login || status === 401 || status === 403)) {
    return ['see what fails above', 'Mend that first; this follows from it.'];
  }
  if (login) {
    return [
      'the gateway sends the client to the login of the issuer, so it does not look at the credentials',
      `Restart the data plane if it still has an older strategy; the one in Konnect takes ${strategy.authMethods.join(', ')}.`,
    ];
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
    case 426:
      return ['the route takes https only', 'Set KONNECT_PROXY_URL to the https URL of the data plane.'];
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

function remedyForNoRoute({ gateway, request: { otherHosts } }: Asking): string {
  return otherHosts.length === 0
    ? 'KONNECT_PROXY_URL must be a data plane of the control plane that has the route, with a connection to Konnect.'
    : `The route takes requests to ${otherHosts.join(', ')} only, and KONNECT_PROXY_URL names ${gateway.host}: set it to the data plane's URL with that host.`;
}

async function checkRefused(asking: Asking, expected: 401 | 403, authorization?: string): Promise<Outcome> {
  const { gateway, request, publicationName } = asking;
  const answer = await gateway.send(request, authorization);
  const { status, noRoute } = answer;
  if (status === expected) {
    return Outcome.ok(String(status));
  }
  if (isLogin(answer, asking)) {
    return expected === 401
      ? Outcome.ok(`${status} to the login of the issuer`)
      : Outcome.failed(`${status} to the login of the issuer instead of ${expected}`, STRANGER_NEEDS_TOKEN);
  }
  if (status < 400) {
    return Outcome.failed(
      `${status} instead of ${expected}: the API is open`,
      `Check that ${publicationName} has the strategy, that the API is linked to the service of this route, and that nothing else serves it.`,
    );
  }
  if (noRoute) {
    return Outcome.failed(
      `404 instead of ${expected}: the gateway has no route for ${request.path}`,
      remedyForNoRoute(asking),
    );
  }
  return Outcome.failed(
    `${status} instead of ${expected}`,
    expected === 403 ? STRANGER_NEEDS_TOKEN : "Look into the data plane's log.",
  );
}
