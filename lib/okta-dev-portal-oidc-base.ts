import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { propsSpec, validateArgument, validateProps } from './core/props-spec';
import { createChild, inheritProvider } from './core/provider-construct';
import { listOf, nested, provider, text } from './core/specs';
import { hasAtMost } from './core/tokens';
import { requireValid } from './core/validation';
import { type IOidcAuthStrategy, OidcAuthStrategy } from './konnect/oidc-auth-strategy';
import { type IOidcPublications, OidcPublicationsBase } from './konnect/oidc-publications';
import { UUID } from './konnect/shared-props';
import { type AccessPolicy, MAX_POLICY_NAME } from './okta/access-policy';
import { AuthorizationServer, type IAuthorizationServer } from './okta/authorization-server';
import { SCOPE_NAME } from './okta/authorization-server-scope';
import {
  CLIENT_ACCESS_POLICY_OPTIONS,
  type ClientAccessPolicyOptions,
  createClientAccessPolicy,
} from './okta/client-access-policy';
import { OKTA_ISSUER } from './okta/issuer';
import { CLIENT_ID, OidcClient, type OidcClientProps } from './okta/oidc-client';

/** Default name of strategy and access policy. */
export const DEFAULT_NAME = 'Okta OIDC';

/**
 * Behind all existing policies: Okta numbers policies without gaps. A policy in front would move the others, and show
 * up in the plan of every stack that sets the priority of its policy.
 */
const LAST_PRIORITY = 1000;

/** Self-managed OIDC authentication of a Dev Portal, created by this stack or another one. */
export interface IOktaDevPortalOidc extends IOidcPublications {
  /** Authorization server that issues the tokens. */
  readonly authorizationServer: IAuthorizationServer;

  /** Id of the authorization server in Okta. */
  readonly authorizationServerId: string;

  /** Issuer URI of the authorization server. */
  readonly issuer: string;

  /** Names of the scopes that the gateway requests. */
  readonly scopeNames: string[];

  /** Access policy of the clients of this stack, `undefined` before the first client. */
  readonly accessPolicy?: AccessPolicy;

  /** Clients that this object created, in order. */
  readonly clients: OidcClient[];

  /**
   * Creates an Okta application that may request tokens.
   *
   * @throws ValidationError if Okta would reject the application, or the id is taken
   */
  addClient(id: string, props: OidcClientProps): OidcClient;

  /**
   * Lets an existing Okta application request tokens. After `release` of a client, it keeps the access of the client.
   *
   * @throws ValidationError if the client id is empty or was allowed before
   */
  allowClient(clientId: string): void;
}

/** Attributes of an existing authentication. An `IOktaDevPortalOidc` of another stack has them. */
export interface OktaDevPortalOidcAttributes {
  /** Id of the authorization server in Okta. */
  readonly authorizationServerId: string;

  /** Issuer URI of the authorization server. */
  readonly issuer: string;

  /** Names of the scopes that the gateway requests. */
  readonly scopeNames: string[];

  /** Id of the auth strategy in Konnect, a UUID. */
  readonly strategyId: string;
}

/** Options of `fromAttributes`. */
export interface OktaDevPortalOidcImportOptions {
  /**
   * Access policy of the clients that are added here.
   *
   * @default - the last policy of the authorization server, called `Okta OIDC (<stack>)`
   */
  readonly accessPolicy?: ClientAccessPolicyOptions;

  /**
   * Provider of the Okta org.
   *
   * @default - the stack's default provider
   */
  readonly oktaProvider?: TerraformProvider;

  /**
   * Provider of the Konnect region.
   *
   * @default - the stack's default provider
   */
  readonly konnectProvider?: TerraformProvider;
}

/** Scopes that client credentials request. */
export const OKTA_SCOPES = listOf(SCOPE_NAME, { minItems: 1, maxItems: 50, unique: true, source: 'Konnect' });

export const OKTA_DEV_PORTAL_OIDC_IMPORT_OPTIONS = propsSpec<OktaDevPortalOidcImportOptions>({
  accessPolicy: nested(CLIENT_ACCESS_POLICY_OPTIONS),
  oktaProvider: provider('okta'),
  konnectProvider: provider('konnect'),
});

export const OKTA_DEV_PORTAL_OIDC_ATTRIBUTES = propsSpec<OktaDevPortalOidcAttributes>({
  authorizationServerId: text().notBlank().required(),
  issuer: OKTA_ISSUER.required(),
  scopeNames: OKTA_SCOPES.required(),
  strategyId: UUID.required(),
});

/**
 * Base of created and existing authentications.
 *
 * @internal
 */
export abstract class OktaDevPortalOidcBase extends OidcPublicationsBase implements IOktaDevPortalOidc {
  public abstract readonly authorizationServer: IAuthorizationServer;
  public abstract readonly scopeNames: string[];

  /** Provider of the Okta resources, `undefined` for the stack's default provider. */
  protected abstract readonly oktaProvider?: TerraformProvider;

  private policy?: AccessPolicy;
  private readonly clientList: OidcClient[] = [];
  private allowedCount = 0;

  public get authorizationServerId(): string {
    return this.authorizationServer.authorizationServerId;
  }

  public get issuer(): string {
    return this.authorizationServer.issuer;
  }

  public get accessPolicy(): AccessPolicy | undefined {
    return this.policy;
  }

  public get clients(): OidcClient[] {
    return [...this.clientList];
  }

  public addClient(id: string, props: OidcClientProps): OidcClient {
    const clientProps = {
      ...inheritProvider(props, this.oktaProvider),
      // The props are validated later, so they may be anything.
      preventDestroy: props?.preventDestroy === undefined ? this.preventDestroy : props.preventDestroy,
    };
    const client = createChild(
      this,
      id,
      (constructId) => new OidcClient(this, constructId, clientProps),
      'Client-',
    );
    this.clientList.push(client);
    this.clientPolicy().addClient(client);
    return client;
  }

  public allowClient(clientId: string): void {
    // The policy is created with the first client.
    validateArgument(this, 'clientId', clientId, CLIENT_ID);
    const policy = this.clientPolicy();
    createChild(policy, `Client-${this.allowedCount++}`, (id) =>
      policy.addClient(OidcClient.fromClientId(policy, id, clientId)),
    );
  }

  /**
   * Options of the access policy that is created for the first client.
   *
   * @internal
   */
  protected abstract readonly _policyOptions: ClientAccessPolicyOptions & {
    readonly name: string;
  };

  private clientPolicy(): AccessPolicy {
    this._addDependentStack(TerraformStack.of(this));
    this.policy ??= createClientAccessPolicy(this, 'AccessPolicy', {
      ...this._policyOptions,
      authorizationServer: this.authorizationServer,
      scopes: this.scopeNames,
      provider: this.oktaProvider,
    });
    return this.policy;
  }
}

/** An authentication of another stack or repository. */
export class ImportedOktaDevPortalOidc extends OktaDevPortalOidcBase {
  public readonly authorizationServer: IAuthorizationServer;
  public readonly scopeNames: string[];
  public readonly strategy: IOidcAuthStrategy;

  protected readonly oktaProvider?: TerraformProvider;
  protected readonly konnectProvider?: TerraformProvider;

  /** @internal */
  protected readonly _policyOptions: ClientAccessPolicyOptions & { readonly name: string };

  public constructor(
    scope: Construct,
    id: string,
    attributes: OktaDevPortalOidcAttributes,
    options: OktaDevPortalOidcImportOptions,
  ) {
    super(scope, id);
    validateProps(this, attributes, OKTA_DEV_PORTAL_OIDC_ATTRIBUTES);
    validateProps(this, options, OKTA_DEV_PORTAL_OIDC_IMPORT_OPTIONS);
    this.oktaProvider = options.oktaProvider;
    this.konnectProvider = options.konnectProvider;
    this.authorizationServer = AuthorizationServer.fromAttributes(this, 'AuthorizationServer', {
      authorizationServerId: attributes.authorizationServerId,
      issuer: attributes.issuer,
      provider: options.oktaProvider,
    });
    this.scopeNames = [...attributes.scopeNames];
    this.strategy = OidcAuthStrategy.fromStrategyId(this, 'Strategy', attributes.strategyId);
    const { accessPolicy = {} } = options;
    const policyName = accessPolicy.name ?? `${DEFAULT_NAME} (${TerraformStack.of(this).node.id})`;
    requireValid(this, {
      prop: 'accessPolicy.name',
      value: policyName,
      isValid: hasAtMost(MAX_POLICY_NAME, policyName),
      rule: 'is required: the default has the name of the stack, and a policy has at most 100 characters (Okta)',
      remedy: 'Set accessPolicy.name',
    });
    this._policyOptions = {
      ...accessPolicy,
      name: policyName,
      priority: accessPolicy.priority ?? LAST_PRIORITY,
    };
    if (attributes instanceof OktaDevPortalOidcBase) {
      this._referTo(attributes);
    }
  }
}
