import type { AuthMethod } from '../konnect/oidc-auth-strategy';
import type { TokenRequirements } from '../konnect/token-requirements';
import type { Visibility } from '../konnect/visibility';
import type { OidcClientType } from '../okta/oidc-client';

/* What a catalog holds once the schema accepted it; the schema says what each of it means. */

/** Entries by key. */
export interface Keyed<T> {
  readonly [key: string]: T;
}

/** A strategy of a catalog. */
export interface CatalogStrategy extends TokenRequirements {
  readonly name?: string;
  readonly displayName?: string;
  readonly scopes: string[];
  readonly authMethods?: AuthMethod[];
  readonly accessTokenLifetimeMinutes?: number;
  readonly labels?: Keyed<string>;
}

/** A route of a catalog. */
export interface CatalogRoute {
  readonly name?: string;
  readonly paths?: string[];
  readonly hosts?: string[];
  readonly methods?: string[];
  readonly protocols?: string[];
  readonly stripPath?: boolean;
}

/** A gateway service of a catalog. */
export interface CatalogService {
  readonly controlPlane?: string;
  readonly id?: string;
  readonly host?: string;
  readonly name?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly path?: string;
  readonly retries?: number;
  readonly routes?: Keyed<CatalogRoute>;
  readonly tags?: string[];
}

/** A publication of a catalog; `main:` with nothing behind it is null. */
export interface CatalogPublication {
  readonly visibility?: Visibility;
  readonly autoApproveRegistrations?: boolean;
}

/** An API of a catalog. */
export interface CatalogApi {
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly slug?: string;
  readonly labels?: Keyed<string>;
  readonly specification?: string;
  readonly service?: CatalogService;
  readonly strategy?: string;
  readonly portals?: Keyed<CatalogPublication | null>;
}

/** A client of a catalog. */
export interface CatalogClient {
  readonly label: string;
  readonly type?: OidcClientType;
  readonly redirectUris?: string[];
  readonly strategies?: string[];
}
