import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AccessPolicy, AccessPolicyOptions } from './access-policy';
import type { ClientIdClaim, ClientIdClaimOptions } from './client-id-claim';
import type { OktaScope, OktaScopeOptions } from './scope';

/** An Okta custom authorization server, created by this app or found in the org. */
export interface IAuthorizationServer extends IConstruct {
  /** Id in Okta, `default` for the default server. */
  readonly authorizationServerId: string;

  /** Issuer URI, the `iss` of its tokens. */
  readonly issuer: string;

  /** The provider of what is added to the server, undefined for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /** The scopes that its stack added, by this construct or another one that stands for the server, in order. */
  readonly scopes: OktaScope[];

  /** The client id claims that its stack added likewise, in order. */
  readonly claims: ClientIdClaim[];

  /**
   * Adds a scope. Its resource stands in the stack of the authorization server.
   *
   * @throws ValidationError when Okta refuses the name or reserves it for users, or the stack added it before
   */
  addScope(scopeName: string, options?: OktaScopeOptions): OktaScope;

  /**
   * Adds a claim whose value is the client id of the application that a token is issued to.
   *
   * @throws ValidationError when the name is empty, reserved or too long for Konnect, or the stack added it before
   */
  addClientIdClaim(claimName: string, options?: ClientIdClaimOptions): ClientIdClaim;

  /**
   * Adds an access policy: which clients may ask for which scopes.
   *
   * @throws ValidationError when a client is added twice, or named beside `allClients`; at synthesis, when the policy has
   * no client
   */
  addAccessPolicy(id: string, options: AccessPolicyOptions): AccessPolicy;
}
