import {
  ApplicationAuthStrategy,
  type ApplicationAuthStrategyConfig,
} from '@kong/konnect-cdktf-bindings/lib/application-auth-strategy';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { warnAboutForgottenMove } from '../core/forgotten-moves';
import { type PropsRule, propsSpec, validateArgument, validateProps } from '../core/props-spec';
import { KONNECT_RESOURCE_PROPS, KonnectConstruct, type ResourceProps } from '../core/provider-construct';
import { enumOf, listOf, text } from '../core/specs';
import { isToken } from '../core/tokens';
import type { Check } from '../core/validation';
import { SCOPE_NAME } from '../okta/authorization-server-scope';
import { CUSTOM_SERVER, ISSUER_URL, isOktaDomain } from '../okta/issuer';
import {
  ADDITIONAL_PROPERTIES,
  meetsRequiredScopes,
  PLUGIN_RULES,
  pluginSettings,
  REQUIRED_SCOPES,
  TOKEN_REQUIREMENTS,
  type TokenRequirements,
} from './plugin-settings';
import { LABELS, nonEmptyLabels, UUID } from './shared-props';

/** How a client authenticates to the gateway (`auth_methods` of Kong's openid-connect plugin). */
export enum AuthMethod {
  /** Client id and secret in the Basic header, or as parameters. */
  CLIENT_CREDENTIALS = 'client_credentials',
  /** Access token in the Bearer header. */
  BEARER = 'bearer',
  AUTHORIZATION_CODE = 'authorization_code',
  INTROSPECTION = 'introspection',
  KONG_OAUTH2 = 'kong_oauth2',
  PASSWORD = 'password',
  REFRESH_TOKEN = 'refresh_token',
  SESSION = 'session',
  USERINFO = 'userinfo',
}

const DEFAULT_METHODS = [AuthMethod.CLIENT_CREDENTIALS];

/** An application auth strategy in Konnect, created by this app or existing. */
export interface IOidcAuthStrategy extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly strategyId: string;

  /** Provider of the strategy, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;
}

/** Options of a strategy. */
export interface OidcAuthStrategyOptions extends TokenRequirements {
  /**
   * Name that developers see in the portal, 1 to 256 characters.
   *
   * @default - the name
   */
  readonly displayName?: string;

  /**
   * How clients authenticate, at most 10 methods. Not both `PASSWORD` and `CLIENT_CREDENTIALS`.
   *
   * @default [AuthMethod.CLIENT_CREDENTIALS]
   */
  readonly authMethods?: AuthMethod[];

  /**
   * Labels of the strategy, at most 50. Removing the last label leaves the deployed ones unchanged (provider
   * behaviour).
   *
   * @default - none, or the deployed ones
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Other settings of Kong's openid-connect plugin, for example `{ ssl_verify: true }`. `{}` removes the deployed ones.
   *
   * @default - none, or the deployed ones
   */
  readonly additionalProperties?: { readonly [setting: string]: unknown };
}

/** Properties of `OidcAuthStrategy`. */
export interface OidcAuthStrategyProps extends OidcAuthStrategyOptions, ResourceProps {
  /** Name in Konnect, 1 to 256 characters, unique in the region. */
  readonly name: string;

  /**
   * Issuer URI of the OpenID Connect provider, at most 256 characters. Okta: of a custom authorization server.
   */
  readonly issuer: string;

  /**
   * Claim with the client id, 1 to 10 names. Several names are the path to one nested claim, outermost first, not
   * alternatives.
   */
  readonly credentialClaim: string[];

  /** Scopes that the gateway requests with client credentials, 1 to 50. */
  readonly scopes: string[];
}

export const STRATEGY_NAME = text({ minLength: 1, maxLength: 256, source: 'Konnect' });

/** Scopes that a gateway requests with client credentials. */
const SCOPES = listOf(
  text({ minLength: 1, maxLength: 128, source: 'Konnect' }).check({
    rule: 'must not contain white space, quotes and backslashes (OAuth 2.0)',
    remedy: 'Write several scopes as several items',
    isValid: (scope) => !/[\s"\\]/.test(scope),
  }),
  { minItems: 1, maxItems: 50, unique: true, source: 'Konnect' },
);

/** The rules for issuers on a domain of Okta. */
const OKTA_RULES: readonly PropsRule<OidcAuthStrategyProps>[] = [
  {
    ...CUSTOM_SERVER,
    prop: 'issuer',
    isValid: ({ issuer }) => !isOktaDomain(issuer) || CUSTOM_SERVER.isValid(issuer),
  },
  ...SCOPE_NAME.rules.map(({ isValid, ...rule }) => ({
    ...rule,
    prop: 'scopes',
    isValid: ({ issuer, scopes }: OidcAuthStrategyProps) =>
      !isOktaDomain(issuer) || isToken(scopes) || scopes.every((scope) => isToken(scope) || isValid(scope)),
  })),
];

export const OIDC_AUTH_STRATEGY_OPTIONS = propsSpec<OidcAuthStrategyOptions>(
  {
    ...TOKEN_REQUIREMENTS,
    displayName: STRATEGY_NAME,
    authMethods: listOf(enumOf(AuthMethod), {
      minItems: 1,
      maxItems: 10,
      unique: true,
      source: 'Konnect',
    }).check({
      rule: 'must not contain both password and client_credentials: both read the Basic header and share a token cache (Kong openid-connect plugin)',
      remedy: 'Use one of them',
      isValid: (methods) =>
        !(methods.includes(AuthMethod.PASSWORD) && methods.includes(AuthMethod.CLIENT_CREDENTIALS)),
    }),
    labels: LABELS,
    additionalProperties: ADDITIONAL_PROPERTIES,
  },
  PLUGIN_RULES,
);

export const OIDC_AUTH_STRATEGY = propsSpec<OidcAuthStrategyProps>(
  {
    ...OIDC_AUTH_STRATEGY_OPTIONS.fields,
    ...KONNECT_RESOURCE_PROPS.fields,
    name: STRATEGY_NAME.required(),
    issuer: ISSUER_URL.required(),
    credentialClaim: listOf(text({ minLength: 1, maxLength: 128, source: 'Konnect' }), {
      minItems: 1,
      maxItems: 10,
      source: 'Konnect',
    }).required(),
    scopes: SCOPES.required(),
  },
  [...OIDC_AUTH_STRATEGY_OPTIONS.rules, ...OKTA_RULES],
);

/** Checks that the gateway accepts the tokens that it requests with client credentials. */
export function requiredScopesCheck(props: OidcAuthStrategyOptions, scopes: readonly string[]): Check {
  const { authMethods = DEFAULT_METHODS } = props;
  const requestsTokens = !isToken(authMethods) && authMethods.includes(AuthMethod.CLIENT_CREDENTIALS);
  return {
    ...REQUIRED_SCOPES,
    prop: 'scopesRequired',
    value: props.scopesRequired,
    isValid: !requestsTokens || meetsRequiredScopes(props, scopes),
  };
}

/**
 * An application auth strategy of type `openid_connect`.
 *
 * Before konnect 3.22 the provider replaces a strategy at every change, and Konnect does not delete one that a
 * publication uses. So the new one is always created before the old one is destroyed.
 *
 * @throws ValidationError if Konnect would reject the strategy
 */
export class OidcAuthStrategy extends KonnectConstruct implements IOidcAuthStrategy {
  /**
   * References an existing strategy.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromStrategyId(scope: Construct, id: string, strategyId: string): IOidcAuthStrategy {
    return new ImportedOidcAuthStrategy(scope, id, strategyId);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: ApplicationAuthStrategy;
  public readonly strategyId: string;

  public constructor(scope: Construct, id: string, props: OidcAuthStrategyProps) {
    super(scope, id, props);
    validateProps(this, props, OIDC_AUTH_STRATEGY, () => [requiredScopesCheck(props, props.scopes)]);
    const config = this._resourceConfig<ApplicationAuthStrategyConfig>(
      {
        openidConnect: {
          name: props.name,
          displayName: props.displayName ?? props.name,
          strategyType: 'openid_connect',
          labels: nonEmptyLabels(props.labels),
          configs: {
            openidConnect: {
              issuer: props.issuer,
              credentialClaim: props.credentialClaim,
              authMethods: props.authMethods ?? DEFAULT_METHODS,
              scopes: props.scopes,
              additionalProperties: pluginSettings(props),
            },
          },
        },
      },
      { createBeforeDestroy: true },
    );
    this.resource = new ApplicationAuthStrategy(this, 'Resource', config);
    warnAboutForgottenMove(this, this.resource);
    this.strategyId = this.resource.id;
    this._addTenantName(`auth strategy ${props.name}`);
  }
}

class ImportedOidcAuthStrategy extends Construct implements IOidcAuthStrategy {
  public constructor(
    scope: Construct,
    id: string,
    public readonly strategyId: string,
  ) {
    super(scope, id);
    validateArgument(this, 'strategyId', strategyId, UUID);
  }
}
