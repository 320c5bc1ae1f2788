import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import { releaseConstruct } from '../core/release';
import { construct, mapOf, provider, text } from '../core/specs';
import type { Api } from '../konnect/api';
import type { ApiPublication } from '../konnect/api-publication';
import type { IControlPlane } from '../konnect/control-plane';
import type { IDevPortal } from '../konnect/dev-portal';
import type { IAuthorizationServer } from '../okta/authorization-server';
import type { OidcClient } from '../okta/oidc-client';
import type { IOktaDevPortalOidc } from '../okta-dev-portal-oidc-base';
import { CatalogBuilder } from './catalog-builder';
import { CatalogFile } from './catalog-file';
import { Diagnostics } from './diagnostics';

/** Properties of `PortalCatalog`. */
export interface PortalCatalogProps {
  /** Path of the YAML or JSON file, relative to the working directory of the app. */
  readonly file: string;

  /** Portals by the keys that the file uses. */
  readonly portals: { readonly [key: string]: IDevPortal };

  /**
   * Control planes by the keys that the file uses.
   *
   * @default - none, so the file cannot have gateway services
   */
  readonly controlPlanes?: { readonly [key: string]: IControlPlane };

  /**
   * Authentications that the code creates, by the keys that the file uses. The file may define more strategies.
   *
   * @default - the strategies of the file, or one strategy with the scope `api.access`
   */
  readonly strategies?: { readonly [key: string]: IOktaDevPortalOidc };

  /**
   * Authorization server of the file's strategies.
   *
   * @default - the server called `default` (`AuthorizationServer.fromDefault`)
   */
  readonly authorizationServer?: IAuthorizationServer;

  /**
   * Provider of the Okta org, for the file's strategies.
   *
   * @default - the provider of the authorization server, or the stack's default provider
   */
  readonly oktaProvider?: TerraformProvider;

  /**
   * Provider of the Konnect region.
   *
   * @default - the stack's default provider
   */
  readonly konnectProvider?: TerraformProvider;
}

export const PORTAL_CATALOG = propsSpec<PortalCatalogProps>({
  file: text().known().required(),
  portals: mapOf(construct('portalId')).known().required(),
  controlPlanes: mapOf(construct('controlPlaneId')).known(),
  strategies: mapOf(construct('scopeNames')).known(),
  authorizationServer: construct('authorizationServerId'),
  oktaProvider: provider('okta'),
  konnectProvider: provider('konnect'),
});

/**
 * APIs, strategies and clients from a YAML or JSON file, for teams that write no code.
 *
 * The JSON Schema of the file is `schema/catalog.schema.json` of this package. Keys become construct ids: a renamed key
 * is a new resource.
 *
 * @throws CatalogError with all failures of the file: line, column, path, rule, value and remedy. At synthesis, if a name
 * is used twice
 */
export class PortalCatalog extends Construct {
  /** APIs of the file by key. */
  public readonly apis: { readonly [key: string]: Api };

  /** Clients of the file by key. */
  public readonly clients: { readonly [key: string]: OidcClient };

  /** Authentications of file and code by key. */
  public readonly strategies: { readonly [key: string]: IOktaDevPortalOidc };

  private readonly publications: readonly ApiPublication[];

  public constructor(scope: Construct, id: string, props: PortalCatalogProps) {
    super(scope, id);
    validateProps(this, props, PORTAL_CATALOG);
    const file = new CatalogFile(props.file);
    const diagnostics = new Diagnostics(this, file);
    diagnostics.throwIfAny();
    const { strategies, apis, clients, publications } = new CatalogBuilder(this, props, file, diagnostics);
    diagnostics.throwIfAny();
    this.strategies = strategies;
    this.apis = apis;
    this.clients = clients;
    this.publications = publications;
  }

  /**
   * Hands all resources of the file over: Terraform forgets them and destroys nothing. Deploy with the call, then delete
   * the construct from the code. Needs Terraform 1.7.
   *
   * @throws ValidationError if the file has no resources. At synthesis, if anything still refers to a resource
   */
  public release(): void {
    // Strategies of the code contain the publications and clients that the file adds to them.
    const additions = [...this.publications, ...Object.values(this.clients)];
    for (const each of additions) {
      releaseConstruct(each);
    }
    if (additions.length === 0 || this.node.children.length > 0) {
      releaseConstruct(this);
    }
  }
}
