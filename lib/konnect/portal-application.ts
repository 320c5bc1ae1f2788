import {
  type PortalApplicationConfig,
  PortalApplication as PortalApplicationResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-application';
import { Lazy, type TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { isInSameStack } from '../core/elements';
import { formerIdsOf, originalId } from '../core/former-paths';
import { validateProps } from '../core/props-spec';
import { createChild, inheritProvider, isOwned, KonnectConstruct } from '../core/provider-construct';
import { requireKonnectVersion } from '../core/provider-versions';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { replaceTriggers } from '../core/replacement';
import { escapeTemplates } from '../core/terraform-text';
import { addLazyWarning } from '../core/validation';
import type { IOidcClient } from '../okta/oidc-client';
import { type ApiPublication, findPublication, needsStack } from './api-publication';
import {
  APPLICATION_REGISTRATION_OPTIONS,
  ApplicationRegistration,
  type ApplicationRegistrationOptions,
} from './application-registration';
import type { IDevPortal } from './dev-portal';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import {
  PORTAL_APPLICATION,
  PORTAL_APPLICATION_ATTRIBUTES,
  type PortalApplicationAttributes,
  type PortalApplicationProps,
} from './portal-application-props';
import type { IPortalDeveloper } from './portal-developer';
import { nonEmptyLabels } from './shared-props';

/** An application on a Dev Portal, created by this app or existing. */
export interface IPortalApplication extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly applicationId: string;

  /** Portal of the application. */
  readonly portal: IDevPortal;

  /** Strategy that the APIs of the application are published with. */
  readonly strategy: IOidcAuthStrategy;

  /** Provider of the application and its registrations, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /** Registrations that this object added, in order. */
  readonly registrations: ApplicationRegistration[];

  /**
   * Registers the application for an API. The registration is in the stack of the application. If the publication is in
   * another stack that depends on this one, it is in the stack of the publication, which has to exist first.
   *
   * @throws ValidationError if the application is registered for the API already
   */
  register(id: string, options: ApplicationRegistrationOptions): ApplicationRegistration;
}

/** Of the ids of registrations. */
const PREFIX = 'Registration-';

const APPLICATION = new EntryKind<PortalApplication>('application of a portal');

/** Base of created and existing applications. */
abstract class PortalApplicationBase extends KonnectConstruct implements IPortalApplication {
  public abstract readonly applicationId: string;
  public abstract readonly portal: IDevPortal;
  public abstract readonly strategy: IOidcAuthStrategy;

  private readonly registrationList: ApplicationRegistration[] = [];

  public get registrations(): ApplicationRegistration[] {
    return [...this.registrationList];
  }

  public register(id: string, options: ApplicationRegistrationOptions): ApplicationRegistration {
    validateProps(this, options, APPLICATION_REGISTRATION_OPTIONS, () => [
      {
        prop: 'api',
        value: options.api,
        isValid: !ApplicationRegistration.isRegistered(this, options.api),
        rule: 'must not be registered twice by one application (Konnect)',
        remedy: 'Use the registration that register returned the first time',
      },
    ]);
    const publication = findPublication(options.api, this.portal);
    const registration =
      publication && needsStack(publication, TerraformStack.of(this))
        ? this.registerAtPublication(publication, options)
        : this.registerHere(id, options);
    this.registrationList.push(registration);
    return registration;
  }

  private registerHere(id: string, options: ApplicationRegistrationOptions): ApplicationRegistration {
    const props = { ...inheritProvider(options, this.provider), application: this };
    return createChild(
      this,
      id,
      (constructId) => new ApplicationRegistration(this, constructId, props),
      PREFIX,
    );
  }

  private registerAtPublication(
    publication: ApiPublication,
    options: ApplicationRegistrationOptions,
  ): ApplicationRegistration {
    const props = { ...inheritProvider(options, publication.provider), application: this };
    const registration = createChild(
      publication,
      this.node.id,
      (constructId) => new ApplicationRegistration(publication, constructId, props),
      PREFIX,
    );
    registration._deriveFormerIds(() => formerIdsOf(this).map((id) => `${PREFIX}${id}`));
    return registration;
  }
}

/**
 * An application on a Dev Portal: which client a developer uses, and for which APIs. Needs konnect 3.21. With an older
 * provider developers create it in the portal.
 *
 * Only a change of the owner is made in place. Any other change, also a replacement of the strategy, replaces the
 * application and its registrations. The old ones are destroyed first, because Konnect accepts a client id once per
 * strategy. The gateway answers 403 until the new registration exists.
 *
 * @throws ValidationError if Konnect would reject the application
 */
export class PortalApplication extends PortalApplicationBase {
  /**
   * References an existing application, to register it for APIs.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: PortalApplicationAttributes,
  ): IPortalApplication {
    return new ImportedPortalApplication(scope, id, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: PortalApplicationResource;
  public readonly applicationId: string;
  public readonly strategy: IOidcAuthStrategy;

  /** Okta application whose credentials the gateway accepts. */
  public readonly client: IOidcClient;

  /** Developer who owns the application. */
  public readonly developer: IPortalDeveloper;

  public constructor(scope: Construct, id: string, props: PortalApplicationProps) {
    super(scope, id, props);
    const registry = Registry.of(this);
    validateProps(this, props, PORTAL_APPLICATION, () => [
      {
        prop: 'client',
        value: props.client,
        isValid: registry.find(APPLICATION, applicationKey(props)) === undefined,
        rule: 'must not have two applications on one portal with the same strategy (Konnect)',
        remedy: 'Register the other APIs with the existing application, or use another client',
      },
    ]);
    registry.add(APPLICATION, applicationKey(props), this);
    this.client = props.client;
    this.developer = props.developer;
    this.strategy = props.strategy;
    const config = this._resourceConfig<PortalApplicationConfig>(
      {
        portalId: this.portal.portalId,
        // Konnect does not rename applications, so one that moves keeps its name.
        name: props.name ?? Lazy.stringValue({ produce: () => escapeTemplates(originalId(this)) }),
        description: props.description,
        labels: nonEmptyLabels(props.labels),
        clientId: props.client.clientId,
        authStrategyId: props.strategy.strategyId,
        owner: { type: 'developer', id: props.developer.developerId },
      },
      { replaceTriggeredBy: this.parentTriggers() },
    );
    this.resource = new PortalApplicationResource(this, 'Resource', config);
    this.applicationId = this.resource.id;
    requireKonnectVersion(this, '3.21.0', 'applications of a portal');
    addLazyWarning(this, () =>
      ApplicationRegistration.hasAny(this)
        ? undefined
        : `Application ${this.node.path} is not registered for an API, so the gateway rejects its client. Register it, for example application.register('orders', { api }).`,
    );
  }

  /** The portal of the developer. */
  public get portal(): IDevPortal {
    return this.developer.portal;
  }

  /** Another portal, or another developer resource: Konnect deletes the applications of a developer. */
  private parentTriggers(): string[] {
    const { developer, portal } = this;
    const isHere = isInSameStack(developer, this);
    const owners = isOwned(developer) && isHere ? [developer.resource] : [];
    return replaceTriggers(this, portal, portal.portalId, ...owners);
  }
}

class ImportedPortalApplication extends PortalApplicationBase {
  public readonly applicationId: string;
  public readonly portal: IDevPortal;
  public readonly strategy: IOidcAuthStrategy;

  public constructor(scope: Construct, id: string, attributes: PortalApplicationAttributes) {
    super(scope, id, attributes);
    validateProps(this, attributes, PORTAL_APPLICATION_ATTRIBUTES);
    this.applicationId = attributes.applicationId;
    this.portal = attributes.portal;
    this.strategy = attributes.strategy;
  }
}

function applicationKey({ client, developer: { portal }, strategy }: PortalApplicationProps): string {
  return [identityKey(portal.portalId, portal), client.clientId, strategy.strategyId].join('\n');
}
