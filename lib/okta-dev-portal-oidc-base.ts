import { Lazy, type TerraformProvider, TerraformStack, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { escapeTemplates } from './core/escape-templates';
import { formerIdsOf, originalId } from './core/former-paths';
import { MovedBlocks } from './core/moved-blocks';
import { propsSpec, validateArgument, validateProps } from './core/props-spec';
import { inheritProvider, isOwned, requireFreeId } from './core/provider-construct';
import { identityKey, Registry } from './core/registry';
import { CHILD_ID, flag, listOf, text } from './core/specs';
import { type Check, requireValid } from './core/validation';
import {
  API_PUBLICATION_OPTIONS,
  ApiPublication,
  type ApiPublicationOptions,
} from './konnect/api-publication';
import { ApplicationRegistration } from './konnect/application-registration';
import type { IOidcAuthStrategy } from './konnect/oidc-auth-strategy';
import {
  APPLICATION_NAME,
  PORTAL_APPLICATION_OPTIONS,
  PortalApplication,
  type PortalApplicationOptions,
} from './konnect/portal-application';
import { AccessPolicy } from './okta/access-policy';
import { PRIORITY, TOKEN_LIFETIME } from './okta/access-policy-rule';
import type { IAuthorizationServer } from './okta/authorization-server';
import { OidcClient, type OidcClientProps } from './okta/oidc-client';
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
   * Position among the policies of the authorization server, from 1.
   *
   * @default - the first at creation, then what Okta sets. The last after `fromAttributes`
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
  name: text({ maxLength: 100, source: 'Okta' }).notBlank(),
  description: text({ minLength: 1, maxLength: 255, source: 'Okta' }),
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

/** Options of `registerClient`. */
export interface ClientRegistrationOptions extends PortalApplicationOptions {
  /**
   * Whether the registrations are approved. Every deployment sets it, also after an administrator changed it. Removing
   * it leaves the deployed status unchanged.
   *
   * @default - what publication and portal say (autoApproveRegistrations, autoApproveApplications)
   */
  readonly approved?: boolean;
}

export const CLIENT_REGISTRATION_OPTIONS = propsSpec<ClientRegistrationOptions>(
  { ...PORTAL_APPLICATION_OPTIONS.fields, approved: flag().known() },
  PORTAL_APPLICATION_OPTIONS.rules,
);

/** Self-managed OIDC authentication of a Dev Portal, created by this stack or another one. */
export interface IOktaDevPortalOidc extends IConstruct {
  /** Authorization server that issues the tokens. */
  readonly authorizationServer: IAuthorizationServer;

  /** Id of the authorization server in Okta. */
  readonly authorizationServerId: string;

  /** Issuer URI of the authorization server. */
  readonly issuer: string;

  /** Names of the scopes that the gateway requests. */
  readonly scopeNames: string[];

  /** Auth strategy in Konnect. */
  readonly strategy: IOidcAuthStrategy;

  /** Id of the auth strategy in Konnect, a UUID. */
  readonly strategyId: string;

  /** Access policy of the clients of this stack, `undefined` before the first client. */
  readonly accessPolicy?: AccessPolicy;

  /** Clients that this object created, in order. */
  readonly clients: OidcClient[];

  /** Publications that this object created, in order. */
  readonly publications: ApiPublication[];

  /** Portal applications that this object created, in order. */
  readonly applications: PortalApplication[];

  /**
   * Creates an Okta application that may request tokens.
   *
   * @throws ValidationError if Okta would reject the application, or the id is taken
   */
  addClient(id: string, props: OidcClientProps): OidcClient;

  /**
   * Lets an existing Okta application request tokens.
   *
   * @throws ValidationError if the client id is empty or was allowed before
   */
  allowClient(clientId: string): void;

  /**
   * Publishes an API with the strategy. The publication of another stack's API is in that stack.
   *
   * @throws ValidationError if the API is published to the portal already, or the id is taken
   */
  publish(id: string, options: ApiPublicationOptions): ApiPublication;

  /**
   * Registers a client for every API published here, now or later. Use `application.register` for other APIs. Needs
   * konnect 3.21.
   *
   * The registration for another stack's API is in that stack, which needs that version too.
   *
   * @throws ValidationError if Konnect would reject the application, the client has one on the portal already, the id is
   * taken, or client or developer are of a stack that depends on this one
   */
  registerClient(id: string, options: ClientRegistrationOptions): PortalApplication;
}

/** Providers of what is added. `undefined` for the stack's default provider. */
export interface OktaDevPortalOidcProviders {
  readonly okta?: TerraformProvider;
  readonly konnect?: TerraformProvider;
}

/** A publication with the id that was passed to `publish`. */
interface NamedPublication {
  readonly id: string;
  readonly publication: ApiPublication;
}

/** An application, and whether its registrations are approved. */
interface ClientRegistration {
  readonly application: PortalApplication;
  readonly approved?: boolean;
}

/**
 * What created and existing authentications have in common.
 *
 * @internal
 */
export abstract class OktaDevPortalOidcBase extends Construct implements IOktaDevPortalOidc {
  public abstract readonly authorizationServer: IAuthorizationServer;
  public abstract readonly scopeNames: string[];
  public abstract readonly strategy: IOidcAuthStrategy;

  /** @internal */
  protected abstract readonly _providers: OktaDevPortalOidcProviders;

  /** The authentication of another stack of this app that this one references. */
  private origin?: OktaDevPortalOidcBase;

  private policy?: AccessPolicy;
  private readonly clientList: OidcClient[] = [];
  private readonly publicationList: NamedPublication[] = [];
  private readonly registrations: ClientRegistration[] = [];
  /** Stacks that reference what this object created. */
  private readonly dependentStacks = new Set<TerraformStack>();

  public get authorizationServerId(): string {
    return this.authorizationServer.authorizationServerId;
  }

  public get issuer(): string {
    return this.authorizationServer.issuer;
  }

  public get strategyId(): string {
    return this.strategy.strategyId;
  }

  public get accessPolicy(): AccessPolicy | undefined {
    return this.policy;
  }

  public get clients(): OidcClient[] {
    return [...this.clientList];
  }

  public get publications(): ApiPublication[] {
    return this.publicationList.map(({ publication }) => publication);
  }

  public get applications(): PortalApplication[] {
    return this.registrations.map(({ application }) => application);
  }

  public addClient(id: string, props: OidcClientProps): OidcClient {
    requireFreeId(this, id, 'Client-');
    const client = new OidcClient(this, `Client-${id}`, inheritProvider(props, this._providers.okta));
    this.clientList.push(client);
    this.clientPolicy().addClient(client);
    return client;
  }

  public allowClient(clientId: string): void {
    const policy = this.clientPolicy();
    policy.addClient(OidcClient.fromClientId(policy, `Client-${policy.clients.length}`, clientId));
  }

  public publish(id: string, options: ApiPublicationOptions): ApiPublication {
    validateArgument(this, 'id', id, CHILD_ID);
    validateProps(this, options, API_PUBLICATION_OPTIONS);
    const isHere = TerraformStack.of(options.api) === TerraformStack.of(this);
    // Here the publication of another stack's API would make the two stacks depend on each other.
    const parent = isHere ? this : options.api;
    const childId = `Publication-${id}`;
    requireValid(this, {
      prop: 'id',
      value: id,
      isValid: parent.node.tryFindChild(childId) === undefined,
      rule: `must not be the id of another publication of ${isHere ? 'this construct' : 'the API'}`,
      remedy: 'Use another id',
    });
    const provider = isHere ? this._providers.konnect : options.api.provider;
    const publication = new ApiPublication(parent as Construct, childId, {
      ...inheritProvider(options, provider),
      strategy: this.strategy,
    });
    const named = { id, publication };
    this.publicationList.push(named);
    this.addDependentStack(TerraformStack.of(parent));
    for (const registration of this.registrations) {
      registerOnce(registration, named);
    }
    return publication;
  }

  public registerClient(id: string, options: ClientRegistrationOptions): PortalApplication {
    validateProps(this, options, CLIENT_REGISTRATION_OPTIONS, () => this.partChecks(options));
    const { approved, ...applicationOptions } = options;
    requireFreeId(this, id, 'Application-');
    validateArgument(this, 'name', options.name ?? id, APPLICATION_NAME);
    const application: PortalApplication = new PortalApplication(this, `Application-${id}`, {
      ...inheritProvider(applicationOptions, this._providers.konnect),
      name:
        options.name ??
        Lazy.stringValue({
          produce: () => escapeTemplates(originalId(application).replace(/^Application-/, '')),
        }),
      strategy: this.strategy,
    });
    this.addDependentStack(TerraformStack.of(this));
    const registration = { application, approved };
    this.registrations.push(registration);
    for (const named of this.publicationList) {
      registerOnce(registration, named);
    }
    return application;
  }

  /** Follows a reference to the authentication of another stack of this app to the one that was created. */
  protected referTo(other: OktaDevPortalOidcBase): void {
    const origin = other.origin ?? other;
    if (isOwned(origin.strategy)) {
      this.origin = origin;
    }
  }

  /** Options of the access policy that is created for the first client. */
  protected abstract readonly policyOptions: ClientAccessPolicyOptions & {
    readonly name: string;
    readonly ignorePriorityChanges?: boolean;
  };

  private clientPolicy(): AccessPolicy {
    this.addDependentStack(TerraformStack.of(this));
    this.policy ??= this.createPolicy();
    return this.policy;
  }

  private createPolicy(): AccessPolicy {
    const { policyOptions: options, authorizationServer } = this;
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
      ignorePriorityChanges: options.ignorePriorityChanges,
      provider: this._providers.okta,
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

  /** Client and developer must not be of a stack that depends on this one. */
  private partChecks({ client, developer }: Pick<PortalApplicationOptions, 'client' | 'developer'>): Check[] {
    const { portal } = developer;
    const hasPortalHere = isOwned(portal) && TerraformStack.of(portal) === TerraformStack.of(this);
    return [
      this.partCheck('client', client, client.clientId, false),
      this.partCheck('developer', developer, developer.developerId, isOwned(developer) && hasPortalHere),
    ];
  }

  private partCheck(prop: string, part: IConstruct, id: string, dependsOnPortal: boolean): Check {
    const [here, there] = [this, part].map((each) => TerraformStack.of(each));
    const isDependent = this.dependentStacks.has(there) || there.dependsOn(here) || dependsOnPortal;
    return {
      prop,
      value: `${part.node.path}, and stack ${there.node.path} depends on stack ${here.node.path}`,
      isValid: there === here || !Token.isUnresolved(id) || !isDependent,
      rule: 'must not be of a stack that depends on this one (Terraform)',
      remedy:
        'Register the client in that stack: call OktaDevPortalOidc.fromAttributes with this authentication there, then its registerClient, and register of the application for each API',
    };
  }

  /** Adds a stack that references what this object or its origin created. */
  private addDependentStack(stack: TerraformStack): void {
    const origin = this.origin ?? (isOwned(this.strategy) ? this : undefined);
    if (origin && !origin.dependentStacks.has(stack)) {
      origin.dependentStacks.add(stack);
      // Clients and developers of that stack may have been registered before.
      requireValid(
        origin,
        ...origin.registrations.flatMap(({ application }) => origin.partChecks(application)),
      );
    }
  }
}

/** Registers an application for an API on its portal unless it is registered already. */
function registerOnce(
  { application, approved }: ClientRegistration,
  { id, publication }: NamedPublication,
): void {
  const { api, portal } = publication;
  const isSamePortal =
    identityKey(application.portal.portalId, application.portal) === identityKey(portal.portalId, portal);
  if (!isSamePortal || ApplicationRegistration.isRegistered(application, api)) {
    return;
  }
  const registration = application.register(id, { api, approved });
  if (registration.node.scope === application) {
    registration.formerIds = () =>
      formerIdsOf(publication).map((each) => each.replace('Publication-', 'Registration-'));
    // `Moves.from` makes only the stack of the publication write blocks.
    MovedBlocks.ensure(TerraformStack.of(registration));
  }
}
