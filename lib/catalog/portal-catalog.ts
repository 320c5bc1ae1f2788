import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { IDevPortal } from '../konnect/dev-portal';
import type { PortalApi } from '../konnect/portal-api';
import type { IAuthorizationServer } from '../okta/authorization-server-ref';
import type { OidcClient } from '../okta/oidc-client';
import type { IOktaDevPortalOidc } from '../okta-dev-portal-oidc-ref';
import { shapeChecks } from '../private/kinds';
import { providerChecks } from '../private/providers';
import { rules } from '../rules';
import { check, validate } from '../validation';
import { CatalogBuilder } from './catalog-builder';
import { CatalogError } from './catalog-error';
import { CatalogFile } from './catalog-file';
import { Problems } from './problems';
import { schemaFailures } from './schema-check';
import { PORTAL_CATALOG } from './shape';
import { tokenFailures } from './token-check';

/** Properties of `PortalCatalog`. */
export interface PortalCatalogProps {
  /** Path of the YAML or JSON file, from the folder that the app runs in. */
  readonly file: string;

  /** Portals by the key that the file names them by. */
  readonly portals: { readonly [key: string]: IDevPortal };

  /**
   * Ids of control planes, UUIDs, by the key that the file names them by.
   *
   * @default - none, so the file can have no gateway services
   */
  readonly controlPlaneIds?: { readonly [key: string]: string };

  /**
   * Authentications that the code sets up, by the key that the file names them by, beside the strategies of the file.
   *
   * @default - the strategies of the file; where it has none either, one with the scope `api.access`
   */
  readonly strategies?: { readonly [key: string]: IOktaDevPortalOidc };

  /**
   * The authorization server for the strategies of the file.
   *
   * @default - the server called `default` (`AuthorizationServer.fromDefault`)
   */
  readonly authorizationServer?: IAuthorizationServer;

  /**
   * The provider of the Okta org, for the strategies of the file.
   *
   * @default - that of the authorization server, or the stack's default provider
   */
  readonly oktaProvider?: TerraformProvider;

  /**
   * The provider of the Konnect region.
   *
   * @default - the stack's default provider
   */
  readonly konnectProvider?: TerraformProvider;
}

/**
 * APIs, strategies and clients from a YAML or JSON file, for teams that write no code.
 *
 * The schema of the file is `schema/catalog.schema.json` of this package. Its keys are construct ids:
 * renaming one makes a new resource.
 *
 * @throws CatalogError with everything that is wrong in the file: line, path, what came and the remedy
 */
export class PortalCatalog extends Construct {
  /** The APIs of the file by key. */
  public readonly apis: { readonly [key: string]: PortalApi };

  /** The clients of the file by key. */
  public readonly clients: { readonly [key: string]: OidcClient };

  /** The authentications of file and code by key. */
  public readonly strategies: { readonly [key: string]: IOktaDevPortalOidc };

  public constructor(scope: Construct, id: string, props: PortalCatalogProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_CATALOG));
    validate(this, [
      ...providerChecks(this, 'oktaProvider', props.oktaProvider),
      ...providerChecks(this, 'konnectProvider', props.konnectProvider),
      ...Object.entries(props.controlPlaneIds ?? {}).map(([key, controlPlaneId]) =>
        check(`controlPlaneIds.${key}`, controlPlaneId, rules.uuid),
      ),
    ]);
    const file = new CatalogFile(props.file);
    if (file.failures.length > 0) {
      throw new CatalogError(this, [...file.failures]);
    }
    const problems = new Problems(file, [...schemaFailures(file), ...tokenFailures(file)]);
    const { strategies, apis, clients } = new CatalogBuilder(this, props, file, problems);
    if (problems.failures.length > 0) {
      throw new CatalogError(this, problems.failures);
    }
    this.strategies = strategies;
    this.apis = apis;
    this.clients = clients;
  }
}
