import { AuthServerScope, type AuthServerScopeConfig } from '@cdktf/provider-okta/lib/auth-server-scope';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { oktaArguments } from '../private/meta-arguments';
import { replacedWithParent } from '../private/replacement';
import { OKTA_SCOPE } from '../private/shapes/okta';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { type Check, check, validate } from '../validation';
import type { IAuthorizationServer } from './authorization-server-ref';

/** What can be said of a scope besides its name. */
export interface OktaScopeOptions extends ResourceProps {
  /**
   * Name that Okta shows to people.
   *
   * @default - Okta shows the name of the scope
   */
  readonly displayName?: string;

  /**
   * What a client may do with the scope.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Whether the scope is listed in the authorization server's public metadata (`scopes_supported`).
   *
   * @default true
   */
  readonly publishInMetadata?: boolean;

  /**
   * Whether Okta grants the scope to a client that asks for no scope at all.
   *
   * @default false
   */
  readonly defaultScope?: boolean;
}

/** Properties of `OktaScope`. */
export interface OktaScopeProps extends OktaScopeOptions {
  /** The authorization server that knows the scope. */
  readonly authorizationServer: IAuthorizationServer;

  /** Name of the scope, for example `api.access`. Printable ASCII without spaces, quotes and backslashes. */
  readonly scopeName: string;
}

/** The rules for the name of a scope that client credentials ask for. */
export function scopeNameChecks(prop: string, name: string): Check[] {
  return [check(prop, name, rules.scopeName), check(prop, name, rules.scopeNotReserved)];
}

/**
 * A scope of an Okta authorization server.
 *
 * @throws ValidationError when Okta refuses the name or reserves it for users
 */
export class OktaScope extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: AuthServerScope;

  /** Name of the scope; a reference, so that what names the scope is created after it. */
  public readonly scopeName: string;

  public constructor(scope: Construct, id: string, props: OktaScopeProps) {
    super(scope, id);
    validate(this, shapeChecks(props, OKTA_SCOPE));
    validate(this, scopeNameChecks('scopeName', props.scopeName));

    const { authorizationServer } = props;
    const config = literal<AuthServerScopeConfig>({
      authServerId: authorizationServer.authorizationServerId,
      name: props.scopeName,
      displayName: props.displayName,
      description: props.description,
      metadataPublish: props.publishInMetadata === false ? 'NO_CLIENTS' : undefined,
      default: props.defaultScope,
      ...oktaArguments(this, props, {
        replaceTriggeredBy: replacedWithParent(
          this,
          authorizationServer,
          authorizationServer.authorizationServerId,
        ),
      }),
    });
    this.resource = new AuthServerScope(this, 'Resource', config);
    this.scopeName = this.resource.name;
  }
}
