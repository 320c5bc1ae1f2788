import {
  PortalApplicationRegistration,
  type PortalApplicationRegistrationConfig,
} from '@kong/konnect-cdktf-bindings/lib/portal-application-registration';
import { Lazy, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { publicationOf } from '../private/publications';
import { addressOf, replacedWithResource } from '../private/replacement';
import { requiresKonnect } from '../private/required-versions';
import { PORTAL_REGISTRATION } from '../private/shapes/portal';
import type { ResourceProps } from '../resource-props';
import { registrationRules } from '../rules-registration';
import { validate } from '../validation';
import type { IPortalApi } from './portal-api';
import type { PortalApplication } from './portal-application';

/** Which API an application asks for. */
export interface PortalRegistrationOptions extends ResourceProps {
  /** The API, published to the application's portal with the application's auth strategy. */
  readonly api: IPortalApi;

  /**
   * Whether the registration is approved. What an administrator decides later is set back to this at the
   * next deployment.
   *
   * @default - what publication and portal say (autoApproveRegistrations, autoApproveApplications)
   */
  readonly approved?: boolean;
}

/** Properties of `PortalRegistration`. */
export interface PortalRegistrationProps extends PortalRegistrationOptions {
  /** The application. */
  readonly application: PortalApplication;
}

/**
 * The registration of an application for an API: with it the gateway opens the API to the application's client.
 *
 * It is created after the API is published, and goes with its application, because Konnect deletes it then.
 */
export class PortalRegistration extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: PortalApplicationRegistration;

  /** The API. */
  public readonly api: IPortalApi;

  public constructor(scope: Construct, id: string, props: PortalRegistrationProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_REGISTRATION));
    requiresKonnect(this, registrationRules.konnect321);
    this.api = props.api;
    const { application } = props;
    const config = literal<PortalApplicationRegistrationConfig>({
      portalId: application.portal.portalId,
      applicationId: application.applicationId,
      apiId: props.api.apiId,
      status: props.approved === undefined ? undefined : props.approved ? 'approved' : 'pending',
      ...konnectArguments(this, props, {
        replaceTriggeredBy: replacedWithResource(application.resource),
      }),
    });
    this.resource = new PortalApplicationRegistration(this, 'Resource', config);
    this.dependOnPublication(application);
  }

  /** Konnect refuses an API that is not published, or published with another strategy. No attribute says so. */
  private dependOnPublication({ portal }: PortalApplication): void {
    const given = this.resource.dependsOn ?? [];
    // At synthesis, because the API may be published after it is registered.
    this.resource.dependsOn = Lazy.listValue(
      {
        produce: () => {
          const publication = publicationOf(this.api, portal);
          const here =
            publication !== undefined && TerraformStack.of(publication) === TerraformStack.of(this);
          return here ? [...given, addressOf(publication)] : given;
        },
      },
      { omitEmpty: true },
    );
  }
}
