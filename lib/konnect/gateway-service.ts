import {
  type GatewayServiceConfig,
  GatewayService as GatewayServiceResource,
} from '@kong/konnect-cdktf-bindings/lib/gateway-service';
import { Lazy, type TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { addressOf } from '../core/elements';
import { originalPath } from '../core/former-paths';
import { propsSpec, validateProps } from '../core/props-spec';
import {
  createChild,
  inheritProvider,
  KONNECT_PROVIDER_OPTIONS,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { Registry } from '../core/registry';
import { childrenOf, construct, integer, text } from '../core/specs';
import { isToken } from '../core/tokens';
import type { IControlPlane } from './control-plane';
import { GATEWAY_NAME, gatewayName, TAGS, UPSTREAM_HOST } from './gateway-props';
import { GATEWAY_ROUTE_OPTIONS, GatewayRoute, type GatewayRouteOptions } from './gateway-route';
import { PROTOCOL, PROTOCOLS } from './route-protocols';
import { UUID, uuidFromName } from './shared-props';

/** A gateway service of a Konnect control plane, created by this app or existing. */
export interface IGatewayService extends IConstruct {
  /** Id of the service, a UUID. */
  readonly serviceId: string;

  /** Control plane of the service. */
  readonly controlPlane: IControlPlane;

  /** Provider of the service and its routes, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /**
   * Adds a route to the service.
   *
   * @throws ValidationError if Konnect would reject the route, or the id is taken
   */
  addRoute(id: string, options: GatewayRouteOptions): GatewayRoute;
}

/** Attributes of an existing gateway service. */
export interface GatewayServiceAttributes extends ProviderOptions {
  /** Id of the service, a UUID. */
  readonly serviceId: string;

  /** Control plane of the service. */
  readonly controlPlane: IControlPlane;
}

/** Properties of `GatewayService`. */
export interface GatewayServiceProps extends ResourceProps {
  /** Control plane of the service. */
  readonly controlPlane: IControlPlane;

  /** Host name or address of the upstream. */
  readonly host: string;

  /**
   * Id of the service, a UUID of your choice. A change of the id replaces the service. The default changes with the
   * construct's path: call `Moves.from` if you rename or move the construct, and set the id before you rename the
   * stack.
   *
   * @default - derived from the original path of the construct, with the stack's name
   */
  readonly serviceId?: string;

  /**
   * Name, unique in the control plane. Letters, digits, `.`, `-`, `_`, `~` and characters outside of ASCII.
   *
   * @default - the construct id, the original one after `Moves.from`
   */
  readonly name?: string;

  /**
   * Protocol of the upstream: `http`, `https`, `grpc`, `grpcs`, `tcp`, `tls`, `tls_passthrough`, `udp`, `ws` or `wss`.
   *
   * @default http
   */
  readonly protocol?: string;

  /**
   * Port of the upstream, 0 to 65535.
   *
   * @default - 443 for https, grpcs and wss, otherwise 80
   */
  readonly port?: number;

  /**
   * Path in front of the path of every upstream request. Starts with `/`. Only for http, https, ws and wss.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * How often the gateway retries a request that failed to reach the upstream, 0 to 32767.
   *
   * @default 5
   */
  readonly retries?: number;

  /**
   * Timeout of connecting to the upstream in milliseconds, 1 to 2147483646.
   *
   * @default 60000
   */
  readonly connectTimeoutMs?: number;

  /**
   * Timeout between two reads from the upstream in milliseconds, 1 to 2147483646.
   *
   * @default 60000
   */
  readonly readTimeoutMs?: number;

  /**
   * Timeout between two writes to the upstream in milliseconds, 1 to 2147483646.
   *
   * @default 60000
   */
  readonly writeTimeoutMs?: number;

  /**
   * Routes by construct id. `addRoute` adds more.
   *
   * @default - none
   */
  readonly routes?: { readonly [id: string]: GatewayRouteOptions };

  /**
   * Tags. Printable characters without `,` and `/`.
   *
   * @default - none
   */
  readonly tags?: string[];
}

/** Protocols with port 443 by default. */
const TLS_PORTS = ['https', 'grpcs', 'wss'];

/** Protocols with a path. */
const PATH_PROTOCOLS = ['http', 'https', 'ws', 'wss'];

/** Whether a service has this protocol, and no path. A protocol that breaks another rule does not. */
const hasNoPath = (protocol: string) => PROTOCOLS.includes(protocol) && !PATH_PROTOCOLS.includes(protocol);

const TIMEOUT_MS = integer({ min: 1, max: 2 ** 31 - 2, unit: 'milliseconds', source: 'Konnect' });

export const GATEWAY_SERVICE = propsSpec<GatewayServiceProps>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    controlPlane: construct('controlPlaneId').required(),
    host: UPSTREAM_HOST.required(),
    serviceId: UUID,
    name: GATEWAY_NAME,
    protocol: PROTOCOL,
    port: integer({ min: 0, max: 65_535, source: 'Konnect' }),
    path: text().check({
      rule: 'must start with / and have no //, query, fragment and white space (Kong)',
      remedy: 'Write it like /v1/orders',
      isValid: (path) => /^(?!.*\/\/)\/[^\s?#]*$/.test(path),
      schema: { pattern: '^(?!.*//)/[^\\s?#]*$' },
    }),
    retries: integer({ min: 0, max: 32_767, source: 'Konnect' }),
    connectTimeoutMs: TIMEOUT_MS,
    readTimeoutMs: TIMEOUT_MS,
    writeTimeoutMs: TIMEOUT_MS,
    routes: childrenOf(GATEWAY_ROUTE_OPTIONS),
    tags: TAGS,
  },
  [
    {
      prop: 'path',
      rule: 'must not be set for gRPC, tcp, tls, tls_passthrough and udp (Kong)',
      remedy: 'Remove the path, or use protocol: http or https',
      isValid: ({ path, protocol = 'http' }) => path === undefined || !hasNoPath(protocol),
    },
  ],
);

export const GATEWAY_SERVICE_ATTRIBUTES = propsSpec<GatewayServiceAttributes>({
  ...KONNECT_PROVIDER_OPTIONS.fields,
  serviceId: UUID.required(),
  controlPlane: construct('controlPlaneId').required(),
});

/** Base of created and existing services. */
abstract class GatewayServiceBase extends KonnectConstruct implements IGatewayService {
  public abstract readonly serviceId: string;
  public abstract readonly controlPlane: IControlPlane;

  public addRoute(id: string, options: GatewayRouteOptions): GatewayRoute {
    const props = { ...inheritProvider(options, this.provider), service: this };
    return createChild(this, id, () => new GatewayRoute(this, id, props));
  }
}

/**
 * A gateway service with its routes.
 *
 * Always sets the id. The provider makes a generated id unknown at every change, which would replace the link of each
 * API to the service and leave the API without authentication meanwhile.
 *
 * @throws ValidationError if Konnect would reject the service. At synthesis, if the construct id is not a valid name, or
 * the control plane has a service of this name
 */
export class GatewayService extends GatewayServiceBase {
  /**
   * References an existing service.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: GatewayServiceAttributes,
  ): IGatewayService {
    return new ImportedGatewayService(scope, id, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: GatewayServiceResource;
  public readonly serviceId: string;
  public readonly controlPlane: IControlPlane;

  private readonly routeList: GatewayRoute[] = [];

  public constructor(scope: Construct, id: string, props: GatewayServiceProps) {
    super(scope, id, props);
    validateProps(this, props, GATEWAY_SERVICE);
    const { controlPlane } = props;
    this.controlPlane = controlPlane;
    const config = this._resourceConfig<GatewayServiceConfig>({
      // Adoption and moves are known at synthesis.
      id:
        props.serviceId ??
        Lazy.stringValue({ produce: () => this.adoptedId ?? uuidFromName(originalPath(this)) }),
      controlPlaneId: controlPlane.controlPlaneId,
      name: gatewayName(this, props.name, 'gateway service', controlPlane),
      host: props.host,
      protocol: props.protocol,
      // The provider's default is 80 for every protocol.
      port: props.port ?? (TLS_PORTS.includes(props.protocol ?? '') ? 443 : undefined),
      path: props.path,
      retries: props.retries,
      connectTimeout: props.connectTimeoutMs,
      readTimeout: props.readTimeoutMs,
      writeTimeout: props.writeTimeoutMs,
      tags: props.tags,
    });
    this.resource = new GatewayServiceResource(this, 'Resource', config);
    this.serviceId = this.resource.id;
    if (!isToken(controlPlane.controlPlaneId)) {
      this._addTenantName(`gateway service ${props.name ?? id}`);
    }
    for (const [routeId, options] of Object.entries(props.routes ?? {})) {
      this.addRoute(routeId, options);
    }
  }

  /** Routes of the service, in order. */
  public get routes(): GatewayRoute[] {
    return [...this.routeList];
  }

  public override addRoute(id: string, options: GatewayRouteOptions): GatewayRoute {
    const route = super.addRoute(id, options);
    this.routeList.push(route);
    return route;
  }

  /** Id of the existing service that the stack adopts. */
  private get adoptedId(): string | undefined {
    const imports = Registry.of(this).imports.get(this.resource.cdktfStack);
    const importId = imports?.idOf(addressOf(this.resource));
    return importId === undefined ? undefined : JSON.parse(importId).id;
  }
}

class ImportedGatewayService extends GatewayServiceBase {
  public readonly serviceId: string;
  public readonly controlPlane: IControlPlane;

  public constructor(scope: Construct, id: string, attributes: GatewayServiceAttributes) {
    super(scope, id, attributes);
    validateProps(this, attributes, GATEWAY_SERVICE_ATTRIBUTES);
    this.serviceId = attributes.serviceId;
    this.controlPlane = attributes.controlPlane;
  }
}
