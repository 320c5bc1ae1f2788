import { AuthServerClaim, type AuthServerClaimConfig } from '@cdktf/provider-okta/lib/auth-server-claim';
import type { Construct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import { OktaConstruct, RESOURCE_PROPS, type ResourceProps } from '../core/provider-construct';
import { replaceTriggers } from '../core/replacement';
import { construct, listOf, text } from '../core/specs';
import type { IAuthorizationServer } from './authorization-server';
import type { IAuthorizationServerScope } from './authorization-server-scope';

/** Okta Expression Language for the client id of the application that requests the token. */
const CLIENT_ID_EXPRESSION = 'app.clientId';

/** Claims that Okta sets or reserves in access tokens. */
const RESERVED_CLAIMS =
  'acr amr as_uri aud auth_time cid exp groups iat iss jti nbf rpt rsi scp sub token_type uid username ver'.split(
    ' ',
  );

/** Name of a claim that an auth strategy reads. */
export const CLAIM_NAME = text({
  maxLength: 128,
  source: 'Konnect: the auth strategy names the claim',
}).check({
  rule: `must not be empty or a claim that Okta reserves in access tokens (${RESERVED_CLAIMS.join(', ')})`,
  remedy: 'Use another name, for example clientId',
  isValid: (name) => name.trim() !== '' && !RESERVED_CLAIMS.includes(name),
});

/** Options of `addClientIdClaim`. */
export interface ClientIdClaimOptions extends ResourceProps {
  /**
   * Scopes that put the claim into a token.
   *
   * @default - every access token has the claim
   */
  readonly scopes?: IAuthorizationServerScope[];
}

/** Properties of `ClientIdClaim`. */
export interface ClientIdClaimProps extends ClientIdClaimOptions {
  /** Authorization server that puts the claim into its access tokens. */
  readonly authorizationServer: IAuthorizationServer;

  /** Name of the claim, at most 128 characters. Not a name that Okta reserves. */
  readonly claimName: string;
}

export const CLIENT_ID_CLAIM = propsSpec<ClientIdClaimProps>({
  ...RESOURCE_PROPS.fields,
  authorizationServer: construct('authorizationServerId', 'claims').required(),
  claimName: CLAIM_NAME.required(),
  scopes: listOf(construct('scopeName')).known(),
});

/**
 * The claim that tells the gateway which application a token was issued to: value `app.clientId`, value type
 * `EXPRESSION`, in access tokens.
 *
 * @throws ValidationError if the name is empty, reserved or too long
 */
export class ClientIdClaim extends OktaConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: AuthServerClaim;

  /** Name of the claim. */
  public readonly claimName: string;

  public constructor(scope: Construct, id: string, props: ClientIdClaimProps) {
    super(scope, id, props);
    validateProps(this, props, CLIENT_ID_CLAIM);
    const { authorizationServer: server } = props;
    const config = this._resourceConfig<AuthServerClaimConfig>(
      {
        authServerId: server.authorizationServerId,
        name: props.claimName,
        claimType: 'RESOURCE',
        valueType: 'EXPRESSION',
        value: CLIENT_ID_EXPRESSION,
        scopes: props.scopes?.map((each) => each.scopeName),
      },
      {
        // On another server the new one exists before the old one goes, so that clients keep their tokens.
        createBeforeDestroy: true,
        replaceTriggeredBy: replaceTriggers(this, server, server.authorizationServerId),
      },
    );
    this.resource = new AuthServerClaim(this, 'Resource', config);
    this.claimName = this.resource.name;
    if (server.lookupName !== undefined) {
      this._addTenantName(`claim ${props.claimName} of authorization server ${server.lookupName}`);
    }
  }
}
