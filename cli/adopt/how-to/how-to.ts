import type { AccessControlPlugin } from '../../access-control';
import type { Entity } from '../../entity';

/** A Dev Portal with its pages, parents first. */
export interface FoundPortal {
  readonly entity: Entity;
  readonly pages: readonly Entity[];
}

/** An API with its versions, documents, link and publications. */
export interface FoundApi {
  readonly entity: Entity;
  readonly versions: readonly Entity[];

  /** Parents first. */
  readonly documents: readonly Entity[];

  /** The link to a gateway service or to a control plane. */
  readonly implementation?: Implementation;

  readonly publications: readonly Entity[];
}

/** A gateway service with its routes. */
export interface FoundService {
  readonly entity: Entity;
  readonly routes: readonly Entity[];
}

/** A control plane with the services to adopt. */
export interface FoundControlPlane {
  readonly entity: Entity;

  /** Enforces access control, if APIs are linked to the control plane. */
  readonly accessControl?: AccessControlPlugin;
  readonly services: readonly FoundService[];
}

/** Links an API to a gateway service, or to a control plane that enforces access control. */
export interface Implementation extends Entity {
  readonly api_id: string;
  readonly service?: { readonly id: string; readonly control_plane_id: string } | null;
  readonly control_plane?: { readonly control_plane_id: string } | null;
}

/** The part of a how-to in Konnect. */
export interface KonnectHowTo {
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

/** Claims, scopes and policies of an authorization server. */
export interface ServerMembers {
  readonly claims: readonly Entity[];
  readonly scopes: readonly Entity[];
  readonly policies: readonly FoundPolicy[];
}

/** An authorization server with its members. */
export interface FoundServer extends ServerMembers {
  readonly entity: Entity;

  /** Issuer of the auth strategy. Its host can differ from that of the server's own issuer. */
  readonly issuer: string;
}

/** The part of a how-to in Okta. */
export interface OktaHowTo {
  readonly authorizationServers: readonly FoundServer[];
  readonly applications: readonly Entity[];
}

/** A how-to that was set up by hand. */
export interface HowTo {
  readonly okta: OktaHowTo;
  readonly konnect: KonnectHowTo;
}
