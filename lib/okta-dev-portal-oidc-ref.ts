import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { ApiPublication, type ApiPublicationOptions } from './konnect/api-publication';
import type { IOidcAuthStrategy } from './konnect/oidc-auth-strategy';
import type { AccessPolicy } from './okta/access-policy';
import type { IAuthorizationServer } from './okta/authorization-server-ref';
import { OidcClient, type OidcClientProps } from './okta/oidc-client';
import { shapeChecks } from './private/kinds';
import { API_PUBLICATION_OPTIONS } from './private/shapes/konnect';
import { validate } from './validation';

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

  /** Creates an Okta application and lets it ask for tokens. */
  addClient(id: string, props: OidcClientProps): OidcClient;

  /** Lets an Okta application that exists ask for tokens, by its client id. */
  allowClient(clientId: string): void;

  /** Publishes an API with the strategy. */
  publish(id: string, options: ApiPublicationOptions): ApiPublication;
}

/** Which providers manage what is added. */
export interface OktaDevPortalOidcProviders {
  /** The provider of the Okta org, undefined for the stack's default provider. */
  readonly okta?: TerraformProvider;

  /** The provider of the Konnect region, undefined for the stack's default provider. */
  readonly konnect?: TerraformProvider;
}

/** What the construct and the reference to one have in common: clients and publications come in one way. */
export abstract class OktaDevPortalOidcBase extends Construct implements IOktaDevPortalOidc {
  public abstract readonly authorizationServer: IAuthorizationServer;
  public abstract readonly scopeNames: string[];
  public abstract readonly strategy: IOidcAuthStrategy;
  protected abstract readonly providers: OktaDevPortalOidcProviders;

  private policy?: AccessPolicy;
  private readonly clientsAdded: OidcClient[] = [];
  private readonly publicationsMade: ApiPublication[] = [];

  public get accessPolicy(): AccessPolicy | undefined {
    return this.policy;
  }

  public get clients(): OidcClient[] {
    return [...this.clientsAdded];
  }

  public get publications(): ApiPublication[] {
    return [...this.publicationsMade];
  }

  public addClient(id: string, props: OidcClientProps): OidcClient {
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
    // A publication belongs to whoever owns the API; here it would make the two stacks depend on each other.
    const owner = TerraformStack.of(options.api) === TerraformStack.of(this) ? this : options.api;
    const publication = new ApiPublication(owner as Construct, `Publication-${id}`, {
      provider: this.providers.konnect,
      ...options,
      strategy: this.strategy,
    });
    this.publicationsMade.push(publication);
    return publication;
  }

  /** Creates the policy; called once, before the first client is let in. */
  protected abstract createAccessPolicy(): AccessPolicy;

  private policyOfClients(): AccessPolicy {
    this.policy ??= this.createAccessPolicy();
    return this.policy;
  }
}
