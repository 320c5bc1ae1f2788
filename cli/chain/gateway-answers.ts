import type { OidcStrategy } from '../auth-strategy';
import { Outcome } from '../progress';
import type { GatewayAnswer, GatewayClient } from './gateway-client';
import { isSafe, type RouteRequest } from './route-request';

/** A request to the gateway, and what explains its answer. */
export interface GatewayRequest {
  readonly gateway: GatewayClient;
  readonly route: RouteRequest;
  /** Name of the issuer within a sentence. */
  readonly issuerName: string;
  readonly strategy: OidcStrategy;
  readonly publicationName: string;
}

/** Remedy when the unregistered client gets no token. */
export const TOKEN_NEEDED =
  'This client must get a token: its secret must be valid, and an access policy must allow it. Otherwise 403 proves nothing.';

/** Whether to repeat a request that must succeed: it was refused, or it failed and changes nothing. */
export function shouldRepeat(answer: GatewayAnswer, request: GatewayRequest): boolean {
  const { status, noRoute } = answer;
  const isRefused =
    noRoute || isUnmatched(answer, request) || status === 401 || status === 403 || isLogin(answer, request);
  return isRefused || ((status === 429 || status >= 500) && isSafe(request.route.method));
}

/** The outcome of a request that must succeed. */
export function expectSuccess(answer: GatewayAnswer, request: GatewayRequest, causesAreOk: boolean): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return Outcome.ok(String(status));
  }
  const [cause, remedy] = explain(answer, request, causesAreOk);
  return Outcome.failed(`${status} instead of 200: ${cause}`, remedy);
}

/** The outcome of a request that the gateway must refuse. */
export function expectRefusal(answer: GatewayAnswer, request: GatewayRequest, expected: 401 | 403): Outcome {
  const { status, noRoute } = answer;
  if (status === expected) {
    return Outcome.ok(String(status));
  }
  if (isLogin(answer, request)) {
    return expected === 401
      ? Outcome.ok(`${status} to the login of the issuer`)
      : Outcome.failed(`${status} to the login of the issuer instead of ${expected}`, TOKEN_NEEDED);
  }
  if (status < 400) {
    const alternative = expected === 403 ? ', or the client is registered' : '';
    return Outcome.failed(
      `${status} instead of ${expected}: the API is open${alternative}`,
      `Check that ${request.publicationName} has the strategy, that the API is linked to the service of this route or has an operation for it, and that no other route serves it.`,
    );
  }
  if (noRoute) {
    return Outcome.failed(
      `404 instead of ${expected}: the gateway has no route for ${request.route.path}`,
      remedyForNoRoute(request),
    );
  }
  if (isUnmatched(answer, request)) {
    const [cause, remedy] = explainUnmatched(request);
    return Outcome.failed(`404 instead of ${expected}: ${cause}`, remedy);
  }
  return Outcome.failed(
    `${status} instead of ${expected}`,
    expected === 403 ? TOKEN_NEEDED : "Look into the data plane's log.",
  );
}

/** Whether the gateway redirects to the issuer, as it does with auth methods for people. */
function isLogin({ status, location }: GatewayAnswer, { strategy: { issuer } }: GatewayRequest): boolean {
  const isRedirect = status >= 300 && status < 400;
  return isRedirect && URL.canParse(issuer) && location?.origin === new URL(issuer).origin;
}

/** Whether access control may have rejected the request because it matches no operation. */
function isUnmatched({ status }: GatewayAnswer, { route }: GatewayRequest): boolean {
  return status === 404 && route.requiresOperation === true;
}

function explainUnmatched({ route: { method, path } }: GatewayRequest): [string, string] {
  return [
    `${method} ${path} matches no operation of the API, or the service has nothing there`,
    'Name a path of the specification with --path. A new specification takes some seconds to reach the gateway: try a longer --wait.',
  ];
}

function explain(answer: GatewayAnswer, request: GatewayRequest, causesAreOk: boolean): [string, string] {
  const { status, noRoute, challenge } = answer;
  const { gateway, issuerName, strategy, route } = request;
  if (noRoute) {
    return [`the gateway at ${gateway.url} has no route for ${route.path}`, remedyForNoRoute(request)];
  }
  if (isUnmatched(answer, request)) {
    return explainUnmatched(request);
  }
  const login = isLogin(answer, request);
  if (!causesAreOk && (login || status === 401 || status === 403)) {
    return ['caused by the failure above', 'Fix that first.'];
  }
  if (login) {
    return [
      'the gateway redirects to the login of the issuer and ignores the credentials',
      `Restart the data plane if it has an older strategy. The one in Konnect accepts ${strategy.authMethods.join(', ')}.`,
    ];
  }
  switch (status) {
    case 401:
      return [
        `the gateway rejects the credentials, but ${issuerName} accepts them${challenge ? ` (${challenge})` : ''}`,
        `Check that the data plane can reach ${strategy.issuer}. If it can, look into its log, and restart it if it has an older strategy.`,
      ];
    case 403:
      return [
        'the gateway does not know the registration',
        'It can take a minute to arrive. Try again with a longer --wait, then check the connection of the data plane to Konnect.',
      ];
    case 426:
      return ['the route takes only https', 'Set KONNECT_PROXY_URL to the https URL of the data plane.'];
    default:
      return status < 500
        ? [
            'the gateway let the request pass, and the service answered this',
            'Name a path that the service answers with 200: --path.',
          ]
        : [
            'the gateway or the service behind it fails',
            "Look into the data plane's log, and check that the host of the gateway service answers.",
          ];
  }
}

function remedyForNoRoute({ gateway, route: { otherHosts } }: GatewayRequest): string {
  return otherHosts.length === 0
    ? 'KONNECT_PROXY_URL must be a data plane of the control plane that has the route, connected to Konnect.'
    : `The route takes only requests to ${otherHosts.join(', ')}, but KONNECT_PROXY_URL names ${gateway.host}. Set it to the URL of the data plane with that host.`;
}
