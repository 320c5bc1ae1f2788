import {
  ApplicationAuthStrategy,
  type ApplicationAuthStrategyConfig,
} from '@kong/konnect-cdktf-bindings/lib/application-auth-strategy';
import { Construct, type IConstruct } from 'constructs';
import { required, shapeChecks, text } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { pluginSettings, pluginSettingsChecks, requiredScopesChecks } from '../private/plugin-settings';
import { managesResource } from '../private/replacement';
import { OIDC_AUTH_STRATEGY } from '../private/shapes/konnect';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { type Check, check, checkEach, validate } from '../validation';
import { labelChecks, writtenLabels } from './labels';
import type { TokenRequirements } from './token-requirements';

/** How a client proves itself to the gateway, in the words of Kong's openid-connect plugin. */
export enum AuthMethod {
  /** Client id and secret in the Basic header, or as parameters. */
  CLIENT_CREDENTIALS = 'client_credentials',
  /** An access token in the Bearer header. */
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

/** An application auth strategy in Konnect, created by this app or found in the region. */
export interface IOidcAuthStrategy extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly strategyId: string;
}

/** What can be said of a strategy besides issuer, claim and scopes. */
export interface OidcAuthStrategyOptions extends ResourceProps, TokenRequirements {
  /** Name in Konnect, 1 to 256 characters, unique in the region. */
  readonly name: string;

  /**
   * Name that developers see in the portal, 1 to 256 characters.
   *
   * @default - the name
   */
  readonly displayName?: string;

  /**
   * How clients prove themselves.
   *
   * @default [AuthMethod.CLIENT_CREDENTIALS]
   */
  readonly authMethods?: AuthMethod[];

  /**
   * Labels, at most 50. Where all are removed, the provider keeps what was deployed: take the last one out in
   * Konnect.
   *
   * @default - none, or what was deployed
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * More settings of Kong's openid-connect plugin, for example `{ ssl_verify: true }`; none that has a prop of its own.
   * `{}` takes out those that were deployed; left out, the provider keeps them.
   *
   * @default - none, or those that were deployed
   */
  readonly additionalProperties?: { readonly [setting: string]: unknown };
}

/** Properties of `OidcAuthStrategy`. */
export interface OidcAuthStrategyProps extends OidcAuthStrategyOptions {
  /** Issuer URI of the authorization server, at most 256 characters. */
  readonly issuer: string;

  /** The claim with the client id. Several names are the path to one nested claim, outermost first, no alternatives. */
  readonly credentialClaim: string[];

  /** Scopes that the gateway asks for with client credentials, at most 50. */
  readonly scopes: string[];
}

/** The rules for a strategy, also asked by whoever creates strategies from its own props. */
export function strategyOptionsChecks(props: OidcAuthStrategyOptions): Check[] {
  return [
    check('name', props.name, rules.name256),
    check('displayName', props.displayName, rules.name256),
    check('authMethods', props.authMethods, rules.authMethodsCount),
    check('authMethods', props.authMethods, rules.authMethodsUnique),
    check('authMethods', props.authMethods, rules.authMethodsCompatible),
    ...labelChecks(props.labels),
    ...pluginSettingsChecks(props),
  ];
}

/** The rules for the scopes that a gateway asks for. */
export function strategyScopesChecks(scopes: readonly string[], prop = 'scopes'): Check[] {
  return [
    check(prop, scopes, rules.scopesCount),
    check(prop, scopes, rules.scopesUnique),
    ...checkEach(prop, scopes, rules.scopeName, rules.scopeNotReserved),
  ];
}

/** The rules for options and scopes together. */
export function strategyTokenChecks(props: OidcAuthStrategyOptions, scopes: readonly string[]): Check[] {
  return requiredScopesChecks(props, props.authMethods ?? DEFAULT_METHODS, scopes);
}

class ReferencedOidcAuthStrategy extends Construct implements IOidcAuthStrategy {
  public constructor(
    scope: Construct,
    id: string,
    public readonly strategyId: string,
  ) {
    super(scope, id);
    validate(this, required(text)('strategyId', strategyId));
    validate(this, [check('strategyId', strategyId, rules.uuid)]);
  }
}

/**
 * An application auth strategy of type `openid_connect`.
 *
 * Before kong/konnect 3.22 the provider replaces a strategy at every change, and Konnect refuses to
 * delete one that a publication uses. So the new one is always created before the old one is destroyed.
 *
 * @throws ValidationError when Konnect would refuse the strategy
 */
export class OidcAuthStrategy extends Construct implements IOidcAuthStrategy {
  /**
   * A strategy that exists, by its id.
   *
   * @throws ValidationError when the id is no UUID
   */
  public static fromStrategyId(scope: Construct, id: string, strategyId: string): IOidcAuthStrategy {
    return new ReferencedOidcAuthStrategy(scope, id, strategyId);
  }

  /** The resource, for whatever this construct does not offer. */
  public readonly resource: ApplicationAuthStrategy;
  public readonly strategyId: string;

  public constructor(scope: Construct, id: string, props: OidcAuthStrategyProps) {
    super(scope, id);
    validate(this, shapeChecks(props, OIDC_AUTH_STRATEGY));
    validate(this, [
      ...strategyOptionsChecks(props),
      check('issuer', props.issuer, rules.issuerUrl),
      check('issuer', props.issuer, rules.issuerLength),
      check('issuer', props.issuer, rules.issuerOfCustomServer),
      check('credentialClaim', props.credentialClaim, rules.claimPathCount),
      ...checkEach('credentialClaim', props.credentialClaim, rules.claimPathName),
      ...strategyScopesChecks(props.scopes),
      ...strategyTokenChecks(props, props.scopes),
    ]);

    const config = literal<ApplicationAuthStrategyConfig>({
      openidConnect: {
        name: props.name,
        displayName: props.displayName ?? props.name,
        strategyType: 'openid_connect',
        labels: writtenLabels(props.labels),
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
      ...konnectArguments(this, props, { createBeforeDestroy: true }),
    });
    this.resource = new ApplicationAuthStrategy(this, 'Resource', config);
    managesResource(this, this.resource);
    this.strategyId = this.resource.id;
  }
}
