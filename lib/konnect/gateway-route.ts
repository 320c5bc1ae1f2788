import {
  type GatewayRouteConfig,
  GatewayRoute as GatewayRouteResource,
} from '@kong/konnect-cdktf-bindings/lib/gateway-route';
import { Construct } from 'constructs';
import { gatewayName } from '../private/gateway-name';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { GATEWAY_ROUTE } from '../private/shapes/konnect';
import type { ResourceProps } from '../resource-props';
import { gatewayRules } from '../rules-gateway';
import { check, checkEach, validate } from '../validation';

/** Which requests a route takes. */
export interface GatewayRouteOptions extends ResourceProps {
  /**
   * Name of the route, unique in the control plane: letters, digits, `.`, `-`, `_` and `~`, and what is not ASCII.
   *
   * @default - the id of the construct, the first one if it was renamed with `Moves.from`
   */
  readonly name?: string;

  /**
   * Path prefixes beginning with `/`, or regular expressions beginning with `~/`.
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
   * HTTP methods in capitals.
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
   * Whether the matched prefix is cut off before the request goes to the upstream.
   *
   * @default true
   */
  readonly stripPath?: boolean;

  /**
   * Tags, of printable characters without `,` and `/`.
   *
   * @default - none
   */
  readonly tags?: string[];
}

/** Properties of `GatewayRoute`; `GatewayService.addRoute` fills in the service. */
export interface GatewayRouteProps extends GatewayRouteOptions {
  /** Control plane of the service. */
  readonly controlPlaneId: string;

  /** Service that the requests go to. */
  readonly serviceId: string;
}

/**
 * A route of a gateway service.
 *
 * @throws ValidationError when no criterion is given or Konnect would refuse the route; at synthesis for an id that is no name
 */
export class GatewayRoute extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: GatewayRouteResource;

  public constructor(scope: Construct, id: string, props: GatewayRouteProps) {
    super(scope, id);
    validate(this, shapeChecks(props, GATEWAY_ROUTE));
    const { paths, hosts, methods } = props;
    validate(this, [
      check('name', props.name, gatewayRules.gatewayName),
      check('paths, hosts, methods', [paths ?? [], hosts ?? [], methods ?? []], gatewayRules.routeMatches),
      ...checkEach('paths', paths, gatewayRules.routePath),
      ...checkEach('methods', methods, gatewayRules.routeMethod),
      ...checkEach('protocols', props.protocols, gatewayRules.gatewayProtocol),
      ...checkEach('tags', props.tags, gatewayRules.gatewayTag),
    ]);
    const config = literal<GatewayRouteConfig>({
      controlPlaneId: props.controlPlaneId,
      name: gatewayName(this, props.name),
      paths,
      hosts,
      methods,
      protocols: props.protocols,
      stripPath: props.stripPath,
      tags: props.tags,
      service: { id: props.serviceId },
      ...konnectArguments(this, props),
    });
    this.resource = new GatewayRouteResource(this, 'Resource', config);
  }
}
