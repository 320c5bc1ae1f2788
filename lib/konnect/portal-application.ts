import {
  type PortalApplicationConfig,
  PortalApplication as PortalApplicationResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-application';
import { Lazy, type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { IOidcClient } from '../okta/oidc-client';
import { derivesItsId, firstIdOf, formerIdsOf } from '../private/former-paths';
import { requiresFreeId } from '../private/free-ids';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments, withProvider } from '../private/meta-arguments';
import { MovedBlocks } from '../private/moved-blocks';
import { isAgainOnPortal } from '../private/once-on-portal';
import { providerToldTo } from '../private/providers';
import { hasRegistration, isRegistered, needsStack, publicationOf } from '../private/publications';
import { managesResource, replacedWithParent, replacedWithResource } from '../private/replacement';
import { requiresKonnect } from '../private/required-versions';
import { PORTAL_APPLICATION, PORTAL_REGISTRATION_OPTIONS } from '../private/shapes/portal';
import { warnsAtSynthesis } from '../private/warnings';
import type { ResourceProps } from '../resource-props';
import { Occurrence, rules } from '../rules';
import { registrationRules } from '../rules-registration';
import { check, validate } from '../validation';
import type { ApiPublication } from './api-publication';
import type { IDevPortal } from './dev-portal';
import { labelChecks, writtenLabels } from './labels';
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
   * @default - the id of the construct, the first one if it was renamed with `Moves.from`
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

  /** The strategy that its APIs are published with. */
  public readonly strategy: IOidcAuthStrategy;

  private readonly provider?: TerraformProvider;
  private readonly registrationsMade: PortalRegistration[] = [];

  public constructor(scope: Construct, id: string, props: PortalApplicationProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_APPLICATION));
    this.client = props.client;
    this.developer = props.developer;
    this.strategy = props.strategy;
    this.provider = props.provider;
    const { clientId } = props.client;
    const { strategyId } = props.strategy;
    const again = isAgainOnPortal(this.portal, 'application', clientId, strategyId);
    validate(this, [
      check('name', props.name ?? id, rules.name255),
      check('client.clientId', clientId, rules.name255),
      check('client', new Occurrence(props.client.node.path, again), registrationRules.clientRegisteredOnce),
      check('description', props.description, registrationRules.text255),
      ...labelChecks(props.labels),
    ]);
    requiresKonnect(this, registrationRules.konnect321);
    const config = literal<PortalApplicationConfig>({
      portalId: this.portal.portalId,
      // Konnect takes no other name, so that an application that moves keeps the one it had.
      name: props.name ?? Lazy.stringValue({ produce: () => literal(firstIdOf(this)) }),
      description: props.description,
      labels: writtenLabels(props.labels),
      clientId,
      authStrategyId: strategyId,
      owner: { type: 'developer', id: props.developer.developerId },
      ...konnectArguments(this, props, { replaceTriggeredBy: this.replacedWith() }),
    });
    this.resource = new PortalApplicationResource(this, 'Resource', config);
    managesResource(this, this.resource);
    this.applicationId = this.resource.id;
    warnsAtSynthesis(this, () =>
      hasRegistration(this)
        ? undefined
        : `Application ${this.node.path} is registered for no API, so that the gateway opens none to its client. Register it for each with register, for example application.register('orders', { api }).`,
    );
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
   * Registers the application for an API. The registration is in the stack of the application, or in that of the
   * publication where that one needs the stack of the application; such a publication has to be made before.
   *
   * @throws ValidationError when it is registered for the API already
   */
  public register(id: string, options: PortalRegistrationOptions): PortalRegistration {
    validate(this, shapeChecks(options, PORTAL_REGISTRATION_OPTIONS));
    const { api } = options;
    const known = isRegistered(this, api);
    validate(this, [check('api', new Occurrence(api.node.path, known), registrationRules.apiRegisteredOnce)]);
    const publication = publicationOf(api, this.portal);
    const registration =
      publication && needsStack(publication, TerraformStack.of(this))
        ? this.registerThere(publication, options)
        : this.registerHere(id, options);
    this.registrationsMade.push(registration);
    return registration;
  }

  private registerHere(id: string, options: PortalRegistrationOptions): PortalRegistration {
    requiresFreeId(this, id, 'Registration-');
    return new PortalRegistration(this, `Registration-${id}`, {
      ...withProvider(options, this.provider),
      application: this,
    });
  }

  private registerThere(publication: ApiPublication, options: PortalRegistrationOptions): PortalRegistration {
    const idFor = (application: string) => `Registration-${application}`;
    const childId = idFor(this.node.id);
    requiresFreeId(publication, this.node.id, 'Registration-');
    const provider = providerToldTo('konnect', publication);
    const registration = new PortalRegistration(publication, childId, {
      ...withProvider(options, provider),
      application: this,
    });
    derivesItsId(registration, () => formerIdsOf(this).map(idFor));
    // Where the application moves, only its own stack is told to write the blocks.
    MovedBlocks.ensure(TerraformStack.of(registration));
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
