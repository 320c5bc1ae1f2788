import {
  type GatewayRouteConfig,
  GatewayRoute as GatewayRouteResource,
} from '@kong/konnect-cdktf-bindings/lib/gateway-route';
import type { Construct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import { KonnectConstruct, RESOURCE_PROPS, type ResourceProps } from '../core/provider-construct';
import { construct, flag, listOf, text } from '../core/specs';
import { isToken } from '../core/tokens';
import { GATEWAY_NAME, gatewayName, PROTOCOL, TAGS } from './gateway-names';
import type { IGatewayService } from './gateway-service';

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
   * `http`, `https`, `grpc`, `grpcs`, `tcp`, `tls`, `tls_passthrough`, `udp`, `ws` or `wss`.
   *
   * @default ['http', 'https']
   */
  readonly protocols?: string[];

  /**
   * Whether the matched prefix is removed from the path of the upstream request.
   *
   * @default true
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

export const GATEWAY_ROUTE_OPTIONS = propsSpec<GatewayRouteOptions>(
  {
    ...RESOURCE_PROPS.fields,
    name: GATEWAY_NAME,
    paths: listOf(
      text().check({
        rule: 'must start with /, or with ~/ for a regular expression (Konnect)',
        remedy: 'Put a slash in front',
        isValid: (path) => path.startsWith('/') || path.startsWith('~/'),
        schema: { pattern: '^~?/' },
      }),
    ),
    hosts: listOf(text()),
    methods: listOf(
      text().check({
        rule: 'must be upper case (Konnect)',
        remedy: 'Write it like GET',
        isValid: (method) => /^[A-Z]+$/.test(method),
        schema: { pattern: '^[A-Z]+$' },
      }),
    ),
    protocols: listOf(PROTOCOL),
    stripPath: flag(),
    tags: TAGS,
  },
  [
    {
      prop: 'paths, hosts, methods',
      rule: 'must contain at least one path, host or method (Konnect)',
      remedy: 'Set which requests the route matches, for example paths: ["/orders"]',
      value: ({ paths = [], hosts = [], methods = [] }) => [paths, hosts, methods],
      isValid: ({ paths, hosts, methods }) =>
        [paths, hosts, methods].some((list) => isToken(list) || (list ?? []).length > 0),
    },
  ],
);

export const GATEWAY_ROUTE = propsSpec<GatewayRouteProps>(
  { ...GATEWAY_ROUTE_OPTIONS.fields, service: construct('serviceId').required() },
  GATEWAY_ROUTE_OPTIONS.rules,
);

/**
 * A route of a gateway service.
 *
 * @throws ValidationError if Konnect would reject the route. At synthesis, if the construct id is not a valid name
 */
export class GatewayRoute extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: GatewayRouteResource;

  public constructor(scope: Construct, id: string, props: GatewayRouteProps) {
    super(scope, id, props);
    validateProps(this, props, GATEWAY_ROUTE);
    const config = this.resourceConfig<GatewayRouteConfig>({
      controlPlaneId: props.service.controlPlane.controlPlaneId,
      name: gatewayName(this, props.name),
      paths: props.paths,
      hosts: props.hosts,
      methods: props.methods,
      protocols: props.protocols,
      stripPath: props.stripPath,
      tags: props.tags,
      service: { id: props.service.serviceId },
    });
    this.resource = new GatewayRouteResource(this, 'Resource', config);
  }
}
