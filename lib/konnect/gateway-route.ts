import {
  type GatewayRouteConfig,
  GatewayRoute as GatewayRouteResource,
} from '@kong/konnect-cdktf-bindings/lib/gateway-route';
import type { Construct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import { KONNECT_RESOURCE_PROPS, KonnectConstruct, type ResourceProps } from '../core/provider-construct';
import { construct, flag, integer, listOf, mapOf, nested, text } from '../core/specs';
import { isToken } from '../core/tokens';
import { addLazyWarning } from '../core/validation';
import {
  ADDRESS,
  GATEWAY_NAME,
  gatewayName,
  HEADER_NAME,
  looksLikePattern,
  ROUTE_HOST,
  ROUTE_PATH,
  SERVER_NAME,
  TAGS,
} from './gateway-props';
import type { IGatewayService } from './gateway-service';
import { DEFAULT_PROTOCOLS, isGrpcRoute, ROUTE_PROTOCOLS, ROUTE_RULES } from './route-protocols';

/** Address and port of one side of a connection, at least one of the two. */
export interface NetworkEndpoint {
  /**
   * IP address, or a range such as `10.1.0.0/16`.
   *
   * @default - any address
   */
  readonly ip?: string;

  /**
   * Port, 0 to 65535.
   *
   * @default - any port
   */
  readonly port?: number;
}

/** Options of `addRoute`. */
export interface GatewayRouteOptions extends ResourceProps {
  /**
   * Name, unique in the control plane. Letters, digits, `.`, `-`, `_`, `~` and characters outside of ASCII.
   *
   * @default - the construct id, the original one after `Moves.from`
   */
  readonly name?: string;

  /**
   * Path prefixes that start with `/`, or regular expressions that start with `~/`.
   *
   * @default - any path
   */
  readonly paths?: string[];

  /**
   * Host names.
   *
   * @default - any host
   */
  readonly hosts?: string[];

  /**
   * HTTP methods in upper case.
   *
   * @default - any method
   */
  readonly methods?: string[];

  /**
   * Headers with the values that match, by name. Not `Host`: use hosts.
   *
   * @default - any headers
   */
  readonly headers?: { readonly [name: string]: string[] };

  /**
   * Server names of TLS connections (SNI).
   *
   * @default - any server name
   */
  readonly snis?: string[];

  /**
   * Where connections come from, for tcp, tls, udp and tls_passthrough.
   *
   * @default - anywhere
   */
  readonly sources?: NetworkEndpoint[];

  /**
   * Where connections go to, for tcp, tls, udp and tls_passthrough.
   *
   * @default - anywhere
   */
  readonly destinations?: NetworkEndpoint[];

  /**
   * Protocols of one family: `http` and `https`, `grpc` and `grpcs`, `tcp`, `tls` and `udp`, `tls_passthrough`, `ws` and
   * `wss`.
   *
   * @default ['http', 'https']
   */
  readonly protocols?: string[];

  /**
   * Whether the matched prefix is removed from the path of the upstream request.
   *
   * @default - true, false for gRPC
   */
  readonly stripPath?: boolean;

  /**
   * Tags. Printable characters without `,` and `/`.
   *
   * @default - none
   */
  readonly tags?: string[];
}

/** Properties of `GatewayRoute`. */
export interface GatewayRouteProps extends GatewayRouteOptions {
  /** Service that gets the requests. */
  readonly service: IGatewayService;
}

const NETWORK_ENDPOINT = propsSpec<NetworkEndpoint>(
  { ip: ADDRESS, port: integer({ min: 0, max: 65_535, source: 'Konnect' }) },
  [
    {
      prop: 'ip, port',
      rule: 'must have at least one (Kong)',
      remedy: 'Set ip or port',
      value: (endpoint) => endpoint,
      isValid: ({ ip, port }) => ip !== undefined || port !== undefined,
    },
  ],
);

export const GATEWAY_ROUTE_OPTIONS = propsSpec<GatewayRouteOptions>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    name: GATEWAY_NAME,
    paths: listOf(ROUTE_PATH),
    hosts: listOf(ROUTE_HOST),
    methods: listOf(
      text().check({
        rule: 'must be upper case (Konnect)',
        remedy: 'Write it like GET',
        isValid: (method) => /^[A-Z]+$/.test(method),
        schema: { pattern: '^[A-Z]+$' },
      }),
    ),
    headers: mapOf(listOf(text(), { minItems: 1 }), HEADER_NAME),
    snis: listOf(SERVER_NAME),
    sources: listOf(nested(NETWORK_ENDPOINT)),
    destinations: listOf(nested(NETWORK_ENDPOINT)),
    protocols: ROUTE_PROTOCOLS,
    stripPath: flag(),
    tags: TAGS,
  },
  ROUTE_RULES,
);

export const GATEWAY_ROUTE = propsSpec<GatewayRouteProps>(
  { ...GATEWAY_ROUTE_OPTIONS.fields, service: construct('serviceId').required() },
  GATEWAY_ROUTE_OPTIONS.rules,
);

/**
 * A route of a gateway service.
 *
 * @throws ValidationError if Konnect would reject the route. At synthesis, if the construct id is not a valid name, or
 * the control plane has a route of this name
 */
export class GatewayRoute extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: GatewayRouteResource;

  public constructor(scope: Construct, id: string, props: GatewayRouteProps) {
    super(scope, id, props);
    validateProps(this, props, GATEWAY_ROUTE);
    const { controlPlane } = props.service;
    const config = this._resourceConfig<GatewayRouteConfig>({
      controlPlaneId: controlPlane.controlPlaneId,
      name: gatewayName(this, props.name, 'route', controlPlane),
      paths: props.paths,
      hosts: props.hosts,
      methods: props.methods,
      headers: props.headers,
      snis: props.snis,
      sources: props.sources,
      destinations: props.destinations,
      // Konnect's default is https alone.
      protocols: props.protocols ?? DEFAULT_PROTOCOLS,
      stripPath: props.stripPath ?? (isGrpcRoute(props) ? false : undefined),
      tags: props.tags,
      service: { id: props.service.serviceId },
    });
    this.resource = new GatewayRouteResource(this, 'Resource', config);
    const patterns = isToken(props.paths) ? [] : (props.paths ?? []).filter(looksLikePattern);
    if (patterns.length > 0) {
      addLazyWarning(
        this,
        () =>
          `Paths ${patterns.join(', ')} of route ${this.node.path} are prefixes, not patterns. Put ~ in front of a regular expression, for example ~/orders/[^/]+$.`,
      );
    }
  }
}
