import { AppOauth, type AppOauthConfig } from '@cdktf/provider-okta/lib/app-oauth';
import { Construct, type IConstruct } from 'constructs';
import { warnAboutForgottenMove } from '../core/forgotten-moves';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import { OKTA_RESOURCE_PROPS, OktaConstruct, type ResourceProps } from '../core/provider-construct';
import { enumOf, listOf, text } from '../core/specs';
import { isToken } from '../core/tokens';
import { requireValid } from '../core/validation';

/** Type of an Okta application. */
export enum OidcClientType {
  /** Web application. Also signs users in: Okta requires the authorization code grant and a redirect URI. */
  WEB = 'web',
  /** Service application. Has the client credentials grant only (least privilege). */
  SERVICE = 'service',
}

/** Where the secret of a client is after the deployment. */
export enum ClientSecretStorage {
  /** In Okta only. Copy it from the Admin Console. */
  OKTA_ONLY = 'okta-only',
  /** Also in the Terraform state, in plain text. Everyone who can read the state can read the secret. */
  IN_STATE = 'in-state',
}

/** An Okta application with the client credentials grant, created by this app or existing. */
export interface IOidcClient extends IConstruct {
  /** Client id. */
  readonly clientId: string;
}

/** Properties of `OidcClient`. */
export interface OidcClientProps extends ResourceProps {
  /** Name of the application in Okta, 1 to 100 characters. Need not be unique. */
  readonly label: string;

  /**
   * Type of the application.
   *
   * @default OidcClientType.WEB
   */
  readonly type?: OidcClientType;

  /**
   * Where Okta sends users after they sign in: absolute URIs without fragment and wildcard. Required for a web
   * application, not allowed for a service.
   *
   * @default - none
   */
  readonly redirectUris?: string[];

  /**
   * Where the client secret is stored.
   *
   * @default ClientSecretStorage.OKTA_ONLY
   */
  readonly secretStorage?: ClientSecretStorage;
}

const isService = ({ type }: OidcClientProps) => type === OidcClientType.SERVICE;

/** Id of an existing client. */
export const CLIENT_ID = text().notBlank();

export const OIDC_CLIENT = propsSpec<OidcClientProps>(
  {
    ...OKTA_RESOURCE_PROPS.fields,
    label: text({ maxLength: 100, source: 'Okta' }).notBlank().required(),
    type: enumOf(OidcClientType).known(),
    redirectUris: listOf(
      text().check({
        rule: 'must be an absolute URI without fragment, wildcard and white space (Okta)',
        remedy: 'Use the full callback URI, one item for each',
        isValid: (uri) => URL.canParse(uri) && !/[\s#*]/.test(uri),
        schema: { pattern: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s#*]+$' },
      }),
    ),
    secretStorage: enumOf(ClientSecretStorage).known(),
  },
  [
    {
      prop: 'redirectUris',
      rule: 'must contain at least one URI for a web application (Okta)',
      remedy: 'Add the sign-in callback of the application, or set type: OidcClientType.SERVICE',
      value: ({ redirectUris }) => redirectUris ?? [],
      isValid: (props) =>
        isService(props) || isToken(props.redirectUris) || (props.redirectUris ?? []).length > 0,
    },
    {
      prop: 'redirectUris',
      rule: 'must be empty for a service application: nobody signs in to it (Okta)',
      remedy: 'Remove the URIs, or set type: OidcClientType.WEB',
      isValid: (props) =>
        !isService(props) || isToken(props.redirectUris) || (props.redirectUris ?? []).length === 0,
    },
  ],
);

/**
 * An Okta OIDC application with the client credentials grant.
 *
 * @throws ValidationError if Okta would reject the application
 */
export class OidcClient extends OktaConstruct implements IOidcClient {
  /**
   * References an existing application by its client id.
   *
   * @throws ValidationError if the client id is empty
   */
  public static fromClientId(scope: Construct, id: string, clientId: string): IOidcClient {
    return new ImportedOidcClient(scope, id, clientId);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: AppOauth;
  public readonly clientId: string;

  private readonly secretStorage: ClientSecretStorage;

  public constructor(scope: Construct, id: string, props: OidcClientProps) {
    super(scope, id, props);
    validateProps(this, props, OIDC_CLIENT);
    this.secretStorage = props.secretStorage ?? ClientSecretStorage.OKTA_ONLY;
    const isWeb = !isService(props);
    const config = this._resourceConfig<AppOauthConfig>({
      label: props.label,
      type: isWeb ? 'web' : 'service',
      // Okta and its provider reject a web application without the authorization code grant, at apply only.
      grantTypes: isWeb ? ['authorization_code', 'client_credentials'] : ['client_credentials'],
      responseTypes: isWeb ? ['code'] : ['token'],
      redirectUris: isWeb ? props.redirectUris : undefined,
      omitSecret: this.secretStorage === ClientSecretStorage.OKTA_ONLY ? true : undefined,
    });
    this.resource = new AppOauth(this, 'Resource', config);
    warnAboutForgottenMove(this, this.resource);
    this.clientId = this.resource.clientId;
  }

  /**
   * The client secret, a sensitive value.
   *
   * @throws ValidationError unless `secretStorage` is `IN_STATE`
   */
  public get clientSecret(): string {
    requireValid(this, {
      prop: 'clientSecret',
      value: this.secretStorage,
      isValid: this.secretStorage === ClientSecretStorage.IN_STATE,
      rule: 'is not in the Terraform state of this client',
      remedy:
        'Set secretStorage: ClientSecretStorage.IN_STATE, or copy the secret from the Okta Admin Console',
    });
    return this.resource.clientSecret;
  }
}

class ImportedOidcClient extends Construct implements IOidcClient {
  public constructor(
    scope: Construct,
    id: string,
    public readonly clientId: string,
  ) {
    super(scope, id);
    validateArgument(this, 'clientId', clientId, CLIENT_ID);
  }
}
