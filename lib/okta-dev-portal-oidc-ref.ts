import { Lazy, type TerraformProvider, TerraformStack, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { ApiPublication, type ApiPublicationOptions } from './konnect/api-publication';
import type { IOidcAuthStrategy } from './konnect/oidc-auth-strategy';
import { PortalApplication, type PortalApplicationOptions } from './konnect/portal-application';
import { PortalDeveloper } from './konnect/portal-developer';
import type { AccessPolicy } from './okta/access-policy';
import type { IAuthorizationServer } from './okta/authorization-server-ref';
import { OidcClient, type OidcClientProps } from './okta/oidc-client';
import { derivesItsId, firstIdOf, formerIdsOf } from './private/former-paths';
import { requiresFreeId } from './private/free-ids';
import { shapeChecks } from './private/kinds';
import { literal } from './private/literal';
import { withProvider } from './private/meta-arguments';
import { MovedBlocks } from './private/moved-blocks';
import { providerToldTo } from './private/providers';
import { isRegistered, isSamePortal } from './private/publications';
import { isManaged } from './private/replacement';
import { API_PUBLICATION_OPTIONS } from './private/shapes/konnect';
import { CLIENT_REGISTRATION_OPTIONS } from './private/shapes/portal';
import { Occurrence, rules } from './rules';
import { idRules } from './rules-ids';
import { registrationRules } from './rules-registration';
import { stackRules } from './rules-stacks';
import { type Check, check, demand, validate } from './validation';

/** Which client is registered, for whom, and how. */
export interface ClientRegistrationOptions extends PortalApplicationOptions {
  /**
   * Whether the registrations are approved. What an administrator decides later is set back to this at the next
   * deployment. Where it is removed, the registrations stay what they were.
   *
   * @default - what publication and portal say when it registers (autoApproveRegistrations, autoApproveApplications)
   */
  readonly approved?: boolean;
}

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

  /**
   * Creates an Okta application and lets it ask for tokens.
   *
   * @throws ValidationError when Okta would refuse it, or the id is taken
   */
  addClient(id: string, props: OidcClientProps): OidcClient;

  /**
   * Lets an Okta application that exists ask for tokens, by its client id.
   *
   * @throws ValidationError when the id is empty or was let in before
   */
  allowClient(clientId: string): void;

  /**
   * Publishes an API with the strategy. The publication of another stack's API is in that stack.
   *
   * @throws ValidationError when the API is published to the portal already, would be private on a portal without RBAC,
   * is one of another stack and was registered for before, or the id is taken
   */
  publish(id: string, options: ApiPublicationOptions): ApiPublication;

  /**
   * Registers a client on the portal of a developer, for every API that this object publishes there, before
   * or after, unless `register` of the application did so; for others with `register`. Needs kong/konnect 3.21.
   *
   * The registration for another stack's API is in that stack, which has to ask for that version, too.
   *
   * @throws ValidationError when Konnect would refuse the application, the client has one there already, the id is
   * taken, or client or developer are of a stack that needs this one
   */
  registerClient(id: string, options: ClientRegistrationOptions): PortalApplication;
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

/** An application with what was said of its registrations. */
interface ClientRegistration {
  readonly application: PortalApplication;
  readonly approved?: boolean;
}

/** What other stacks of the app refer to, by the reference. */
const origins = new WeakMap<IOktaDevPortalOidc, OktaDevPortalOidcBase>();

/** Says what a reference within the app refers to. */
export function refersTo(reference: IOktaDevPortalOidc, origin: IOktaDevPortalOidc): void {
  const first = origins.get(origin) ?? origin;
  if (first instanceof OktaDevPortalOidcBase && isManaged(first.strategy)) {
    origins.set(reference, first);
  }
}

/**
 * What the construct and the reference to one have in common: clients and publications come in one way.
 *
 * @internal
 */
export abstract class OktaDevPortalOidcBase extends Construct implements IOktaDevPortalOidc {
  public abstract readonly authorizationServer: IAuthorizationServer;
  public abstract readonly scopeNames: string[];
  public abstract readonly strategy: IOidcAuthStrategy;
  /** @internal */
  protected abstract readonly _providers: OktaDevPortalOidcProviders;

  private policy?: AccessPolicy;
  private readonly clientsAdded: OidcClient[] = [];
  private readonly publicationsMade: NamedPublication[] = [];
  private readonly registrations: ClientRegistration[] = [];
  /** Stacks that refer to what this object created. */
  private readonly neededBy = new Set<TerraformStack>();

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
    return this.registrations.map(({ application }) => application);
  }

  public addClient(id: string, props: OidcClientProps): OidcClient {
    requiresFreeId(this, id, 'Client-');
    const client = new OidcClient(this, `Client-${id}`, withProvider(props, this._providers.okta));
    this.clientsAdded.push(client);
    this.policyOfClients().addClient(client);
    return client;
  }

  public allowClient(clientId: string): void {
    const policy = this.policyOfClients();
    policy.addClient(OidcClient.fromClientId(policy, `Client-${policy.clients.length}`, clientId));
  }

  public publish(id: string, options: ApiPublicationOptions): ApiPublication {
    validate(this, [demand('id', id, idRules.constructId), ...shapeChecks(options, API_PUBLICATION_OPTIONS)]);
    if (TerraformStack.of(options.api) === TerraformStack.of(this)) {
      requiresFreeId(this, id, 'Publication-');
    }
    // A publication belongs to whoever owns the API; here it would make the two stacks depend on each other.
    const here = TerraformStack.of(options.api) === TerraformStack.of(this);
    const owner = here ? this : options.api;
    const childId = `Publication-${id}`;
    const taken = !here && owner.node.tryFindChild(childId) !== undefined;
    validate(this, [check('id', new Occurrence(id, taken), stackRules.publicationIdOnce)]);
    const publication = new ApiPublication(owner as Construct, childId, {
      ...withProvider(options, here ? this._providers.konnect : providerToldTo('konnect', options.api)),
      strategy: this.strategy,
    });
    const made = { id, publication };
    this.publicationsMade.push(made);
    this.isNeededBy(TerraformStack.of(owner));
    for (const registration of this.registrations) {
      registerFor(registration, made);
    }
    return publication;
  }

  public registerClient(id: string, options: ClientRegistrationOptions): PortalApplication {
    validate(this, shapeChecks(options, CLIENT_REGISTRATION_OPTIONS));
    const { approved, ...applicationOptions } = options;
    requiresFreeId(this, id, 'Application-');
    validate(this, [check('name', options.name ?? id, rules.name255), ...this.partsChecks(options)]);
    const application: PortalApplication = new PortalApplication(this, `Application-${id}`, {
      ...withProvider(applicationOptions, this._providers.konnect),
      name:
        options.name ??
        Lazy.stringValue({ produce: () => literal(firstIdOf(application).replace(/^Application-/, '')) }),
      strategy: this.strategy,
    });
    this.isNeededBy(TerraformStack.of(this));
    const registration = { application, approved };
    this.registrations.push(registration);
    for (const made of this.publicationsMade) {
      registerFor(registration, made);
    }
    return application;
  }

  private partsChecks({
    client,
    developer,
  }: Pick<PortalApplicationOptions, 'client' | 'developer'>): Check[] {
    return [
      this.partCheck('client', client, client.clientId),
      this.partCheck('developer', developer, developer.developerId),
    ];
  }

  /** Refuses a part that is created by a stack which itself needs what this object or its stack creates. */
  private partCheck(prop: string, part: IConstruct, id: string): Check {
    const [here, there] = [this, part].map((each) => TerraformStack.of(each));
    const portal = part instanceof PortalDeveloper ? part.portal : undefined;
    const isNeeded =
      this.neededBy.has(there) ||
      there.dependsOn(here) ||
      (portal !== undefined && isManaged(portal) && TerraformStack.of(portal) === here);
    const what = `${part.node.path}, and stack ${there.node.path} needs stack ${here.node.path}`;
    const isCircle = there !== here && Token.isUnresolved(id) && isNeeded;
    return check(prop, new Occurrence(what, isCircle), registrationRules.partsOfStack);
  }

  /** Creates the policy; called once, before the first client is let in. */
  protected abstract createAccessPolicy(): AccessPolicy;

  /** Says that a stack refers to what this object created, or what the one created that it is a reference to. */
  private isNeededBy(stack: TerraformStack): void {
    const origin = origins.get(this) ?? (isManaged(this.strategy) ? this : undefined);
    if (origin && !origin.neededBy.has(stack)) {
      origin.neededBy.add(stack);
      // Clients and developers of that stack may have been registered before.
      validate(
        origin,
        origin.registrations.flatMap(({ application }) => origin.partsChecks(application)),
      );
    }
  }

  private policyOfClients(): AccessPolicy {
    this.isNeededBy(TerraformStack.of(this));
    this.policy ??= this.createAccessPolicy();
    return this.policy;
  }
}

/** An application is registered for the APIs on its own portal, unless somebody registered it before. */
function registerFor(
  { application, approved }: ClientRegistration,
  { id, publication }: NamedPublication,
): void {
  if (isSamePortal(application.portal, publication.portal) && !isRegistered(application, publication.api)) {
    const registration = application.register(id, { api: publication.api, approved });
    if (registration.node.scope === application) {
      derivesItsId(registration, () =>
        formerIdsOf(publication).map((each) => each.replace('Publication-', 'Registration-')),
      );
      // Where the publication moves, only its own stack is told to write the blocks.
      MovedBlocks.ensure(TerraformStack.of(registration));
    }
  }
}
