import { Lazy, type TerraformProvider, TerraformStack, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { isInSameStack } from '../core/elements';
import { formerIdsOf, originalId } from '../core/former-paths';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import { createChild, inheritProvider, isOwned } from '../core/provider-construct';
import { identityKey } from '../core/registry';
import { releaseConstruct } from '../core/release';
import { CHILD_ID, childrenOf, flag } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import { type Check, requireValid } from '../core/validation';
import { API_PUBLICATION_OPTIONS, ApiPublication, type ApiPublicationOptions } from './api-publication';
import { ApplicationRegistration } from './application-registration';
import {
  type IOidcAuthStrategy,
  OIDC_AUTH_STRATEGY,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
} from './oidc-auth-strategy';
import { PortalApplication } from './portal-application';
import {
  APPLICATION_NAME,
  PORTAL_APPLICATION_OPTIONS,
  type PortalApplicationOptions,
} from './portal-application-props';

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

/** Publications of APIs with one strategy, and registrations of clients for them. */
export interface IOidcPublications extends IConstruct {
  /** Auth strategy in Konnect. */
  readonly strategy: IOidcAuthStrategy;

  /** Id of the auth strategy in Konnect, a UUID. */
  readonly strategyId: string;

  /** Publications that this object created, in order. */
  readonly publications: ApiPublication[];

  /** Portal applications that this object created, in order. */
  readonly applications: PortalApplication[];

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
 * Publishes APIs with a strategy and registers clients for them.
 *
 * @internal
 */
export abstract class OidcPublicationsBase extends Construct implements IOidcPublications {
  public abstract readonly strategy: IOidcAuthStrategy;

  /** Provider of the Konnect resources, `undefined` for the stack's default provider. */
  protected abstract readonly konnectProvider?: TerraformProvider;

  /** Whether Terraform rejects a plan that destroys a publication, unless its options say otherwise. */
  protected readonly preventDestroy?: boolean;

  /** The construct of another stack of this app that this one references. */
  private origin?: OidcPublicationsBase;

  private readonly publicationList: NamedPublication[] = [];
  private readonly registrations: ClientRegistration[] = [];
  /** Stacks that reference what this object created. */
  private readonly dependentStacks = new Set<TerraformStack>();

  public get strategyId(): string {
    return this.strategy.strategyId;
  }

  public get publications(): ApiPublication[] {
    return this.publicationList.map(({ publication }) => publication);
  }

  public get applications(): PortalApplication[] {
    return this.registrations.map(({ application }) => application);
  }

  public publish(id: string, options: ApiPublicationOptions): ApiPublication {
    validateArgument(this, 'id', id, CHILD_ID);
    validateProps(this, options, API_PUBLICATION_OPTIONS);
    const isHere = isInSameStack(options.api, this);
    // The publication of another stack's API is in that stack: here the two stacks would depend on each other.
    const parent = isHere ? this : options.api;
    const constructId = `Publication-${id}`;
    requireValid(this, {
      prop: 'id',
      value: id,
      isValid: parent.node.tryFindChild(constructId) === undefined,
      rule: `must not be the id of another publication of ${isHere ? 'this construct' : 'the API'}`,
      remedy: 'Use another id',
    });
    const provider = isHere ? this.konnectProvider : options.api.provider;
    const publication = new ApiPublication(parent as Construct, constructId, {
      ...inheritProvider(options, provider),
      preventDestroy: options.preventDestroy ?? this.preventDestroy,
      strategy: this.strategy,
    });
    const named = { id, publication };
    this.publicationList.push(named);
    this._addDependentStack(TerraformStack.of(parent));
    for (const registration of this.registrations) {
      registerOnce(registration, named);
    }
    return publication;
  }

  public registerClient(id: string, options: ClientRegistrationOptions): PortalApplication {
    validateProps(this, options, CLIENT_REGISTRATION_OPTIONS, () => this.partChecks(options));
    const { approved, ...applicationOptions } = options;
    const originalName = Lazy.stringValue({
      produce: () => escapeTemplates(originalId(application).replace(/^Application-/, '')),
    });
    const props = {
      ...inheritProvider(applicationOptions, this.konnectProvider),
      name: options.name ?? originalName,
      strategy: this.strategy,
    };
    const create = (constructId: string) => {
      validateArgument(this, 'name', options.name ?? id, APPLICATION_NAME);
      return new PortalApplication(this, constructId, props);
    };
    const application = createChild(this, id, create, 'Application-');
    this._addDependentStack(TerraformStack.of(this));
    const registration = { application, approved };
    this.registrations.push(registration);
    for (const named of this.publicationList) {
      registerOnce(registration, named);
    }
    return application;
  }

  /**
   * Hands all resources over: Terraform forgets them and destroys nothing. Deploy with the call, then delete the
   * construct from the code. Needs Terraform 1.7.
   *
   * @throws ValidationError if the construct references existing resources only. At synthesis, if anything still refers
   * to a resource
   */
  public release(): void {
    releaseConstruct(this);
  }

  /**
   * Follows a reference to the construct of another stack of this app to the one that was created.
   *
   * @internal
   */
  protected _referTo(other: OidcPublicationsBase): void {
    const origin = other.origin ?? other;
    if (isOwned(origin.strategy)) {
      this.origin = origin;
    }
  }

  /**
   * Adds a stack that references what this object or its origin created.
   *
   * @internal
   */
  protected _addDependentStack(stack: TerraformStack): void {
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

  /** Client and developer must not be of a stack that depends on this one. */
  private partChecks({ client, developer }: Pick<PortalApplicationOptions, 'client' | 'developer'>): Check[] {
    const { portal } = developer;
    const hasPortalHere = isOwned(portal) && isInSameStack(portal, this);
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
        'Register the client in that stack: reference this construct there with fromAttributes, call registerClient of the reference, and register of the application for each API',
    };
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
    registration._deriveFormerIds(() =>
      formerIdsOf(publication).map((each) => each.replace('Publication-', 'Registration-')),
    );
  }
}

/** Properties of `OidcPublications`. */
export interface OidcPublicationsProps extends OidcAuthStrategyProps {
  /**
   * APIs to publish, by construct id. `publish` adds more.
   *
   * @default - none
   */
  readonly publications?: { readonly [id: string]: ApiPublicationOptions };
}

export const OIDC_PUBLICATIONS = propsSpec<OidcPublicationsProps>(
  { ...OIDC_AUTH_STRATEGY.fields, publications: childrenOf(API_PUBLICATION_OPTIONS) },
  OIDC_AUTH_STRATEGY.rules,
);

/**
 * The Konnect half of self-managed OIDC authentication, for any OpenID Connect provider: an auth strategy, publications
 * with it, and registrations of clients. For Okta, `OktaDevPortalOidc` also creates the Okta half.
 *
 * @throws ValidationError with all failures of the props
 */
export class OidcPublications extends OidcPublicationsBase {
  public readonly strategy: IOidcAuthStrategy;
  protected readonly konnectProvider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: OidcPublicationsProps) {
    super(scope, id);
    validateProps(this, props, OIDC_PUBLICATIONS);
    const { publications = {}, ...strategy } = props;
    this.konnectProvider = props.provider;
    this.strategy = new OidcAuthStrategy(this, 'Strategy', strategy);
    for (const [publication, options] of Object.entries(publications)) {
      this.publish(publication, options);
    }
  }
}
