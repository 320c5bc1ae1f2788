import type { GatewayRoute } from './configuration';
import { matchesHost, nameOfHost } from './host';
import { compilePattern } from './pattern';

/** The parts of a request that decide its route. */
export interface RoutedRequest {
  readonly method: string;
  readonly path: string;
  /** The header Host. */
  readonly host: string;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
}

/** A route and the part of the path that it matched. */
interface RouteMatch {
  readonly route: GatewayRoute;
  readonly matched: string;
}

/** A route with one of its paths. */
interface Candidate {
  readonly route: GatewayRoute;
  /** Undefined for a route without paths. */
  readonly path?: string;
}

/**
 * The route that a request takes, as in Kong's router: those with more kinds of conditions first, then by the kinds
 * themselves, regular expressions before prefixes, more headers, the regex priority, longer paths, and the older route.
 */
export function matchRoute(routes: readonly GatewayRoute[], request: RoutedRequest): RouteMatch | undefined {
  const candidates = routes.filter(isServed).flatMap(candidatesOf).sort(byPrecedence);
  for (const candidate of candidates) {
    const matched = matchedPath(candidate, request);
    if (matched !== undefined) {
      return { route: candidate.route, matched };
    }
  }
  return undefined;
}

/** The path of the upstream request. */
export function upstreamPath({ route, matched }: RouteMatch, path: string): string {
  const rest = route.stripPath ? path.slice(matched.length) : path;
  const joined = `${(route.service.path ?? '').replace(/\/$/, '')}/${rest.replace(/^\//, '')}`;
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}

/** Other protocols use separate ports. */
function isServed({ protocols, service }: GatewayRoute): boolean {
  return service.enabled && protocols.some((protocol) => protocol === 'http' || protocol === 'https');
}

function candidatesOf(route: GatewayRoute): Candidate[] {
  return route.paths.length === 0 ? [{ route }] : route.paths.map((path) => ({ route, path }));
}

function matchedPath({ route, path }: Candidate, request: RoutedRequest): string | undefined {
  const { methods, hosts, headers } = route;
  const isMatch =
    (methods.length === 0 || methods.includes(request.method)) &&
    (hosts.length === 0 || hosts.some((host) => matchesHost(host, request.host))) &&
    Object.entries(headers).every(([name, values]) =>
      matchesHeader(values, request.headers[name.toLowerCase()]),
    );
  if (!isMatch || path === undefined) {
    return isMatch ? '' : undefined;
  }
  if (path.startsWith('~')) {
    return compilePattern(path.slice(1)).exec(request.path)?.[0];
  }
  return request.path.startsWith(path) ? path : undefined;
}

/** A single value that starts with `~*` is a regular expression. Others are compared case-insensitively. */
function matchesHeader(values: readonly string[], sent: string | readonly string[] | undefined): boolean {
  const found = [sent ?? []].flat().map((value) => value.toLowerCase());
  const [first = ''] = values;
  if (values.length === 1 && first.startsWith('~*')) {
    return found.some((value) => new RegExp(first.slice(2), 'i').test(value));
  }
  return values.some((value) => found.includes(value.toLowerCase()));
}

function byPrecedence(left: Candidate, right: Candidate): number {
  const [a, b] = [precedence(left), precedence(right)];
  const index = a.findIndex((value, position) => value !== b[position]);
  return index < 0 ? 0 : (b[index] ?? 0) - (a[index] ?? 0);
}

/** Higher comes first. Equal ones stay in the order of the routes, oldest first. */
function precedence({ route, path }: Candidate): readonly number[] {
  const { hosts, headers, methods, regexPriority } = route;
  const isPattern = path?.startsWith('~') === true;
  const kinds = [
    hosts.length > 0,
    Object.keys(headers).length > 0,
    path !== undefined,
    methods.length > 0,
  ].map(Number);
  return [
    kinds.reduce((sum, kind) => sum + kind, 0),
    ...kinds,
    Number(hosts.length > 0 && hosts.every((host) => !nameOfHost(host).includes('*'))),
    Number(isPattern),
    Object.keys(headers).length,
    isPattern ? regexPriority : 0,
    path?.length ?? 0,
  ];
}
