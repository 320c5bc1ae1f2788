import {
  type PortalDeveloperConfig,
  PortalDeveloper as PortalDeveloperResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-developer';
import { Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import { KonnectConstruct, RESOURCE_PROPS, type ResourceProps } from '../core/provider-construct';
import { requireKonnectVersion } from '../core/provider-versions';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { replaceTriggers } from '../core/replacement';
import { construct, enumOf, flag, text } from '../core/specs';
import type { IDevPortal } from './dev-portal';
import { UUID } from './shared-props';

/** Status of a developer on a portal. */
export enum DeveloperStatus {
  APPROVED = 'approved',
  /** Waits for approval. */
  PENDING = 'pending',
  /** Was approved before. */
  REVOKED = 'revoked',
  REJECTED = 'rejected',
}

/** A developer of a Dev Portal, created by this app or existing. */
export interface IPortalDeveloper extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly developerId: string;

  /** Portal of the developer. */
  readonly portal: IDevPortal;
}

/** Options of a developer. */
export interface PortalDeveloperOptions extends ResourceProps {
  /** E-mail address, at most 255 characters, unique on the portal. It is in the Terraform state, as the name is. */
  readonly email: string;

  /** Full name, 1 to 255 characters. */
  readonly fullName: string;

  /**
   * Status. Removing it leaves the deployed status unchanged.
   *
   * @default - approved if the portal approves developers automatically (autoApproveDevelopers), otherwise pending
   */
  readonly status?: DeveloperStatus;

  /**
   * Whether Konnect sends an invitation by e-mail.
   *
   * @default false
   */
  readonly sendInvitationEmail?: boolean;
}

/** Properties of `PortalDeveloper`. */
export interface PortalDeveloperProps extends PortalDeveloperOptions {
  /** Portal of the developer. */
  readonly portal: IDevPortal;
}

export const PORTAL_DEVELOPER = propsSpec<PortalDeveloperProps>({
  ...RESOURCE_PROPS.fields,
  portal: construct('portalId').required(),
  email: text({ maxLength: 255, source: 'Konnect' })
    .check({
      rule: 'must be an e-mail address (Konnect)',
      remedy: 'Use the address that the developer signs in with',
      isValid: (email) => /^[^@\s]+@[^@\s]+$/.test(email),
      schema: { format: 'email' },
    })
    .required(),
  fullName: text({ minLength: 1, maxLength: 255, source: 'Konnect' }).required(),
  status: enumOf(DeveloperStatus),
  sendInvitationEmail: flag(),
});

const DEVELOPER = new EntryKind<PortalDeveloper>('developer of a portal');

/**
 * A developer of a Dev Portal. Needs konnect 3.21. With an older provider developers sign up in the portal.
 *
 * Another e-mail address or name replaces the developer, and Konnect deletes the applications of the old one. Those of
 * this stack are created again.
 *
 * @throws ValidationError if Konnect would reject the developer
 */
export class PortalDeveloper extends KonnectConstruct implements IPortalDeveloper {
  /**
   * References an existing developer.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromDeveloperId(
    scope: Construct,
    id: string,
    developerId: string,
    portal: IDevPortal,
  ): IPortalDeveloper {
    return new ImportedPortalDeveloper(scope, id, developerId, portal);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: PortalDeveloperResource;
  public readonly developerId: string;
  public readonly portal: IDevPortal;

  public constructor(scope: Construct, id: string, props: PortalDeveloperProps) {
    super(scope, id, props);
    const registry = Registry.of(this);
    const key = () => `${identityKey(props.portal.portalId, props.portal)}\n${props.email}`;
    validateProps(this, props, PORTAL_DEVELOPER, () => [
      {
        prop: 'email',
        value: props.email,
        isValid: Token.isUnresolved(props.email) || registry.find(DEVELOPER, key()) === undefined,
        rule: 'must not be the address of another developer of the portal (Konnect)',
        remedy: 'Use the PortalDeveloper that has it, or another address',
      },
    ]);
    registry.add(DEVELOPER, key(), this);
    const { portal } = props;
    this.portal = portal;
    const config = this._resourceConfig<PortalDeveloperConfig>(
      {
        portalId: portal.portalId,
        email: props.email,
        fullName: props.fullName,
        status: props.status,
        sendInvitationEmail: props.sendInvitationEmail,
      },
      { replaceTriggeredBy: replaceTriggers(this, portal, portal.portalId) },
    );
    this.resource = new PortalDeveloperResource(this, 'Resource', config);
    this.developerId = this.resource.id;
    requireKonnectVersion(this, '3.21.0', 'developers of a portal');
  }
}

class ImportedPortalDeveloper extends Construct implements IPortalDeveloper {
  public constructor(
    scope: Construct,
    id: string,
    public readonly developerId: string,
    public readonly portal: IDevPortal,
  ) {
    super(scope, id);
    validateArgument(this, 'developerId', developerId, UUID);
    validateArgument(this, 'portal', portal, construct('portalId'));
  }
}
