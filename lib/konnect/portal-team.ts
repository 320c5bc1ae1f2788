import {
  type PortalTeamConfig,
  PortalTeam as PortalTeamResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-team';
import { type TerraformProvider, Token } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import {
  inheritProvider,
  KONNECT_PROVIDER_OPTIONS,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ProviderOptions,
  type ResourceProps,
} from '../core/provider-construct';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { replaceTriggers } from '../core/replacement';
import { construct, enumLike, flag, text } from '../core/specs';
import { isToken } from '../core/tokens';
import type { IDevPortal } from './dev-portal';
import { PortalTeamDeveloper, type PortalTeamDeveloperOptions } from './portal-team-developer';
import { UUID } from './shared-props';

/** A team of developers of a Dev Portal, created by this app or existing. */
export interface IPortalTeam extends IConstruct {
  /** Id in Konnect, a UUID. */
  readonly teamId: string;

  /** Portal of the team. */
  readonly portal: IDevPortal;

  /** Region of the APIs that the team gets roles for, `undefined` for the provider's region. */
  readonly region?: KonnectRegion;

  /** Provider of the team and its roles, `undefined` for the stack's default provider. */
  readonly provider?: TerraformProvider;

  /**
   * Adds a developer to the team. Needs konnect 3.24.
   *
   * @throws ValidationError if the developer is in the team already, or of another portal
   */
  addDeveloper(id: string, options: PortalTeamDeveloperOptions): PortalTeamDeveloper;
}

/** Attributes of an existing team. */
export interface PortalTeamAttributes extends ProviderOptions {
  /** Portal of the team. */
  readonly portal: IDevPortal;

  /** Id in Konnect, a UUID. */
  readonly teamId: string;

  /**
   * Region of the APIs that the team gets roles for.
   *
   * @default - the region of the konnect provider's `serverUrl`
   */
  readonly region?: KonnectRegion;
}

/** Options of `addTeam`. */
export interface PortalTeamOptions extends ResourceProps {
  /** Name, 1 to 250 characters, unique on the portal. */
  readonly name: string;

  /**
   * Description, 1 to 250 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether the team can own applications, which its developers share.
   *
   * @default false
   */
  readonly canOwnApplications?: boolean;

  /**
   * Region of the APIs that the team gets roles for.
   *
   * @default - the region of the konnect provider's `serverUrl`
   */
  readonly region?: KonnectRegion;
}

/** Properties of `PortalTeam`. */
export interface PortalTeamProps extends PortalTeamOptions {
  /** Portal of the team. Needs RBAC. */
  readonly portal: IDevPortal;
}

/** A region as Konnect writes it in its URLs. */
export const REGION = enumLike().check({
  rule: 'must be a region as Konnect writes it in its URLs: lower-case letters and digits (Konnect)',
  remedy: 'Use a member of KonnectRegion, or write it like eu',
  isValid: (region) => {
    const { name } = region as KonnectRegion;
    return isToken(name) || /^[a-z][a-z\d-]*$/.test(name);
  },
});

export const PORTAL_TEAM = propsSpec<PortalTeamProps>(
  {
    ...KONNECT_RESOURCE_PROPS.fields,
    portal: construct('portalId').required(),
    name: text({ minLength: 1, maxLength: 250, source: 'Konnect' }).required(),
    description: text({ minLength: 1, maxLength: 250, source: 'Konnect' }),
    canOwnApplications: flag(),
    region: REGION,
  },
  [
    {
      prop: 'portal',
      rule: 'must have RBAC: without it teams have no effect (Konnect)',
      remedy: 'Set rbacEnabled: true on the DevPortal',
      isValid: ({ portal }) => portal.rbacEnabled !== false,
    },
  ],
);

export const PORTAL_TEAM_ATTRIBUTES = propsSpec<PortalTeamAttributes>({
  ...KONNECT_PROVIDER_OPTIONS.fields,
  portal: construct('portalId').required(),
  teamId: UUID.required(),
  region: REGION,
});

const TEAM = new EntryKind<PortalTeam>('team of a portal');

/** Base of created and existing teams. */
abstract class PortalTeamBase extends KonnectConstruct implements IPortalTeam {
  public abstract readonly portal: IDevPortal;
  public abstract readonly teamId: string;
  public readonly region?: KonnectRegion;

  public addDeveloper(id: string, options: PortalTeamDeveloperOptions): PortalTeamDeveloper {
    return new PortalTeamDeveloper(this, id, { ...inheritProvider(options, this.provider), team: this });
  }
}

/**
 * A team of developers of a Dev Portal. Its roles decide which private APIs they see and use.
 *
 * Developers who sign up later are not in the code: add them in Konnect.
 *
 * @throws ValidationError if the portal has no RBAC or a team of that name, or Konnect would reject the team
 */
export class PortalTeam extends PortalTeamBase {
  /**
   * References an existing team.
   *
   * @throws ValidationError if the id is not a UUID
   */
  public static fromAttributes(scope: Construct, id: string, attributes: PortalTeamAttributes): IPortalTeam {
    return new ImportedPortalTeam(scope, id, attributes);
  }

  /** The underlying resource (escape hatch). */
  public readonly resource: PortalTeamResource;
  public readonly portal: IDevPortal;
  public readonly teamId: string;
  public override readonly region?: KonnectRegion;

  public constructor(scope: Construct, id: string, props: PortalTeamProps) {
    super(scope, id, props);
    const registry = Registry.of(this);
    const key = () => `${identityKey(props.portal.portalId, props.portal)}\n${props.name}`;
    validateProps(this, props, PORTAL_TEAM, () => [
      {
        prop: 'name',
        value: props.name,
        // Two names that are known at apply may differ.
        isValid: Token.isUnresolved(props.name) || registry.find(TEAM, key()) === undefined,
        rule: 'must not be the name of another team of the portal',
        remedy: 'Use the team that addTeam returned the first time, or another name',
      },
    ]);
    registry.add(TEAM, key(), this);
    const { portal } = props;
    this.portal = portal;
    this.region = props.region;
    const config = this._resourceConfig<PortalTeamConfig>(
      {
        portalId: portal.portalId,
        name: props.name,
        description: props.description,
        canOwnApplications: props.canOwnApplications ?? false,
      },
      { replaceTriggeredBy: replaceTriggers(this, portal, portal.portalId) },
    );
    this.resource = new PortalTeamResource(this, 'Resource', config);
    this.teamId = this.resource.id;
  }
}

class ImportedPortalTeam extends PortalTeamBase {
  public readonly portal: IDevPortal;
  public readonly teamId: string;
  public override readonly region?: KonnectRegion;

  public constructor(scope: Construct, id: string, attributes: PortalTeamAttributes) {
    super(scope, id, attributes);
    validateProps(this, attributes, PORTAL_TEAM_ATTRIBUTES);
    this.portal = attributes.portal;
    this.teamId = attributes.teamId;
    this.region = attributes.region;
  }
}

/** A geographic region of Konnect. Portals, APIs, strategies and control planes are in one. */
export class KonnectRegion {
  public static readonly AU = new KonnectRegion('au');
  public static readonly EU = new KonnectRegion('eu');
  public static readonly IN = new KonnectRegion('in');
  public static readonly ME = new KonnectRegion('me');
  public static readonly SG = new KonnectRegion('sg');
  public static readonly US = new KonnectRegion('us');

  /** A region that this class does not list. */
  public static custom(name: string): KonnectRegion {
    return new KonnectRegion(name);
  }

  private constructor(
    /** Name of the region in Konnect's URLs. */
    public readonly name: string,
  ) {}
}
