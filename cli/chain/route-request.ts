import type { Entity } from '../entity';
import { Outcome } from '../progress';
import { texts } from '../values';

/** A request that a route of the API takes. */
export interface RouteRequest {
  readonly method: string;
  readonly path: string;
  /** Hosts of the route, unless the host of the gateway is one of them. */
  readonly otherHosts: readonly string[];
  /** Whether the gateway answers 404 to requests that match no operation of an API. */
  readonly requiresOperation?: boolean;
}

/** How to choose a request. */
export interface RequestOptions {
  /** Path to request instead of a route's path. */
  readonly path?: string;

  /** Host name of the gateway. */
  readonly host: string;

  /** Whether the request may change something, if the routes take no other. */
  readonly unsafeMethods: boolean;
}

/** The request to send, or the outcome of links that cannot send one. */
export type RouteChoice = { readonly request: RouteRequest } | { readonly notSent: Outcome };

/** Safe methods (RFC 9110) that a service answers with the same status, preferred first. */
const SAFE_METHODS = ['GET', 'HEAD'];

/** Whether a request with this method changes nothing. */
export function isSafe(method: string): boolean {
  return SAFE_METHODS.includes(method);
}

/**
 * Chooses the safest request: GET before HEAD before other methods, and routes without hosts and headers before others.
 *
 * @param routes routes of one gateway service, as Konnect returns them
 * @returns undefined when no route has a plain path: a request cannot be derived from a regular expression
 */
export function chooseRequest(routes: readonly Entity[], options: RequestOptions): RouteChoice | undefined {
  const { path, unsafeMethods } = options;
  const candidates = routes
    .flatMap((route) => candidatesOf(route, options))
    .sort((one, other) => one.rank - other.rank);
  const best = candidates.find(({ request }) => isSafe(request.method) || unsafeMethods);
  if (best) {
    return { request: best.request };
  }
  if (candidates.length > 0) {
    return { notSent: notSent([...new Set(candidates.map(({ request }) => request.method))]) };
  }
  // No route seems to take this path. The gateway decides.
  return path === undefined
    ? undefined
    : { request: { method: SAFE_METHODS[0] as string, path, otherHosts: [] } };
}

/** A proof must not place an order. */
function notSent(methods: readonly string[]): Outcome {
  return Outcome.skipped(
    `not sent: the routes take only ${methods.join(', ')}, which may change something`,
    'If that does no harm, send it with --unsafe-methods. To request another path, use --path.',
  );
}

interface Candidate {
  readonly request: RouteRequest;
  /** The lowest is chosen. */
  readonly rank: number;
}

function candidatesOf(route: Entity, { path, host }: RequestOptions): Candidate[] {
  const hosts = texts(route.hosts);
  const otherHosts = hosts.some((each) => matchesHost(each, host)) ? [] : hosts;
  const routeMethods = texts(route.methods);
  const methods = routeMethods.length === 0 ? SAFE_METHODS.slice(0, 1) : routeMethods;
  const hasHeaders = Object.keys((route.headers as object | null | undefined) ?? {}).length > 0;
  return requestPaths(route, path).flatMap((each) =>
    methods.map((method) => {
      const rank = [!isSafe(method), hasHeaders, otherHosts.length > 0, method !== SAFE_METHODS[0]]
        .map(Number)
        .reduce((sum, digit) => sum * 2 + digit, 0);
      return { request: { method, path: each, otherHosts }, rank };
    }),
  );
}

/** Plain paths of a route, or the wanted path if the route may take it. */
function requestPaths({ paths, expression }: Entity, wanted: string | undefined): string[] {
  const all = texts(paths);
  // In Kong a route without paths takes every path.
  const plain = all.length === 0 && !expression ? ['/'] : all.filter((path) => !path.startsWith('~'));
  if (wanted === undefined) {
    return plain;
  }
  const mayTake =
    plain.length < all.length || Boolean(expression) || plain.some((each) => wanted.startsWith(each));
  return mayTake ? [wanted] : [];
}

/** Whether a host of a route, which may start or end with `*`, matches the gateway's host name. Ignores ports. */
function matchesHost(pattern: string, host: string): boolean {
  const name = pattern.replace(/:\d+$/, '').toLowerCase();
  if (name.startsWith('*.')) {
    return host.endsWith(name.slice(1));
  }
  return name.endsWith('.*') ? host.startsWith(name.slice(0, -1)) : host === name;
}
