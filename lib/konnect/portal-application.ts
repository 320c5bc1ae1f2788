import {
  type PortalApplicationConfig,
  PortalApplication as PortalApplicationResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-application';
import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { IOidcClient } from '../okta/oidc-client';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { replacedWithParent, replacedWithResource } from '../private/replacement';
import { requiresKonnect } from '../private/required-versions';
import { PORTAL_APPLICATION, PORTAL_REGISTRATION_OPTIONS } from '../private/shapes/portal';
import type { ResourceProps } from '../resource-props';
import { Occurrence, rules } from '../rules';
import { registrationRules } from '../rules-registration';
import { check, validate } from '../validation';
import type { IDevPortal } from './dev-portal';
import { labelChecks } from './labels';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import { type IPortalDeveloper, PortalDeveloper } from './portal-developer';
import { PortalRegistration, type PortalRegistrationOptions } from './portal-registration';

/** What a developer says of an application. */
export interface PortalApplicationOptions extends ResourceProps {
  /** The Okta application whose credentials open the APIs. */
  readonly client: IOidcClient;

  /** The developer who owns it; the application is on the portal of the developer. */
  readonly developer: IPortalDeveloper;

  /**
   * Name that the portal shows, 1 to 255 characters.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * What the application is for, at most 255 characters. Where it is removed, the provider keeps what was deployed.
   *
   * @default - none, or what was deployed
   */
  readonly description?: string;

  /**
   * Labels, at most 50. Where all are removed, the provider keeps what was deployed.
   *
   * @default - none, or what was deployed
   */
  readonly labels?: { readonly [key: string]: string };
}

/** Properties of `PortalApplication`. */
export interface PortalApplicationProps extends PortalApplicationOptions {
  /** The strategy that the APIs are published with. */
  readonly strategy: IOidcAuthStrategy;
}

/**
 * An application on a Dev Portal: it says which client a developer uses, and which APIs the client may call.
 * Needs kong/konnect 3.21; with an older provider the developer creates it in the portal.
 *
 * Everything but its owner is fixed in Konnect, so a change replaces it with its registrations, old before
 * new: Konnect takes a client id once for each strategy. So does a strategy that is replaced; until
 * the new registration is there the gateway answers 403.
 *
 * @throws ValidationError when Konnect would refuse the application
 */
export class PortalApplication extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: PortalApplicationResource;

  /** Id in Konnect, a UUID. */
  public readonly applicationId: string;

  /** The Okta application whose credentials open the APIs. */
  public readonly client: IOidcClient;

  /** The developer who owns it. */
  public readonly developer: IPortalDeveloper;

  private readonly provider?: TerraformProvider;
  private readonly registrationsMade: PortalRegistration[] = [];

  public constructor(scope: Construct, id: string, props: PortalApplicationProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_APPLICATION));
    const name = props.name ?? id;
    validate(this, [
      check('name', name, rules.name255),
      check('client.clientId', props.client.clientId, rules.name255),
      check('description', props.description, registrationRules.text255),
      ...labelChecks(props.labels),
    ]);
    requiresKonnect(this, registrationRules.konnect321);
    this.client = props.client;
    this.developer = props.developer;
    this.provider = props.provider;
    const config = literal<PortalApplicationConfig>({
      portalId: this.portal.portalId,
      name,
      description: props.description,
      labels: props.labels,
      clientId: props.client.clientId,
      authStrategyId: props.strategy.strategyId,
      owner: { type: 'developer', id: props.developer.developerId },
      ...konnectArguments(this, props, { replaceTriggeredBy: this.replacedWith() }),
    });
    this.resource = new PortalApplicationResource(this, 'Resource', config);
    this.applicationId = this.resource.id;
  }

  /** The portal, that of the developer. */
  public get portal(): IDevPortal {
    return this.developer.portal;
  }

  /** The registrations for APIs, in order. */
  public get registrations(): PortalRegistration[] {
    return [...this.registrationsMade];
  }

  /**
   * Registers the application for an API.
   *
   * @throws ValidationError when it is registered for the API already
   */
  public register(id: string, options: PortalRegistrationOptions): PortalRegistration {
    validate(this, shapeChecks(options, PORTAL_REGISTRATION_OPTIONS));
    const known = this.registrationsMade.some(({ api }) => api.apiId === options.api.apiId);
    validate(this, [
      check('api', new Occurrence(options.api.node.path, known), registrationRules.apiRegisteredOnce),
    ]);
    const registration = new PortalRegistration(this, `Registration-${id}`, {
      provider: this.provider,
      ...options,
      application: this,
    });
    this.registrationsMade.push(registration);
    return registration;
  }

  /** With the portal, and with the developer, whose applications Konnect deletes. Another owner is an update. */
  private replacedWith(): string[] {
    const { developer, portal } = this;
    const here = TerraformStack.of(developer) === TerraformStack.of(this);
    return developer instanceof PortalDeveloper && here
      ? replacedWithResource(developer.resource)
      : (replacedWithParent(this, portal, portal.portalId) ?? []);
  }
}
