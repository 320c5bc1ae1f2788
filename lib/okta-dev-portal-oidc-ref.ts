import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { ApiPublication, type ApiPublicationOptions } from './konnect/api-publication';
import type { IOidcAuthStrategy } from './konnect/oidc-auth-strategy';
import { PortalApplication, type PortalApplicationOptions } from './konnect/portal-application';
import type { AccessPolicy } from './okta/access-policy';
import type { IAuthorizationServer } from './okta/authorization-server-ref';
import { OidcClient, type OidcClientProps } from './okta/oidc-client';
import { requiresFreeId } from './private/free-ids';
import { shapeChecks } from './private/kinds';
import { providerToldTo } from './private/providers';
import { isSamePortal } from './private/publications';
import { API_PUBLICATION_OPTIONS } from './private/shapes/konnect';
import { PORTAL_APPLICATION_OPTIONS } from './private/shapes/portal';
import { Occurrence } from './rules';
import { registrationRules } from './rules-registration';
import { stackRules } from './rules-stacks';
import { check, validate } from './validation';

/** Self-managed OIDC authentication of a Dev Portal, set up by this stack or by another one. */
export interface IOktaDevPortalOidc extends IConstruct {
  /** Who issues the tokens. */
  readonly authorizationServer: IAuthorizationServer;

  /** Names of the scopes that the gateway asks for. */
  readonly scopeNames: string[];

  /** How the gateway authenticates clients. */
  readonly strategy: IOidcAuthStrategy;

  /** The access policy of the clients of this stack, undefined before the first one. */
  readonly accessPolicy?: AccessPolicy;

  /** The clients that this object created, in order. */
  readonly clients: OidcClient[];

  /** The publications that this object made, in order. */
  readonly publications: ApiPublication[];

  /** The portal applications that this object created, in order. */
  readonly applications: PortalApplication[];

  /** Creates an Okta application and lets it ask for tokens. */
  addClient(id: string, props: OidcClientProps): OidcClient;

  /** Lets an Okta application that exists ask for tokens, by its client id. */
  allowClient(clientId: string): void;

  /** Publishes an API with the strategy. The publication of another stack's API is in that stack. */
  publish(id: string, options: ApiPublicationOptions): ApiPublication;

  /**
   * Registers a client on the portal of a developer, for every API that this object publishes there, before
   * or after. Needs kong/konnect 3.21.
   */
  registerClient(id: string, options: PortalApplicationOptions): PortalApplication;
}

/** Which providers manage what is added. */
export interface OktaDevPortalOidcProviders {
  /** The provider of the Okta org, undefined for the stack's default provider. */
  readonly okta?: TerraformProvider;

  /** The provider of the Konnect region, undefined for the stack's default provider. */
  readonly konnect?: TerraformProvider;
}

/** A publication with the id that it was made by. */
interface NamedPublication {
  readonly id: string;
  readonly publication: ApiPublication;
}

/** What the construct and the reference to one have in common: clients and publications come in one way. */
export abstract class OktaDevPortalOidcBase extends Construct implements IOktaDevPortalOidc {
  public abstract readonly authorizationServer: IAuthorizationServer;
  public abstract readonly scopeNames: string[];
  public abstract readonly strategy: IOidcAuthStrategy;
  protected abstract readonly providers: OktaDevPortalOidcProviders;

  private policy?: AccessPolicy;
  private readonly clientsAdded: OidcClient[] = [];
  private readonly publicationsMade: NamedPublication[] = [];
  private readonly applicationsMade: PortalApplication[] = [];

  public get accessPolicy(): AccessPolicy | undefined {
    return this.policy;
  }

  public get clients(): OidcClient[] {
    return [...this.clientsAdded];
  }

  public get publications(): ApiPublication[] {
    return this.publicationsMade.map(({ publication }) => publication);
  }

  public get applications(): PortalApplication[] {
    return [...this.applicationsMade];
  }

  public addClient(id: string, props: OidcClientProps): OidcClient {
    requiresFreeId(this, id, `Client-${id}`);
    const client = new OidcClient(this, `Client-${id}`, { provider: this.providers.okta, ...props });
    this.clientsAdded.push(client);
    this.policyOfClients().addClient(client);
    return client;
  }

  public allowClient(clientId: string): void {
    const policy = this.policyOfClients();
    policy.addClient(OidcClient.fromClientId(policy, `Client-${policy.clients.length}`, clientId));
  }

  public publish(id: string, options: ApiPublicationOptions): ApiPublication {
    validate(this, shapeChecks(options, API_PUBLICATION_OPTIONS));
    if (TerraformStack.of(options.api) === TerraformStack.of(this)) {
      requiresFreeId(this, id, `Publication-${id}`);
    }
    // A publication belongs to whoever owns the API; here it would make the two stacks depend on each other.
    const here = TerraformStack.of(options.api) === TerraformStack.of(this);
    const owner = here ? this : options.api;
    const childId = `Publication-${id}`;
    const taken = !here && owner.node.tryFindChild(childId) !== undefined;
    validate(this, [check('id', new Occurrence(id, taken), stackRules.publicationIdOnce)]);
    const publication = new ApiPublication(owner as Construct, childId, {
      provider: here ? this.providers.konnect : providerToldTo('konnect', options.api),
      ...options,
      strategy: this.strategy,
    });
    const made = { id, publication };
    this.publicationsMade.push(made);
    for (const application of this.applicationsMade) {
      registerFor(application, made);
    }
    return publication;
  }

  public registerClient(id: string, options: PortalApplicationOptions): PortalApplication {
    validate(this, shapeChecks(options, PORTAL_APPLICATION_OPTIONS));
    const { client, developer } = options;
    const known = this.applicationsMade.some(
      (each) => each.client.clientId === client.clientId && isSamePortal(each.portal, developer.portal),
    );
    validate(this, [
      check('client', new Occurrence(client.node.path, known), registrationRules.clientRegisteredOnce),
    ]);
    const application = new PortalApplication(this, `Application-${id}`, {
      provider: this.providers.konnect,
      ...options,
      name: options.name ?? id,
      strategy: this.strategy,
    });
    this.applicationsMade.push(application);
    for (const made of this.publicationsMade) {
      registerFor(application, made);
    }
    return application;
  }

  /** Creates the policy; called once, before the first client is let in. */
  protected abstract createAccessPolicy(): AccessPolicy;

  private policyOfClients(): AccessPolicy {
    this.policy ??= this.createAccessPolicy();
    return this.policy;
  }
}

/** An application is registered for the APIs on its own portal. */
function registerFor(application: PortalApplication, { id, publication }: NamedPublication): void {
  if (isSamePortal(application.portal, publication.portal)) {
    application.register(id, { api: publication.api });
  }
}
