import { AppOauth, type AppOauthConfig } from '@cdktf/provider-okta/lib/app-oauth';
import { Construct, type IConstruct } from 'constructs';
import { required, shapeChecks, text } from '../private/kinds';
import { literal } from '../private/literal';
import { oktaArguments } from '../private/meta-arguments';
import { OIDC_CLIENT } from '../private/shapes/okta';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { type Check, check, checkEach, validate } from '../validation';

/** What kind of Okta application a client is. */
export enum OidcClientType {
  /** Web application: signs people in too, so Okta demands the authorization code grant and a redirect URI beside client credentials. */
  WEB = 'web',
  /** Service application: client credentials and nothing else, the least privilege. */
  SERVICE = 'service',
}

/** Where the secret of a client is to be found after the deployment. */
export enum ClientSecretStorage {
  /** In Okta only; copy it from the console. */
  OKTA_ONLY = 'okta-only',
  /** In the Terraform state too, in plain text: whoever reads the state reads the secret. */
  IN_STATE = 'in-state',
}

/** An Okta application that asks for tokens with its client credentials. */
export interface IOidcClient extends IConstruct {
  /** Client id, also the id of the application in Okta. */
  readonly clientId: string;
}

/** Properties of `OidcClient`. */
export interface OidcClientProps extends ResourceProps {
  /** Name of the application in Okta, at most 100 characters. Other applications may have the same. */
  readonly label: string;

  /**
   * Kind of application.
   *
   * @default OidcClientType.WEB
   */
  readonly type?: OidcClientType;

  /**
   * Where people land after they signed in: absolute URIs without fragment and wildcard.
   * Required for a web application, not allowed for a service.
   *
   * @default - none
   */
  readonly redirectUris?: string[];

  /**
   * Where the client secret is kept.
   *
   * @default ClientSecretStorage.OKTA_ONLY
   */
  readonly clientSecret?: ClientSecretStorage;
}

/** The rules for a client, also asked by whoever creates clients from its own props. */
export function oidcClientChecks(props: OidcClientProps): Check[] {
  const uris = props.redirectUris ?? [];
  const service = props.type === OidcClientType.SERVICE;
  return [
    check('label', props.label, rules.notEmpty),
    check('label', props.label, rules.applicationLabel),
    check('redirectUris', uris, service ? rules.redirectUrisAbsent : rules.redirectUrisPresent),
    ...checkEach('redirectUris', uris, rules.redirectUri),
  ];
}

class ReferencedOidcClient extends Construct implements IOidcClient {
  public constructor(
    scope: Construct,
    id: string,
    public readonly clientId: string,
  ) {
    super(scope, id);
    validate(this, required(text)('clientId', clientId));
    validate(this, [check('clientId', clientId, rules.notEmpty)]);
  }
}

/**
 * An Okta OIDC application with the client credentials grant.
 *
 * @throws ValidationError when Okta would refuse the application
 */
export class OidcClient extends Construct implements IOidcClient {
  /**
   * An application that exists, by its client id.
   *
   * @throws ValidationError when the id is empty
   */
  public static fromClientId(scope: Construct, id: string, clientId: string): IOidcClient {
    return new ReferencedOidcClient(scope, id, clientId);
  }

  /** The resource, for whatever this construct does not offer. */
  public readonly resource: AppOauth;
  public readonly clientId: string;

  private readonly storage: ClientSecretStorage;

  public constructor(scope: Construct, id: string, props: OidcClientProps) {
    super(scope, id);
    validate(this, shapeChecks(props, OIDC_CLIENT));
    validate(this, oidcClientChecks(props));

    this.storage = props.clientSecret ?? ClientSecretStorage.OKTA_ONLY;
    const web = (props.type ?? OidcClientType.WEB) === OidcClientType.WEB;
    const config = literal<AppOauthConfig>({
      label: props.label,
      type: web ? 'web' : 'service',
      // Okta and its provider refuse a web application without the authorization code grant, at apply only.
      grantTypes: web ? ['authorization_code', 'client_credentials'] : ['client_credentials'],
      responseTypes: web ? ['code'] : ['token'],
      redirectUris: web ? props.redirectUris : undefined,
      omitSecret: this.storage === ClientSecretStorage.OKTA_ONLY ? true : undefined,
      ...oktaArguments(this, props),
    });
    this.resource = new AppOauth(this, 'Resource', config);
    this.clientId = this.resource.clientId;
  }

  /**
   * The client secret, a sensitive value.
   *
   * @throws ValidationError when the client keeps its secret out of the Terraform state
   */
  public get clientSecret(): string {
    validate(this, [check('clientSecret', this.storage, rules.secretInState)]);
    return this.resource.clientSecret;
  }
}
