import type { PropsRule } from '../core/props-spec';
import { listOf, text } from '../core/specs';
import { isToken } from '../core/tokens';
import type { GatewayRouteOptions } from './gateway-route';

/** Protocols that one route may mix. Source: Kong's schema of routes. */
const FAMILIES = [
  ['http', 'https'],
  ['grpc', 'grpcs'],
  ['tcp', 'tls', 'udp'],
  ['tls_passthrough'],
  ['ws', 'wss'],
];

/** Protocols of gateway services and routes. */
export const PROTOCOLS = FAMILIES.flat();

/** Protocols with a server name (SNI). */
const TLS_PROTOCOLS = ['https', 'grpcs', 'tls', 'tls_passthrough', 'wss'];

/** Protocols without HTTP requests. */
const STREAM_PROTOCOLS = ['tcp', 'tls', 'udp', 'tls_passthrough'];

export const DEFAULT_PROTOCOLS = ['http', 'https'];

export const PROTOCOL = text().check({
  rule: `must be one of ${PROTOCOLS.join(', ')} (Konnect)`,
  remedy: 'Use one of them, in lower case',
  isValid: (protocol) => PROTOCOLS.includes(protocol),
  schema: { enum: PROTOCOLS },
});

export const ROUTE_PROTOCOLS = listOf(PROTOCOL, { minItems: 1, source: 'Konnect' }).check({
  rule: `must be of one family: ${FAMILIES.map((each) => each.join(', ')).join(' | ')} (Kong)`,
  remedy: 'Use one route for each family',
  isValid: (protocols) =>
    protocols.some(isToken) ||
    FAMILIES.some((family) => protocols.every((each) => family.includes(String(each)))),
});

/** A prop that a route matches requests with. */
type Criterion = 'hosts' | 'paths' | 'methods' | 'headers' | 'snis' | 'sources' | 'destinations';

/** Whether all protocols of a route are among these. `undefined` if they are unknown or missing. */
function isAll(
  { protocols = DEFAULT_PROTOCOLS }: GatewayRouteOptions,
  family: readonly string[],
): boolean | undefined {
  return isToken(protocols) || protocols.some(isToken) || protocols.length === 0
    ? undefined
    : protocols.every((each) => family.includes(each));
}

function isSet(route: GatewayRouteOptions, criterion: Criterion): boolean {
  const value = route[criterion];
  return isToken(value) || Object.keys(value ?? {}).length > 0;
}

/** A criterion that is only for some protocols. */
function onlyFor(prop: Criterion, isAllowed: (route: GatewayRouteOptions) => boolean, rule: string) {
  return {
    prop,
    rule: `must not be set ${rule} (Kong)`,
    remedy: 'Remove it, or use a route for other protocols',
    // A token may be an empty list.
    isValid: (route: GatewayRouteOptions) => isToken(route[prop]) || !isSet(route, prop) || isAllowed(route),
  };
}

/** Whether connections of a route may have a server name. Protocols that are missing break another rule. */
function hasServerName({ protocols = DEFAULT_PROTOCOLS }: GatewayRouteOptions): boolean {
  return (
    isToken(protocols) ||
    protocols.length === 0 ||
    protocols.some((each) => isToken(each) || TLS_PROTOCOLS.includes(each))
  );
}

const isStream = (route: GatewayRouteOptions) => isAll(route, STREAM_PROTOCOLS);
const isGrpc = (route: GatewayRouteOptions) => isAll(route, ['grpc', 'grpcs']);

/** Whether a route is for gRPC, which has no stripPath. */
export const isGrpcRoute = (route: GatewayRouteOptions): boolean => isGrpc(route) === true;

/** Which criteria each protocol allows. Source: Kong's schema of routes. */
export const ROUTE_RULES: readonly PropsRule<GatewayRouteOptions>[] = [
  {
    prop: 'paths, hosts, methods, headers, snis',
    rule: 'must have at least one: they decide which requests the route matches (Kong)',
    remedy: 'Set one of them, for example paths: ["/orders"]',
    value: ({ paths, hosts, methods, headers, snis }) => ({ paths, hosts, methods, headers, snis }),
    isValid: (route) =>
      isStream(route) !== false ||
      (['paths', 'hosts', 'methods', 'headers'] as const).some((each) => isSet(route, each)) ||
      (isSet(route, 'snis') && hasServerName(route)),
  },
  {
    prop: 'sources, destinations, snis',
    rule: 'must have at least one for tcp, tls and udp (Kong)',
    remedy: 'Set one of them, for example destinations: [{ port: 9000 }]',
    value: ({ sources, destinations, snis }) => ({ sources, destinations, snis }),
    isValid: (route) =>
      isAll(route, ['tcp', 'tls', 'udp']) !== true ||
      (['sources', 'destinations', 'snis'] as const).some((each) => isSet(route, each)),
  },
  ...(['paths', 'hosts', 'methods', 'headers'] as const).map((each) =>
    onlyFor(each, (route) => isStream(route) !== true, 'for tcp, tls, udp and tls_passthrough'),
  ),
  ...(['sources', 'destinations'] as const).map((each) =>
    onlyFor(each, (route) => isStream(route) !== false, 'for HTTP and gRPC'),
  ),
  onlyFor('methods', (route) => isGrpc(route) !== true, 'for gRPC'),
  {
    prop: 'snis',
    rule: 'must have at least one for tls_passthrough (Kong)',
    remedy: 'Set it, for example to orders.example.com',
    isValid: (route) => isAll(route, ['tls_passthrough']) !== true || isSet(route, 'snis'),
  },
  onlyFor('snis', hasServerName, 'without a TLS protocol'),
  {
    prop: 'stripPath',
    rule: 'must be false for gRPC (Kong)',
    remedy: 'Remove it',
    isValid: (route) => route.stripPath !== true || !isGrpcRoute(route),
  },
];
