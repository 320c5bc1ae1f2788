import { type TerraformProvider, TerraformStack } from 'cdktf';
import { propsSpec, validateArgument } from './core/props-spec';
import { createChild, inheritProvider, requireFreeId } from './core/provider-construct';
import { Registry } from './core/registry';
import { listOf, text } from './core/specs';
import { type IOidcPublications, OidcPublicationsBase } from './konnect/oidc-publications';
import { AccessPolicy, POLICY_DESCRIPTION, POLICY_NAME } from './okta/access-policy';
import { PRIORITY, TOKEN_LIFETIME } from './okta/access-policy-rule';
import type { IAuthorizationServer } from './okta/authorization-server';
import { CLIENT_ID, OidcClient, type OidcClientProps } from './okta/oidc-client';
import { serverKeys } from './okta/shared-server';

/** Default name of strategy and access policy. */
export const DEFAULT_NAME = 'Okta OIDC';

const DEFAULT_RULE_NAME = 'Client credentials';

/** The access policy of the clients and its rule. */
export interface ClientAccessPolicyOptions {
  /**
   * Name of the policy, 1 to 100 characters, unique on the authorization server.
   *
   * @default - the name of the strategy. `Okta OIDC (<stack>)` after `fromAttributes`
   */
  readonly name?: string;

  /**
   * Purpose of the policy, 1 to 255 characters.
   *
   * @default Clients of the Dev Portal
   */
  readonly description?: string;

  /**
   * Position among the policies of the authorization server at creation, from 1. Okta renumbers policies.
   *
   * @default - the first. The last after `fromAttributes`
   */
  readonly priority?: number;

  /**
   * Name of the rule.
   *
   * @default Client credentials
   */
  readonly ruleName?: string;

  /**
   * Groups of the rule. Only `EVERYONE` is allowed: Okta never applies a rule for other groups to client credentials.
   * Rules that were created in the Admin Console name it.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Lifetime of an access token in minutes, 5 to 1440.
   *
   * @default 60
   */
  readonly accessTokenLifetimeMinutes?: number;
}

export const CLIENT_ACCESS_POLICY_OPTIONS = propsSpec<ClientAccessPolicyOptions>({
  name: POLICY_NAME,
  description: POLICY_DESCRIPTION,
  priority: PRIORITY,
  ruleName: text().notBlank(),
  groups: listOf(
    text().check({
      rule: 'must be EVERYONE: a client has no user, so Okta never applies a rule for other groups (Okta)',
      remedy: "Use ['EVERYONE'], or remove groups",
      isValid: (group) => group === 'EVERYONE',
    }),
  ),
  accessTokenLifetimeMinutes: TOKEN_LIFETIME,
});

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
    requireFreeId(this, id, 'Client-');
    const client = createChild(
      this,
      `Client-${id}`,
      (clientId) =>
        new OidcClient(this, clientId, {
          ...inheritProvider(props, this.oktaProvider),
          // The props are validated later, so they may be anything.
          preventDestroy: props?.preventDestroy === undefined ? this.preventDestroy : props.preventDestroy,
        }),
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
    this.policy ??= this.createPolicy();
    return this.policy;
  }

  private createPolicy(): AccessPolicy {
    const { _policyOptions: options, authorizationServer } = this;
    Registry.of(this).rules.addUniqueName(this, {
      prop: 'accessPolicy.name',
      name: options.name,
      scopes: () => serverKeys(authorizationServer),
      rule: 'must be the name of one access policy only on its authorization server (Okta)',
      remedy: 'Set another name or accessPolicy.name for the one that is not deployed yet',
    });
    const policy = new AccessPolicy(this, 'AccessPolicy', {
      authorizationServer,
      name: options.name,
      description: options.description ?? 'Clients of the Dev Portal',
      priority: options.priority,
      provider: this.oktaProvider,
    });
    const rule = {
      name: options.ruleName ?? DEFAULT_RULE_NAME,
      scopes: this.scopeNames,
      groups: options.groups,
      accessTokenLifetimeMinutes: options.accessTokenLifetimeMinutes,
    };
    // The same id for every name: a rule that is renamed must not be replaced.
    policy.addRule(rule, `Rule-${DEFAULT_RULE_NAME}`);
    return policy;
  }
}
