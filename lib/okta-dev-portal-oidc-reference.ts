import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type IOidcAuthStrategy, OidcAuthStrategy, strategyScopesChecks } from './konnect/oidc-auth-strategy';
import type { AccessPolicy } from './okta/access-policy';
import { AuthorizationServer } from './okta/authorization-server';
import type { IAuthorizationServer } from './okta/authorization-server-ref';
import { OktaDevPortalOidcBase, type OktaDevPortalOidcProviders } from './okta-dev-portal-oidc-ref';
import { clientCredentialsPolicy, DEFAULT_NAME, LAST_PRIORITY } from './private/client-credentials-policy';
import { shapeChecks } from './private/kinds';
import { providerChecks } from './private/providers';
import { OKTA_DEV_PORTAL_OIDC_ATTRIBUTES } from './private/shapes/oidc';
import { validate } from './validation';

/**
 * How a stack adds to an authentication that another one set up.
 *
 * Its clients get an access policy of their own, behind those that are on the authorization server; which place
 * Okta gives it, and how it renumbers it later, is ignored.
 */
export interface OktaDevPortalOidcReferenceOptions {
  /**
   * Name of the access policy for the clients that are added here, unique on the authorization server.
   *
   * @default - `Okta OIDC` with the name of the stack in brackets
   */
  readonly policyName?: string;

  /**
   * The provider of the Okta org.
   *
   * @default - the stack's default provider
   */
  readonly oktaProvider?: TerraformProvider;

  /**
   * The provider of the Konnect region.
   *
   * @default - the stack's default provider
   */
  readonly konnectProvider?: TerraformProvider;
}

/** What another stack or repository says of the authentication that it set up. */
export interface OktaDevPortalOidcAttributes extends OktaDevPortalOidcReferenceOptions {
  /** Id of the authorization server in Okta. */
  readonly authorizationServerId: string;

  /** Issuer URI of the authorization server. */
  readonly issuer: string;

  /** Names of the scopes that the gateway asks for. */
  readonly scopeNames: string[];

  /** Id of the auth strategy in Konnect, a UUID. */
  readonly strategyId: string;
}

/** An authentication that another stack or repository set up. */
export class ReferencedOktaDevPortalOidc extends OktaDevPortalOidcBase {
  public readonly authorizationServer: IAuthorizationServer;
  public readonly scopeNames: string[];
  public readonly strategy: IOidcAuthStrategy;
  /** @internal */
  protected readonly _providers: OktaDevPortalOidcProviders;

  private readonly policyName: string;

  public constructor(scope: Construct, id: string, attributes: OktaDevPortalOidcAttributes) {
    super(scope, id);
    validate(this, shapeChecks(attributes, OKTA_DEV_PORTAL_OIDC_ATTRIBUTES));
    validate(this, [
      ...strategyScopesChecks(attributes.scopeNames, 'scopeNames'),
      ...providerChecks(this, 'oktaProvider', attributes.oktaProvider),
      ...providerChecks(this, 'konnectProvider', attributes.konnectProvider),
    ]);
    this._providers = { okta: attributes.oktaProvider, konnect: attributes.konnectProvider };
    this.authorizationServer = AuthorizationServer.fromAttributes(this, 'AuthorizationServer', {
      authorizationServerId: attributes.authorizationServerId,
      issuer: attributes.issuer,
      provider: attributes.oktaProvider,
    });
    this.scopeNames = Array.isArray(attributes.scopeNames)
      ? [...attributes.scopeNames]
      : attributes.scopeNames;
    this.strategy = OidcAuthStrategy.fromStrategyId(this, 'Strategy', attributes.strategyId);
    this.policyName = attributes.policyName ?? `${DEFAULT_NAME} (${TerraformStack.of(this).node.id})`;
  }

  protected createAccessPolicy(): AccessPolicy {
    return clientCredentialsPolicy(
      this,
      {
        name: this.policyName,
        priority: LAST_PRIORITY,
        ignorePriorityChanges: true,
        provider: this._providers.okta,
      },
      this.scopeNames,
    );
  }
}
