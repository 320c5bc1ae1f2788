/** Something with a name. */
export interface AdoptedNamed {
  readonly id: string;
  readonly name: string;
}

/** Something that need not have a name. */
export interface AdoptedMaybeNamed {
  readonly id: string;
  readonly name: string | null;
}

/** An access policy in Okta. */
export interface AdoptedPolicy extends AdoptedNamed {
  /** Client ids that it is for, or `ALL_CLIENTS`. */
  readonly clients: readonly string[];

  readonly rules: readonly AdoptedNamed[];
}

/** An authorization server in Okta. */
export interface AdoptedServer extends AdoptedNamed {
  readonly claims: readonly AdoptedNamed[];
  readonly scopes: readonly AdoptedNamed[];
  readonly policies: readonly AdoptedPolicy[];
}

/** An OIDC application in Okta. */
export interface AdoptedApplication {
  readonly id: string;
  readonly clientId: string;
  readonly label: string;
}

/** A page of a portal. */
export interface AdoptedPage {
  readonly id: string;
  readonly slug: string;
}

/** A Dev Portal in Konnect. */
export interface AdoptedPortal extends AdoptedNamed {
  readonly pages: readonly AdoptedPage[];
}

/** A version of an API with its specification. */
export interface AdoptedApiVersion {
  readonly id: string;
  readonly version: string | null;
}

/** An API in Konnect; name and version together tell it from others. */
export interface AdoptedApi extends AdoptedNamed {
  readonly version: string | null;
  readonly versions: readonly AdoptedApiVersion[];

  /** Id of the link to a gateway service; null without one. */
  readonly implementation: string | null;

  /** Ids of the portals that it is published to. */
  readonly publishedTo: readonly string[];
}

/** A gateway service in Konnect. */
export interface AdoptedService extends AdoptedMaybeNamed {
  readonly routes: readonly AdoptedMaybeNamed[];
}

/** A control plane in Konnect. */
export interface AdoptedControlPlane extends AdoptedNamed {
  readonly services: readonly AdoptedService[];
}

/** What exists in an Okta org and in a Konnect region: ids with the names that a stack finds them by. */
export interface AdoptedIds {
  /** Format of the file. */
  readonly version: number;

  /**
   * Whether a stack creates what is not in the file.
   *
   * @default false
   */
  readonly partial?: boolean;

  readonly okta: {
    readonly authorizationServers: readonly AdoptedServer[];
    readonly applications: readonly AdoptedApplication[];
  };

  readonly konnect: {
    readonly authStrategies: readonly AdoptedNamed[];
    readonly portals: readonly AdoptedPortal[];
    readonly apis: readonly AdoptedApi[];
    readonly controlPlanes: readonly AdoptedControlPlane[];
  };
}

/** The format that `okta-dev-portal-oidc adopt` writes. */
export const ADOPTION_VERSION = 1;
