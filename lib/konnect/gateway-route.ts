import {
  type GatewayRouteConfig,
  GatewayRoute as GatewayRouteResource,
} from '@kong/konnect-cdktf-bindings/lib/gateway-route';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { firstIdOf } from '../private/former-paths';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { GATEWAY_ROUTE } from '../private/shapes/konnect';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { check, checkEach, validate } from '../validation';

/** Which requests a route takes. */
export interface GatewayRouteOptions extends ResourceProps {
  /**
   * Name of the route, unique in the control plane.
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
   * `http`, `https` and the like.
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
   * Tags.
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
 * @throws ValidationError when no criterion is given or a path does not begin with a slash
 */
export class GatewayRoute extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: GatewayRouteResource;

  public constructor(scope: Construct, id: string, props: GatewayRouteProps) {
    super(scope, id);
    validate(this, shapeChecks(props, GATEWAY_ROUTE));
    const { paths, hosts, methods } = props;
    validate(this, [
      check('paths, hosts, methods', [paths ?? [], hosts ?? [], methods ?? []], rules.routeMatches),
      ...checkEach('paths', paths, rules.routePath),
    ]);
    const config = literal<GatewayRouteConfig>({
      controlPlaneId: props.controlPlaneId,
      name: props.name ?? Lazy.stringValue({ produce: () => literal(firstIdOf(this)) }),
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
