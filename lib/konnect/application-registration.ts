import {
  PortalApplicationRegistration,
  type PortalApplicationRegistrationConfig,
} from '@kong/konnect-cdktf-bindings/lib/portal-application-registration';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { createAfter } from '../core/elements';
import { propsSpec, validateProps } from '../core/props-spec';
import {
  addSynthesisCheck,
  areDifferent,
  isOwned,
  KONNECT_RESOURCE_PROPS,
  KONNECT_RESOURCE_PROPS_OF_ANY_STACK,
  KonnectConstruct,
  type ResourceProps,
} from '../core/provider-construct';
import { requireKonnectVersion } from '../core/provider-versions';
import { EntryKind, Registry } from '../core/registry';
import { replaceTriggers } from '../core/replacement';
import { construct, flag } from '../core/specs';
import { addLazyWarning, requireValid } from '../core/validation';
import type { IApi } from './api';
import { type ApiPublication, findPublication, needsStack, onPublished } from './api-publication';
import type { IPortalApplication } from './portal-application';

/** Options of `register`. */
export interface ApplicationRegistrationOptions extends ResourceProps {
  /** API, published to the application's portal with the application's strategy. */
  readonly api: IApi;

  /**
   * Whether the registration is approved. Every deployment sets it, also after an administrator changed it. Removing it
   * leaves the deployed status unchanged.
   *
   * @default - what publication and portal say (autoApproveRegistrations, autoApproveApplications)
   */
  readonly approved?: boolean;
}

/** Properties of `ApplicationRegistration`. */
export interface ApplicationRegistrationProps extends ApplicationRegistrationOptions {
  /** Application that is registered. */
  readonly application: IPortalApplication;
}

export const APPLICATION_REGISTRATION_OPTIONS = propsSpec<ApplicationRegistrationOptions>({
  ...KONNECT_RESOURCE_PROPS_OF_ANY_STACK.fields,
  api: construct('apiId').required(),
  approved: flag().known(),
});

export const APPLICATION_REGISTRATION = propsSpec<ApplicationRegistrationProps>({
  ...APPLICATION_REGISTRATION_OPTIONS.fields,
  ...KONNECT_RESOURCE_PROPS.fields,
  application: construct('applicationId').required(),
});

const REGISTRATION = new EntryKind<ApplicationRegistration>('registration');
const REGISTERED_APPLICATION = new EntryKind<true>('registered application');

/**
 * The registration of an application for an API. With it the gateway accepts the application's client.
 *
 * It is created after the API is published. It is replaced with its application, because Konnect deletes both together.
 *
 * @throws ValidationError if the publication is in another stack that depends on this one. At synthesis, if this app
 * publishes the API with another strategy, or the stack accepts konnect before 3.21
 */
export class ApplicationRegistration extends KonnectConstruct {
  /** Whether the application is registered for the API. */
  public static isRegistered(application: IPortalApplication, api: IApi): boolean {
    return Registry.of(application).find(REGISTRATION, registrationKey(application, api)) !== undefined;
  }

  /** Whether the application is registered for any API. */
  public static hasAny(application: IPortalApplication): boolean {
    return Registry.of(application).find(REGISTERED_APPLICATION, application.node.path) ?? false;
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: PortalApplicationRegistration;

  /** The API. */
  public readonly api: IApi;

  public constructor(scope: Construct, id: string, props: ApplicationRegistrationProps) {
    super(scope, id, props);
    validateProps(this, props, APPLICATION_REGISTRATION);
    const { application, api, approved } = props;
    this.api = api;
    const registry = Registry.of(this);
    registry.add(REGISTRATION, registrationKey(application, api), this);
    registry.add(REGISTERED_APPLICATION, application.node.path, true);
    const config = this._resourceConfig<PortalApplicationRegistrationConfig>(
      {
        portalId: application.portal.portalId,
        applicationId: application.applicationId,
        apiId: api.apiId,
        status: approved === undefined ? undefined : approved ? 'approved' : 'pending',
      },
      { replaceTriggeredBy: replaceTriggers(this, application, application.applicationId) },
    );
    this.resource = new PortalApplicationRegistration(this, 'Resource', config);
    requireKonnectVersion(this, '3.21.0', 'registrations of a portal');
    onPublished(api, application.portal, (publication) => this.requireOrder(publication));
    // Konnect rejects a registration before the publication, and no attribute references it.
    createAfter(this.resource, () => [findPublication(api, application.portal)?.resource]);
    this.requireStrategy(application);
    this.warnWithoutPublication(application);
  }

  /** A later publication may be in a stack that depends on this one. */
  private requireOrder(publication: ApiPublication): void {
    requireValid(this, {
      prop: 'api',
      value: `${this.api.node.path}, published by ${publication.node.path}`,
      isValid: !needsStack(publication, TerraformStack.of(this)),
      rule: 'must be published first: otherwise the two stacks depend on each other (Terraform)',
      remedy: 'Publish the API, then call register of the application',
    });
  }

  private requireStrategy({ portal, strategy }: IPortalApplication): void {
    addSynthesisCheck(this, () => {
      const publication = findPublication(this.api, portal);
      return [
        {
          prop: 'api',
          value: `${this.api.node.path} with ${publication?.strategy.node.path}`,
          isValid:
            publication === undefined ||
            !areDifferent(publication.strategy, strategy, ({ strategyId }) => strategyId),
          rule: 'must be published with the strategy of the application (Konnect)',
          remedy: 'Register with an application that has the strategy of the publication',
        },
      ];
    });
  }

  /** Not for an existing API, which another app may publish. */
  private warnWithoutPublication({ portal }: IPortalApplication): void {
    const { api } = this;
    addLazyWarning(this, () =>
      isOwned(api) && findPublication(api, portal) === undefined
        ? `API ${api.node.path} is not published to portal ${portal.node.path} in this app. Konnect rejects the registration with 400 unless another app publishes it there with the strategy of the application. Publish it with publish.`
        : undefined,
    );
  }
}

function registrationKey(application: IPortalApplication, api: IApi): string {
  return `${application.node.path}\n${api.apiId}`;
}
