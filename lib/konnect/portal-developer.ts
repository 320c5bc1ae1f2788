import {
  type PortalDeveloperConfig,
  PortalDeveloper as PortalDeveloperResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-developer';
import { Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { construct, required, shapeChecks, text } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { isAgainOnPortal } from '../private/once-on-portal';
import { replacedWithParent } from '../private/replacement';
import { requiresKonnect } from '../private/required-versions';
import { PORTAL_DEVELOPER } from '../private/shapes/portal';
import type { ResourceProps } from '../resource-props';
import { Occurrence, rules } from '../rules';
import { registrationRules } from '../rules-registration';
import { check, validate } from '../validation';
import type { IDevPortal } from './dev-portal';

/** Whether a developer is let into a portal. */
export enum DeveloperStatus {
  APPROVED = 'approved',
  /** Waits for an administrator. */
  PENDING = 'pending',
  /** Was let in and is not any more. */
  REVOKED = 'revoked',
  REJECTED = 'rejected',
}

/** A developer of a Dev Portal, created by this app or found on the portal. */
export interface IPortalDeveloper extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly developerId: string;

  /** The portal that the developer belongs to. */
  readonly portal: IDevPortal;
}

/** Who a developer is. */
export interface PortalDeveloperOptions extends ResourceProps {
  /** E-mail address, at most 255 characters, unique on the portal. It is in the Terraform state, as the name is. */
  readonly email: string;

  /** Full name, 1 to 255 characters. */
  readonly fullName: string;

  /**
   * Whether the developer is let in. Where it is removed, the developer stays what he was.
   *
   * @default - what the portal says when the developer is created (autoApproveDevelopers)
   */
  readonly status?: DeveloperStatus;

  /**
   * Whether Konnect sends an e-mail with an invitation.
   *
   * @default false
   */
  readonly sendInvitationEmail?: boolean;
}

/** Properties of `PortalDeveloper`. */
export interface PortalDeveloperProps extends PortalDeveloperOptions {
  /** The portal. */
  readonly portal: IDevPortal;
}

class ReferencedPortalDeveloper extends Construct implements IPortalDeveloper {
  public constructor(
    scope: Construct,
    id: string,
    public readonly developerId: string,
    public readonly portal: IDevPortal,
  ) {
    super(scope, id);
    validate(this, [
      ...required(text)('developerId', developerId),
      ...required(construct('portalId'))('portal', portal),
    ]);
    validate(this, [check('developerId', developerId, rules.uuid)]);
  }
}

/**
 * A developer of a Dev Portal. Needs kong/konnect 3.21; with an older provider developers sign up in the portal.
 *
 * Another e-mail address or name replaces the developer, and Konnect deletes the applications of the old
 * one; those of this stack are created anew.
 *
 * @throws ValidationError when Konnect would refuse the developer
 */
export class PortalDeveloper extends Construct implements IPortalDeveloper {
  /**
   * A developer who exists, by the id.
   *
   * @throws ValidationError when the id is no UUID
   */
  public static fromDeveloperId(
    scope: Construct,
    id: string,
    developerId: string,
    portal: IDevPortal,
  ): IPortalDeveloper {
    return new ReferencedPortalDeveloper(scope, id, developerId, portal);
  }

  /** The resource, for whatever this construct does not offer. */
  public readonly resource: PortalDeveloperResource;
  public readonly developerId: string;
  public readonly portal: IDevPortal;

  public constructor(scope: Construct, id: string, props: PortalDeveloperProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_DEVELOPER));
    const again = !Token.isUnresolved(props.email) && isAgainOnPortal(props.portal, 'developer', props.email);
    validate(this, [
      check('email', props.email, registrationRules.email),
      check('email', new Occurrence(props.email, again), registrationRules.emailOnce),
      check('fullName', props.fullName, rules.name255),
    ]);
    requiresKonnect(this, registrationRules.konnect321);
    this.portal = props.portal;
    const config = literal<PortalDeveloperConfig>({
      portalId: props.portal.portalId,
      email: props.email,
      fullName: props.fullName,
      status: props.status,
      sendInvitationEmail: props.sendInvitationEmail,
      ...konnectArguments(this, props, {
        replaceTriggeredBy: replacedWithParent(this, props.portal, props.portal.portalId),
      }),
    });
    this.resource = new PortalDeveloperResource(this, 'Resource', config);
    this.developerId = this.resource.id;
  }
}
