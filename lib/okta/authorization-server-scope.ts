import { AuthServerScope, type AuthServerScopeConfig } from '@cdktf/provider-okta/lib/auth-server-scope';
import { Construct, type IConstruct } from 'constructs';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import { OktaConstruct, RESOURCE_PROPS, type ResourceProps } from '../core/provider-construct';
import { replaceTriggers } from '../core/replacement';
import { construct, flag, text } from '../core/specs';
import type { IAuthorizationServer } from './authorization-server';

/** Scopes of every Okta authorization server. They are about a user, so client credentials cannot request them. */
const SYSTEM_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** Name of a scope that client credentials request. */
export const SCOPE_NAME = text().check(
  {
    rule: 'must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not start with okta. (Okta, Konnect)',
    remedy: 'Use a name such as api.access',
    isValid: (name) => /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(name) && !name.startsWith('okta.'),
    schema: { pattern: '^(?!okta\\.)[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,128}$' },
  },
  {
    rule: `must not be a system scope of Okta (${SYSTEM_SCOPES.join(', ')}): client credentials cannot request it`,
    remedy: 'Remove it. The gateway needs only your own scopes',
    isValid: (name) => !SYSTEM_SCOPES.includes(name),
    schema: { not: { enum: SYSTEM_SCOPES } },
  },
);

/** A scope of an Okta authorization server, created by this app or existing. */
export interface IAuthorizationServerScope extends IConstruct {
  /** Name of the scope. */
  readonly scopeName: string;
}

/** Options of `addScope`. */
export interface AuthorizationServerScopeOptions extends ResourceProps {
  /**
   * Name that Okta shows to users.
   *
   * @default - the name of the scope
   */
  readonly displayName?: string;

  /**
   * What a client may do with the scope.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Whether the public metadata of the authorization server lists the scope (`scopes_supported`).
   *
   * @default true
   */
  readonly publishInMetadata?: boolean;

  /**
   * Whether Okta grants the scope to a client that requests no scope.
   *
   * @default false
   */
  readonly defaultScope?: boolean;
}

/** Properties of `AuthorizationServerScope`. */
export interface AuthorizationServerScopeProps extends AuthorizationServerScopeOptions {
  /** Authorization server of the scope. */
  readonly authorizationServer: IAuthorizationServer;

  /** Name, for example `api.access`. Printable ASCII without spaces, quotes and backslashes, at most 128 characters. */
  readonly scopeName: string;
}

export const AUTHORIZATION_SERVER_SCOPE = propsSpec<AuthorizationServerScopeProps>({
  ...RESOURCE_PROPS.fields,
  authorizationServer: construct('authorizationServerId', 'claims').required(),
  scopeName: SCOPE_NAME.required(),
  displayName: text(),
  description: text(),
  publishInMetadata: flag().known(),
  defaultScope: flag(),
});

/**
 * A scope of an Okta authorization server.
 *
 * @throws ValidationError if Okta would reject the scope, or it is a system scope
 */
export class AuthorizationServerScope extends OktaConstruct implements IAuthorizationServerScope {
  /**
   * References an existing scope by its name.
   *
   * @throws ValidationError if the name is invalid
   */
  public static fromScopeName(scope: Construct, id: string, scopeName: string): IAuthorizationServerScope {
    return new ImportedScope(scope, id, scopeName);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: AuthServerScope;

  /** Name of the scope, as a reference: what uses it is created after the scope. */
  public readonly scopeName: string;

  public constructor(scope: Construct, id: string, props: AuthorizationServerScopeProps) {
    super(scope, id, props);
    validateProps(this, props, AUTHORIZATION_SERVER_SCOPE);
    const { authorizationServer: server } = props;
    const config = this._resourceConfig<AuthServerScopeConfig>(
      {
        authServerId: server.authorizationServerId,
        name: props.scopeName,
        displayName: props.displayName,
        description: props.description,
        metadataPublish: props.publishInMetadata === false ? 'NO_CLIENTS' : undefined,
        default: props.defaultScope,
      },
      {
        // On another server the new one exists before the old one goes, so that clients keep their tokens.
        createBeforeDestroy: true,
        replaceTriggeredBy: replaceTriggers(this, server, server.authorizationServerId),
      },
    );
    this.resource = new AuthServerScope(this, 'Resource', config);
    this.scopeName = this.resource.name;
    if (server.lookupName !== undefined) {
      this._addTenantName(`scope ${props.scopeName} of authorization server ${server.lookupName}`);
    }
  }
}

class ImportedScope extends Construct implements IAuthorizationServerScope {
  public constructor(
    scope: Construct,
    id: string,
    public readonly scopeName: string,
  ) {
    super(scope, id);
    validateArgument(this, 'scopeName', scopeName, SCOPE_NAME);
  }
}
