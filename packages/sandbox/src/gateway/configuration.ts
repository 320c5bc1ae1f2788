/** A route of a control plane with the service it leads to. */
export interface GatewayRoute {
  readonly controlPlaneId: string;
  readonly id: string;
  readonly name: string | null;
  readonly protocols: readonly string[];
  /** Every path when empty. Regular expressions begin with `~`. */
  readonly paths: readonly string[];
  /** Upper case; every method when empty. */
  readonly methods: readonly string[];
  /** Every host when empty. */
  readonly hosts: readonly string[];
  /** Values by header name. A request must have one value of each. */
  readonly headers: { readonly [name: string]: readonly string[] };
  /** Priority of regular expressions, highest first. */
  readonly regexPriority: number;
  /** Status of the answer to http where the route takes https only. */
  readonly httpsRedirectStatusCode: number;
  readonly stripPath: boolean;
  readonly service: GatewayUpstream;
}

/** The service behind a route. */
interface GatewayUpstream {
  readonly id: string;
  readonly name: string | null;
  readonly enabled: boolean;
  readonly host: string;
  readonly path: string | null;
}

/** One publication of an API. */
export interface GatewayPublication {
  readonly apiId: string;
  readonly portalId: string;
  /** Undefined when the publication has no strategy: the API is open. */
  readonly strategy?: GatewayStrategy;
}

/** Access control of a control plane: the plugin `ace`. */
export interface GatewayAccessControl {
  /** Whether requests that match no operation are rejected. */
  readonly requiresMatch: boolean;
  /** Whether requests that fail authentication pass as an anonymous consumer. */
  readonly allowsAnonymous: boolean;
  /** APIs that are linked to the control plane and published. */
  readonly apis: readonly ProtectedApi[];
}

/** An API with the operations that are protected. */
interface ProtectedApi {
  readonly operations: readonly { readonly method: string; readonly path: string }[];
  readonly publications: readonly GatewayPublication[];
}

/** Settings of an application auth strategy of type openid_connect. */
export interface GatewayStrategy {
  readonly id: string;
  readonly issuer: string;
  /** A path into the claims: several names are nested, not alternatives. */
  readonly credentialClaim: readonly string[];
  readonly scopes: readonly string[];
  readonly authMethods: readonly string[];
  /**
   * Requirements that a token must all meet.
   *
   * @default - nothing
   */
  readonly requirements?: readonly ClaimRequirement[];
}

/** Values that a claim of the token must have. */
export interface ClaimRequirement {
  /** Name of the values in the reason of a refusal. */
  readonly name: string;
  /** A path into the claims, outermost first. */
  readonly claim: readonly string[];
  /** One entry must match. An entry matches if the token has all of its space-separated values. */
  readonly required: readonly string[];
}

/** The configuration that a gateway reads from a Konnect tenant, at every request. */
export interface GatewayConfiguration {
  /** Routes of all control planes, oldest first. */
  routes(): readonly GatewayRoute[];
  /** Publications of the APIs that are implemented by a service. */
  publications(controlPlaneId: string, serviceId: string): readonly GatewayPublication[];
  /** Access control of a control plane, `undefined` without an enabled plugin. */
  accessControl(controlPlaneId: string): GatewayAccessControl | undefined;
  /** Whether an application with this client id and strategy has an approved registration for the API. */
  isRegistered(clientId: string, strategyId: string, apiId: string): boolean;
}
