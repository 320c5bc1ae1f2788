/**
 * What a gateway asks of an access token besides that it is valid, whether the client sent it or the gateway got it
 * for the client's credentials. A token without it is answered with 403.
 *
 * To take the last of these and of `additionalProperties` out again, put `additionalProperties: {}` in their place:
 * where all of them are left out, the provider keeps what was deployed, and the plan is empty.
 */
export interface TokenRequirements {
  /**
   * Scopes that a token must have, in the words of Kong's openid-connect plugin (`scopes_required`): one entry of the
   * list has to hold, and an entry holds when the token has every scope in it. So `['read write']` asks for both, and
   * `['read', 'write']` for either.
   *
   * @default - any scope will do
   */
  readonly scopesRequired?: string[];

  /**
   * The claim with the scopes. Several names are the path to one nested claim, outermost first.
   *
   * @default - ['scp'], where Okta puts them, when scopesRequired is given
   */
  readonly scopesClaim?: string[];

  /**
   * Audiences that a token may be for, one of them.
   *
   * @default - any audience of the issuer
   */
  readonly audienceRequired?: string[];

  /**
   * The claim with the audience. Several names are the path to one nested claim, outermost first.
   *
   * @default - ['aud'], the gateway's default
   */
  readonly audienceClaim?: string[];
}
