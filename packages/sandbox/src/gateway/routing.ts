import type { GatewayRoute } from './configuration';

/** A route and the part of the path that it matched. */
export interface RouteMatch {
  readonly route: GatewayRoute;
  readonly matched: string;
}

/** The route that a request takes: regular expressions first, then the longest prefix; older ones win a tie. */
export function matchRoute(
  routes: readonly GatewayRoute[],
  method: string,
  path: string,
): RouteMatch | undefined {
  let best: (RouteMatch & { readonly weight: number }) | undefined;
  for (const route of routes) {
    if (!route.service.enabled || (route.methods.length > 0 && !route.methods.includes(method))) {
      continue;
    }
    for (const pattern of route.paths) {
      const matched = matchPath(pattern, path);
      const weight = pattern.startsWith('~') ? Number.POSITIVE_INFINITY : pattern.length;
      if (matched !== undefined && (!best || weight > best.weight)) {
        best = { route, matched, weight };
      }
    }
  }
  return best;
}

/** The path that the service is asked for. */
export function upstreamPath({ route, matched }: RouteMatch, path: string): string {
  const rest = route.stripPath ? path.slice(matched.length) : path;
  const joined = `${(route.service.path ?? '').replace(/\/$/, '')}/${rest.replace(/^\//, '')}`;
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}

function matchPath(pattern: string, path: string): string | undefined {
  if (pattern.startsWith('~')) {
    return new RegExp(`^(?:${pattern.slice(1)})`).exec(path)?.[0];
  }
  return path.startsWith(pattern) ? pattern : undefined;
}
