import { AuthServer, type AuthServerConfig } from '@cdktf/provider-okta/lib/auth-server';
import { DataOktaAuthServer } from '@cdktf/provider-okta/lib/data-okta-auth-server';
import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import {
  createChild,
  inheritProvider,
  OKTA_PROVIDER_OPTIONS,
  OKTA_RESOURCE_PROPS,
  OktaConstruct,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { Registry } from '../core/registry';
import { enumOf, listOf, text } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import { encodeId } from '../core/tokens';
import { requireValid } from '../core/validation';
import { AccessPolicy, type AccessPolicyOptions } from './access-policy';
import { AuthorizationServerScope, type AuthorizationServerScopeOptions } from './authorization-server-scope';
import { ClientIdClaim, type ClientIdClaimOptions } from './client-id-claim';
import { OKTA_ISSUER } from './issuer';
import { type SharedServer, serverKeys, sharedServer } from './shared-server';

/** Domain of the issuer URI of an authorization server. */
export enum IssuerMode {
  /** The domain of the Okta org. */
  ORG_URL = 'ORG_URL',
  /** The custom domain of the org. */
  CUSTOM_URL = 'CUSTOM_URL',
  /** The domain of the request. */
  DYNAMIC = 'DYNAMIC',
}

/** Who rotates the keys that sign tokens. */
export enum KeyRotationMode {
  /** Okta, four times a year. */
  AUTO = 'AUTO',
  /** An administrator. */
  MANUAL = 'MANUAL',
}

/** An Okta custom authorization server, created by this app or existing. */
export interface IAuthorizationServer extends IConstruct {
  /** Id in Okta. */
  readonly authorizationServerId: string;

  /** Issuer URI: the `iss` of its tokens. */
  readonly issuer: string;

  /** Name by which Terraform looks up the server, `undefined` without a lookup. */
  readonly lookupName?: string;

  /** Provider of the server, its scopes, claims and policies, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /** Scopes that the stack adds to the server, in order. */
  readonly scopes: AuthorizationServerScope[];

  /** Client id claims that the stack adds to the server, in order. */
  readonly claims: ClientIdClaim[];

  /**
   * Adds a scope. Its resource is in the stack of the authorization server.
   *
   * @throws ValidationError if Okta would reject the scope, or the stack has added it already
   */
  addScope(scopeName: string, options?: AuthorizationServerScopeOptions): AuthorizationServerScope;

  /**
   * Adds a claim whose value is the client id of the application that the token is issued to.
   *
   * @throws ValidationError if the name is invalid, or the stack has added it already
   */
  addClientIdClaim(claimName: string, options?: ClientIdClaimOptions): ClientIdClaim;

  /**
   * Adds an access policy: which clients may request which scopes.
   *
   * @throws ValidationError if Okta would reject the policy
   */
  addAccessPolicy(id: string, options: AccessPolicyOptions): AccessPolicy;
}

/** Properties of `AuthorizationServer`. */
export interface AuthorizationServerProps extends ResourceProps {
  /** Name of the server, unique in the org. */
  readonly name: string;

  /** The `aud` of its tokens, exactly one. */
  readonly audiences: string[];

  /**
   * Purpose of the server.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Domain of the issuer URI.
   *
   * @default IssuerMode.ORG_URL
   */
  readonly issuerMode?: IssuerMode;

  /**
   * Who rotates the signing keys.
   *
   * @default KeyRotationMode.AUTO
   */
  readonly keyRotationMode?: KeyRotationMode;
}

/** How to look up an existing authorization server. */
export interface AuthorizationServerLookupOptions extends ProviderOptions {
  /** Name of the server. */
  readonly name: string;
}

/** Attributes of an existing authorization server. */
export interface AuthorizationServerAttributes extends ProviderOptions {
  /** Id in Okta. */
  readonly authorizationServerId: string;

  /** Issuer URI, at most 256 characters, ending in `/oauth2/<id>`. */
  readonly issuer: string;
}

export const AUTHORIZATION_SERVER = propsSpec<AuthorizationServerProps>({
  ...OKTA_RESOURCE_PROPS.fields,
  name: text().notBlank().required(),
  audiences: listOf(text(), { minItems: 1, maxItems: 1, source: 'Okta' }).required(),
  description: text(),
  issuerMode: enumOf(IssuerMode),
  keyRotationMode: enumOf(KeyRotationMode),
});

export const AUTHORIZATION_SERVER_LOOKUP_OPTIONS = propsSpec<AuthorizationServerLookupOptions>({
  ...OKTA_PROVIDER_OPTIONS.fields,
  name: text().notBlank().required(),
});

export const AUTHORIZATION_SERVER_ATTRIBUTES = propsSpec<AuthorizationServerAttributes>({
  ...OKTA_PROVIDER_OPTIONS.fields,
  authorizationServerId: text().notBlank().required(),
  issuer: OKTA_ISSUER.required(),
});

/** Base of created and existing servers. */
abstract class AuthorizationServerBase extends OktaConstruct implements IAuthorizationServer {
  public abstract readonly authorizationServerId: string;
  public abstract readonly issuer: string;
  public readonly lookupName?: string;

  private scopeCount = 0;
  private claimCount = 0;

  public get scopes(): AuthorizationServerScope[] {
    return [...this.shared.scopes.values()];
  }

  public get claims(): ClientIdClaim[] {
    return [...this.shared.claims.values()];
  }

  public addScope(
    scopeName: string,
    options: AuthorizationServerScopeOptions = {},
  ): AuthorizationServerScope {
    const props = { ...inheritProvider(options, this.provider), authorizationServer: this, scopeName };
    return this.createOnce('scopeName', scopeName, this.shared.scopes, {
      id: () => encodeId('Scope', scopeName, this.scopeCount++),
      create: (id) => new AuthorizationServerScope(this, id, props),
      remedy: 'Use the scope that addScope returned the first time',
    });
  }

  public addClientIdClaim(claimName: string, options: ClientIdClaimOptions = {}): ClientIdClaim {
    const props = { ...inheritProvider(options, this.provider), authorizationServer: this, claimName };
    return this.createOnce('claimName', claimName, this.shared.claims, {
      id: () => encodeId('Claim', claimName, this.claimCount++),
      create: (id) => new ClientIdClaim(this, id, props),
      remedy: 'Use the claim that addClientIdClaim returned the first time',
    });
  }

  public addAccessPolicy(id: string, options: AccessPolicyOptions): AccessPolicy {
    return new AccessPolicy(this, id, {
      ...inheritProvider(options, this.provider),
      authorizationServer: this,
    });
  }

  /** Several constructs of the stack may reference the server. */
  private get shared(): SharedServer {
    return sharedServer(this, TerraformStack.of(this));
  }

  /** Creates a child that Okta has once on a server, by its name. */
  private createOnce<T extends Construct>(
    prop: string,
    name: string,
    known: Map<string, T>,
    child: { id(): string; create(id: string): T; readonly remedy: string },
  ): T {
    validateArgument(this, prop, name, text());
    requireValid(this, {
      prop,
      value: name,
      isValid: !known.has(name),
      rule: 'must not be added twice to one authorization server (Okta)',
      remedy: child.remedy,
    });
    const added = createChild(this, child.id(), child.create);
    known.set(name, added);
    Registry.of(this).rules.addUniqueName(added, {
      prop,
      name: () => name,
      scopes: () => serverKeys(this),
      rule: `must be added to an authorization server by one stack only: another stack adds this ${prop} (Okta)`,
      remedy:
        'Pass one authorizationServer to both, or reference what the other stack created with OktaDevPortalOidc.fromAttributes',
    });
    return added;
  }
}

/**
 * A custom authorization server in Okta: the issuer of the tokens that the gateway accepts.
 *
 * The org authorization server (an issuer without `/oauth2/`) cannot be used: it has no custom claims.
 *
 * @throws ValidationError if the name is empty or there is not exactly one audience
 */
export class AuthorizationServer extends AuthorizationServerBase {
  /**
   * References the server called `default`, which every org with API Access Management has.
   *
   * @throws ValidationError if the provider is one of another stack
   */
  public static fromDefault(
    scope: Construct,
    id: string,
    options: ProviderOptions = {},
  ): IAuthorizationServer {
    return new LookedUpAuthorizationServer(scope, id, { ...options, name: 'default' });
  }

  /**
   * References an existing server that Terraform looks up by its name.
   *
   * @throws ValidationError if the name is empty, or the provider is one of another stack
   */
  public static fromLookup(
    scope: Construct,
    id: string,
    options: AuthorizationServerLookupOptions,
  ): IAuthorizationServer {
    return new LookedUpAuthorizationServer(scope, id, options);
  }

  /**
   * References an existing server without a lookup.
   *
   * @throws ValidationError if the issuer is not one of a custom authorization server, or the id is empty
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: AuthorizationServerAttributes,
  ): IAuthorizationServer {
    return new ImportedAuthorizationServer(scope, id, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: AuthServer;
  public readonly authorizationServerId: string;
  public readonly issuer: string;

  public constructor(scope: Construct, id: string, props: AuthorizationServerProps) {
    super(scope, id, props);
    validateProps(this, props, AUTHORIZATION_SERVER);
    const config = this._resourceConfig<AuthServerConfig>({
      name: props.name,
      audiences: props.audiences,
      description: props.description,
      issuerMode: props.issuerMode,
      credentialsRotationMode: props.keyRotationMode,
    });
    this.resource = new AuthServer(this, 'Resource', config);
    this.authorizationServerId = this.resource.id;
    this.issuer = this.resource.issuer;
  }
}

class LookedUpAuthorizationServer extends AuthorizationServerBase {
  public readonly authorizationServerId: string;
  public readonly issuer: string;
  public override readonly lookupName: string;

  public constructor(scope: Construct, id: string, options: AuthorizationServerLookupOptions) {
    super(scope, id, options);
    validateProps(this, options, AUTHORIZATION_SERVER_LOOKUP_OPTIONS);
    this._requireProvider();
    const data = new DataOktaAuthServer(this, 'Data', {
      name: escapeTemplates(options.name),
      provider: this.provider,
    });
    this.authorizationServerId = data.id;
    this.issuer = data.issuer;
    this.lookupName = options.name;
  }
}

class ImportedAuthorizationServer extends AuthorizationServerBase {
  public readonly authorizationServerId: string;
  public readonly issuer: string;

  public constructor(scope: Construct, id: string, attributes: AuthorizationServerAttributes) {
    super(scope, id, attributes);
    validateProps(this, attributes, AUTHORIZATION_SERVER_ATTRIBUTES);
    this.authorizationServerId = attributes.authorizationServerId;
    this.issuer = attributes.issuer;
  }
}
