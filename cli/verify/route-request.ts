import type { Entity } from '../konnect-client';
import { texts } from '../values';

/** A request that a route of the API takes. */
export interface RouteRequest {
  readonly method: string;
  readonly path: string;
  /** Names of the hosts that the route is for, where the gateway is asked under another. */
  readonly otherHosts: readonly string[];
}

/** What a request is wanted for. */
export interface RequestWishes {
  /** Path instead of that of a route. */
  readonly path?: string;

  /** Name of the host that the gateway is asked under. */
  readonly host: string;

  /** Whether a request may be one that changes something, where the routes take no other. */
  readonly unsafeMethods: boolean;
}

/** The request to send, or why there is none that may be sent. */
export type RouteChoice = { readonly request: RouteRequest } | { readonly unsafe: readonly string[] };

/** Methods that change nothing, by RFC 9110, and that a service answers with the same status; the first is best. */
const SAFE = ['GET', 'HEAD'];

/** Whether another request of this method changes nothing. */
export function isSafe(method: string): boolean {
  return SAFE.includes(method);
}

/**
 * The request that tells most and harms least: GET before HEAD before all others, and a route that takes every host
 * and header before one that does not. Undefined when no route has a plain path, since a regular expression is none.
 *
 * @param routes those of one gateway service, as Konnect has them
 */
export function chooseRequest(routes: readonly Entity[], wishes: RequestWishes): RouteChoice | undefined {
  const { path: wanted, unsafeMethods } = wishes;
  const candidates = routes
    .flatMap((route) => candidatesOf(route, wishes))
    .sort((one, other) => one.rank - other.rank);
  const best = candidates.find(({ request }) => isSafe(request.method) || unsafeMethods);
  if (best) {
    return { request: best.request };
  }
  if (candidates.length > 0) {
    return { unsafe: [...new Set(candidates.map(({ request }) => request.method))] };
  }
  // No route takes this path as far as can be told from here; the gateway knows better.
  return wanted === undefined
    ? undefined
    : { request: { method: SAFE[0] as string, path: wanted, otherHosts: [] } };
}

interface Candidate {
  readonly request: RouteRequest;
  /** The lower, the better. */
  readonly rank: number;
}

function candidatesOf(route: Entity, { path: wanted, host }: RequestWishes): Candidate[] {
  const hosts = texts(route.hosts);
  const otherHosts = hosts.some((each) => takesHost(each, host)) ? [] : hosts;
  const named = texts(route.methods);
  const methods = named.length === 0 ? SAFE.slice(0, 1) : named;
  const hasHeaders = Object.keys((route.headers as object | null | undefined) ?? {}).length > 0;
  return pathsOf(route, wanted).flatMap((path) =>
    methods.map((method) => {
      const rank = [!isSafe(method), hasHeaders, otherHosts.length > 0, method !== SAFE[0]]
        .map(Number)
        .reduce((sum, digit) => sum * 2 + digit, 0);
      return { request: { method, path, otherHosts }, rank };
    }),
  );
}

/** Paths to ask a route for: its plain ones, or the one that is wanted if the route may take it. */
function pathsOf({ paths, expression }: Entity, wanted: string | undefined): string[] {
  const all = texts(paths);
  // By Kong's rule a route without paths takes every path.
  const plain = all.length === 0 && !expression ? ['/'] : all.filter((path) => !path.startsWith('~'));
  if (wanted === undefined) {
    return plain;
  }
  const mayTake =
    plain.length < all.length || Boolean(expression) || plain.some((each) => wanted.startsWith(each));
  return mayTake ? [wanted] : [];
}

/** Whether a host of a route, which may begin or end with `*`, is that of the gateway; a port is not looked at. */
function takesHost(pattern: string, host: string): boolean {
  const name = pattern.replace(/:\d+$/, '').toLowerCase();
  if (name.startsWith('*.')) {
    return host.endsWith(name.slice(1));
  }
  return name.endsWith('.*') ? host.startsWith(name.slice(0, -1)) : host === name;
}
