import type { Entity } from '../konnect-client';

/** A Dev Portal with its pages, those below others left out. */
export interface FoundPortal {
  readonly entity: Entity;
  readonly pages: readonly Entity[];
}

/** An API with what belongs to it. */
export interface FoundApi {
  readonly entity: Entity;
  readonly versions: readonly Entity[];

  /** The link to a gateway service. */
  readonly implementation?: Implementation;

  readonly publications: readonly Entity[];
}

/** A gateway service with its routes. */
export interface FoundService {
  readonly entity: Entity;
  readonly routes: readonly Entity[];
}

/** A control plane with the services that are taken over. */
export interface FoundControlPlane {
  readonly entity: Entity;
  readonly services: readonly FoundService[];
}

/** What links an API to a gateway service. */
export interface Implementation extends Entity {
  readonly api_id: string;
  readonly service?: { readonly id: string; readonly control_plane_id: string } | null;
}

/** What was found in a Konnect region. */
export interface KonnectPieces {
  readonly authStrategies: readonly Entity[];
  readonly portals: readonly FoundPortal[];
  readonly apis: readonly FoundApi[];
  readonly controlPlanes: readonly FoundControlPlane[];
}

/** An access policy with its rules. */
export interface FoundPolicy {
  readonly entity: Entity;
  readonly rules: readonly Entity[];
}

/** An authorization server with what is on it. */
export interface FoundServer {
  readonly entity: Entity;
  readonly claims: readonly Entity[];
  readonly scopes: readonly Entity[];
  readonly policies: readonly FoundPolicy[];
}

/** What was found in an Okta org. */
export interface OktaPieces {
  readonly authorizationServers: readonly FoundServer[];
  readonly applications: readonly Entity[];
}

/** What was found in both tenants. */
export interface Pieces {
  readonly okta: OktaPieces;
  readonly konnect: KonnectPieces;
}
