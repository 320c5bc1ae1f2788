import {
  PortalApplicationRegistration,
  type PortalApplicationRegistrationConfig,
} from '@kong/konnect-cdktf-bindings/lib/portal-application-registration';
import { Lazy, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import {
  identity,
  needsStack,
  noteRegistration,
  publicationOf,
  whenPublished,
} from '../private/publications';
import { addressOf, isManaged, replacedWithParent } from '../private/replacement';
import { requiresKonnect } from '../private/required-versions';
import { PORTAL_REGISTRATION } from '../private/shapes/portal';
import { checkAtSynthesis } from '../private/synthesis-checks';
import { warnsAtSynthesis } from '../private/warnings';
import type { ResourceProps } from '../resource-props';
import { Occurrence } from '../rules';
import { registrationRules } from '../rules-registration';
import { check, validate } from '../validation';
import type { ApiPublication } from './api-publication';
import type { IOidcAuthStrategy } from './oidc-auth-strategy';
import type { IPortalApi } from './portal-api';
import type { PortalApplication } from './portal-application';

/** Which API an application asks for. */
export interface PortalRegistrationOptions extends ResourceProps {
  /** The API, published to the application's portal with the application's auth strategy. */
  readonly api: IPortalApi;

  /**
   * Whether the registration is approved. What an administrator decides later is set back to this at the
   * next deployment. Where it is removed, the registration stays what it was.
   *
   * @default - what publication and portal say when it registers (autoApproveRegistrations, autoApproveApplications)
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
 *
 * @throws ValidationError for a publication that is in another stack which needs this one; at synthesis, when this app
 * publishes the API with another auth strategy than that of the application, or the stack accepts a version of the
 * provider before 3.21
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
    noteRegistration(application, props.api);
    const config = literal<PortalApplicationRegistrationConfig>({
      portalId: application.portal.portalId,
      applicationId: application.applicationId,
      apiId: props.api.apiId,
      status: props.approved === undefined ? undefined : props.approved ? 'approved' : 'pending',
      ...konnectArguments(this, props, {
        replaceTriggeredBy: replacedWithParent(this, application, application.applicationId),
      }),
    });
    this.resource = new PortalApplicationRegistration(this, 'Resource', config);
    whenPublished(this.api, application.portal, (publication) => this.requireOrder(publication));
    this.dependOnPublication(application);
    this.requirePublication(application);
  }

  /** A publication that comes later may be in a stack that waits for this one. */
  private requireOrder(publication: ApiPublication): void {
    const isCircle = needsStack(publication, TerraformStack.of(this));
    const what = new Occurrence(`${this.api.node.path}, published by ${publication.node.path}`, isCircle);
    validate(this, [check('api', what, registrationRules.publishedBefore)]);
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
          return here ? [...given, addressOf(publication.resource)] : given;
        },
      },
      { omitEmpty: true },
    );
  }

  /** At synthesis likewise. Nothing is said of an API that is not of this app: whoever has it publishes it. */
  private requirePublication({ portal, strategy }: PortalApplication): void {
    const { api } = this;
    checkAtSynthesis(this, () => {
      const publication = publicationOf(api, portal);
      const other = publication !== undefined && differ(publication.strategy, strategy);
      const what = new Occurrence(
        other ? `${api.node.path} with ${publication.strategy.node.path}` : '',
        other,
      );
      return [check('api', what, registrationRules.publishedWithStrategy)];
    });
    warnsAtSynthesis(this, () =>
      isManaged(api) && publicationOf(api, portal) === undefined
        ? `API ${api.node.path} is published to portal ${portal.node.path} nowhere in this app: unless another one publishes it there, with the auth strategy of the application, Konnect refuses the registration with 400. Publish it with publish.`
        : undefined,
    );
  }
}

/** Whether two strategies are different ones for certain: both are created by this app, or both ids are known. */
function differ(left: IOidcAuthStrategy, right: IOidcAuthStrategy): boolean {
  const isCertain = [isManaged, hasKnownId].some((isKnown) => isKnown(left) && isKnown(right));
  return isCertain && identity(left.strategyId, left) !== identity(right.strategyId, right);
}

function hasKnownId({ strategyId }: IOidcAuthStrategy): boolean {
  return !Token.isUnresolved(strategyId);
}
