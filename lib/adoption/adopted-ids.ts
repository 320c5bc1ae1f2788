/** Ids by name. */
export interface AdoptedNames {
  readonly [name: string]: string;
}

/** An access policy in Okta. */
export interface AdoptedPolicy {
  readonly id: string;

  /** Ids of the rules by name. */
  readonly rules: AdoptedNames;
}

/** A Dev Portal in Konnect. */
export interface AdoptedPortal {
  readonly id: string;

  /** Ids of the pages by slug. */
  readonly pages: AdoptedNames;
}

/** An API in Konnect. */
export interface AdoptedApi {
  readonly id: string;

  /** Id of the link to a gateway service; null without one. */
  readonly implementation: string | null;

  /** Names of the portals that it is published to. */
  readonly publishedTo: readonly string[];
}

/** A gateway service in Konnect. */
export interface AdoptedService {
  readonly id: string;

  /** Ids of the routes by name. */
  readonly routes: AdoptedNames;
}

/** What exists in an Okta org and in a Konnect region, by name. */
export interface AdoptedIds {
  /** Format of the file. */
  readonly version: number;

  readonly okta: {
    readonly authorizationServer: { readonly id: string; readonly name: string };
    readonly claims: AdoptedNames;
    readonly scopes: AdoptedNames;
    readonly policies: { readonly [name: string]: AdoptedPolicy };
    readonly applications: AdoptedNames;
  };

  readonly konnect: {
    readonly authStrategies: AdoptedNames;
    readonly portals: { readonly [name: string]: AdoptedPortal };
    readonly apis: { readonly [name: string]: AdoptedApi };
    readonly controlPlane: { readonly id: string; readonly name: string };
    readonly services: { readonly [name: string]: AdoptedService };
  };
}

/** The format that `okta-dev-portal-oidc adopt` writes. */
export const ADOPTION_VERSION = 1;
