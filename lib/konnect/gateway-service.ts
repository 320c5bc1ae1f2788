import {
  type GatewayServiceConfig,
  GatewayService as GatewayServiceResource,
} from '@kong/konnect-cdktf-bindings/lib/gateway-service';
import { Lazy, type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { adoptedServiceId } from '../adoption/adopted-resources';
import { firstPathOf } from '../private/former-paths';
import { requiresFreeId } from '../private/free-ids';
import { gatewayName } from '../private/gateway-name';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments, withProvider } from '../private/meta-arguments';
import { usesKonnect } from '../private/region';
import { GATEWAY_SERVICE, GATEWAY_SERVICE_ATTRIBUTES } from '../private/shapes/konnect';
import { uuidFromName } from '../private/uuid';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { gatewayRules } from '../rules-gateway';
import { check, checkEach, validate } from '../validation';
import { GatewayRoute, type GatewayRouteOptions } from './gateway-route';

/** A gateway service in a Konnect control plane, created by this app or found in the region. */
export interface IGatewayService extends IConstruct {
  /** Id of the service, a UUID. */
  readonly serviceId: string;

  /** Id of the control plane, a UUID. */
  readonly controlPlaneId: string;

  /**
   * Adds a route to the service.
   *
   * @throws ValidationError when the route has no criterion, Konnect would refuse it, or the id is taken
   */
  addRoute(id: string, options: GatewayRouteOptions): GatewayRoute;
}

/** What is known of a gateway service that exists. */
export interface GatewayServiceAttributes {
  /** Id of the service, a UUID. */
  readonly serviceId: string;

  /** Id of the control plane, a UUID. */
  readonly controlPlaneId: string;

  /**
   * The provider of what is added to the service.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** Properties of `GatewayService`. */
export interface GatewayServiceProps extends ResourceProps {
  /** Id of the control plane, a UUID. */
  readonly controlPlaneId: string;

  /** Host name or address of the upstream. */
  readonly host: string;

  /**
   * Id of the service, a UUID of your choice. Without one the id changes with the construct's path,
   * and a service with another id is another service: say so with `Moves.from` when the construct is
   * renamed or moved, and give the id before the stack is renamed.
   *
   * @default - derived from the construct's first path, the stack's name in front
   */
  readonly serviceId?: string;

  /**
   * Name of the service, unique in the control plane: letters, digits, `.`, `-`, `_` and `~`, and what is not ASCII.
   *
   * @default - the id of the construct, the first one if it was renamed with `Moves.from`
   */
  readonly name?: string;

  /**
   * Protocol to the upstream: `http`, `https`, `grpc`, `grpcs`, `tcp`, `tls`, `tls_passthrough`, `udp`, `ws` or `wss`.
   *
   * @default http
   */
  readonly protocol?: string;

  /**
   * Port of the upstream, 0 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Path in front of every request to the upstream, beginning with `/`.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * How often a request that could not be proxied is tried again, 0 to 32767.
   *
   * @default 5
   */
  readonly retries?: number;

  /**
   * Milliseconds to connect to the upstream, 1 to 2147483646.
   *
   * @default 60000
   */
  readonly connectTimeout?: number;

  /**
   * Milliseconds between two reads from the upstream, 1 to 2147483646.
   *
   * @default 60000
   */
  readonly readTimeout?: number;

  /**
   * Milliseconds between two writes to the upstream, 1 to 2147483646.
   *
   * @default 60000
   */
  readonly writeTimeout?: number;

  /**
   * Routes by construct id; `addRoute` adds more.
   *
   * @default - none yet
   */
  readonly routes?: { readonly [id: string]: GatewayRouteOptions };

  /**
   * Tags, of printable characters without `,` and `/`.
   *
   * @default - none
   */
  readonly tags?: string[];
}

/** What created and found services have in common. */
abstract class GatewayServiceBase extends Construct implements IGatewayService {
  public abstract readonly serviceId: string;
  public abstract readonly controlPlaneId: string;
  protected abstract readonly provider?: TerraformProvider;

  public addRoute(id: string, options: GatewayRouteOptions): GatewayRoute {
    requiresFreeId(this, id);
    return new GatewayRoute(this, id, {
      ...withProvider(options, this.provider),
      controlPlaneId: this.controlPlaneId,
      serviceId: this.serviceId,
    });
  }
}

class ReferencedGatewayService extends GatewayServiceBase {
  public readonly serviceId: string;
  public readonly controlPlaneId: string;
  protected readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, attributes: GatewayServiceAttributes) {
    super(scope, id);
    validate(this, shapeChecks(attributes, GATEWAY_SERVICE_ATTRIBUTES));
    validate(this, [
      check('serviceId', attributes.serviceId, rules.uuid),
      check('controlPlaneId', attributes.controlPlaneId, rules.uuid),
    ]);
    this.serviceId = attributes.serviceId;
    this.controlPlaneId = attributes.controlPlaneId;
    this.provider = attributes.provider;
    if (attributes.provider) {
      usesKonnect(this, attributes.provider);
    }
  }
}

/**
 * A gateway service with its routes.
 *
 * Its id is always written: the provider makes a generated one unknown at every change, which
 * would replace the link of each API to the service and leave the API without authentication meanwhile.
 *
 * @throws ValidationError when Konnect would refuse the service; at synthesis for an id that is no name
 */
export class GatewayService extends GatewayServiceBase {
  /**
   * A service that exists.
   *
   * @throws ValidationError when an id is no UUID
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: GatewayServiceAttributes,
  ): IGatewayService {
    return new ReferencedGatewayService(scope, id, attributes);
  }

  /** The resource, for whatever this construct does not offer. */
  public readonly resource: GatewayServiceResource;
  public readonly serviceId: string;
  public readonly controlPlaneId: string;
  protected readonly provider?: TerraformProvider;

  private readonly routesAdded: GatewayRoute[] = [];

  public constructor(scope: Construct, id: string, props: GatewayServiceProps) {
    super(scope, id);
    validate(this, shapeChecks(props, GATEWAY_SERVICE));
    validate(this, [
      check('serviceId', props.serviceId, rules.uuid),
      check('controlPlaneId', props.controlPlaneId, rules.uuid),
      check('host', props.host, rules.notEmpty),
      check('name', props.name, gatewayRules.gatewayName),
      check('protocol', props.protocol, gatewayRules.gatewayProtocol),
      check('port', props.port, gatewayRules.port),
      check('path', props.path, gatewayRules.gatewayPath),
      check('retries', props.retries, gatewayRules.retries),
      check('connectTimeout', props.connectTimeout, gatewayRules.timeout),
      check('readTimeout', props.readTimeout, gatewayRules.timeout),
      check('writeTimeout', props.writeTimeout, gatewayRules.timeout),
      ...checkEach('tags', props.tags, gatewayRules.gatewayTag),
    ]);
    this.controlPlaneId = props.controlPlaneId;
    this.provider = props.provider;
    const config = literal<GatewayServiceConfig>({
      // Both may turn out to be those of what exists, or to come from a former path.
      id:
        props.serviceId ??
        Lazy.stringValue({
          produce: () => adoptedServiceId(this.resource) ?? uuidFromName(firstPathOf(this)),
        }),
      controlPlaneId: props.controlPlaneId,
      name: gatewayName(this, props.name),
      host: props.host,
      protocol: props.protocol,
      port: props.port,
      path: props.path,
      retries: props.retries,
      connectTimeout: props.connectTimeout,
      readTimeout: props.readTimeout,
      writeTimeout: props.writeTimeout,
      tags: props.tags,
      ...konnectArguments(this, props),
    });
    this.resource = new GatewayServiceResource(this, 'Resource', config);
    this.serviceId = this.resource.id;
    for (const [routeId, options] of Object.entries(props.routes ?? {})) {
      this.addRoute(routeId, options);
    }
  }

  /** The routes of the service, in order. */
  public get routes(): GatewayRoute[] {
    return [...this.routesAdded];
  }

  public override addRoute(id: string, options: GatewayRouteOptions): GatewayRoute {
    const route = super.addRoute(id, options);
    this.routesAdded.push(route);
    return route;
  }
}
