import { AuthServerClaim, type AuthServerClaimConfig } from '@cdktf/provider-okta/lib/auth-server-claim';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { oktaArguments } from '../private/meta-arguments';
import { replacedWithParent } from '../private/replacement';
import { CLIENT_ID_CLAIM } from '../private/shapes/okta';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { type Check, check, validate } from '../validation';
import type { IAuthorizationServer } from './authorization-server-ref';
import type { OktaScope } from './scope';

/** Okta Expression Language for the client id of the application that asks for the token. */
const CLIENT_ID_EXPRESSION = 'app.clientId';

/** What can be said of a claim besides its name. */
export interface ClientIdClaimOptions extends ResourceProps {
  /**
   * Puts the claim only into tokens that carry one of these scopes.
   *
   * @default - into every access token
   */
  readonly scopes?: OktaScope[];
}

/** Properties of `ClientIdClaim`. */
export interface ClientIdClaimProps extends ClientIdClaimOptions {
  /** The authorization server that puts the claim into its access tokens. */
  readonly authorizationServer: IAuthorizationServer;

  /** Name of the claim, at most 128 characters, none of those that Okta reserves. */
  readonly claimName: string;
}

/** The rules for the name of a claim, also asked by whoever creates claims from its own props. */
export function claimNameChecks(name: string): Check[] {
  return [check('claimName', name, rules.claimName), check('claimName', name, rules.claimNameLength)];
}

/**
 * The claim that tells the gateway which application a token was issued to: value `app.clientId`,
 * value type `EXPRESSION`, in access tokens.
 *
 * @throws ValidationError when the name is empty, reserved or too long for Konnect
 */
export class ClientIdClaim extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: AuthServerClaim;

  /** Name of the claim. */
  public readonly claimName: string;

  public constructor(scope: Construct, id: string, props: ClientIdClaimProps) {
    super(scope, id);
    validate(this, shapeChecks(props, CLIENT_ID_CLAIM));
    validate(this, claimNameChecks(props.claimName));

    const { authorizationServer } = props;
    const config = literal<AuthServerClaimConfig>({
      authServerId: authorizationServer.authorizationServerId,
      name: props.claimName,
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      value: CLIENT_ID_EXPRESSION,
      scopes: props.scopes?.map((each) => each.scopeName),
      ...oktaArguments(this, props, {
        replaceTriggeredBy: replacedWithParent(
          this,
          authorizationServer,
          authorizationServer.authorizationServerId,
        ),
      }),
    });
    this.resource = new AuthServerClaim(this, 'Resource', config);
    this.claimName = this.resource.name;
  }
}
