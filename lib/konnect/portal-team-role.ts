import { Lazy, type TerraformResource, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { publicationOf } from '../private/publications';
import { regionOf } from '../private/region';
import { addressOf } from '../private/replacement';
import { requiresKonnect } from '../private/required-versions';
import { PORTAL_TEAM_ROLE } from '../private/shapes/portal';
import { checkAtSynthesis } from '../private/synthesis-checks';
import { type TeamRoleAttributes, TeamRoleResource } from '../private/team-role-resource';
import type { ResourceProps } from '../resource-props';
import { rules } from '../rules';
import { RegionChoice, teamRules } from '../rules-teams';
import { check, validate } from '../validation';
import type { KonnectRegion } from './konnect-region';
import type { IPortalApi } from './portal-api';
import type { PortalTeam } from './portal-team';

/** What Konnect calls the type of an API in a role. */
const API_ENTITY_TYPE = 'Services';

/** What a team of developers may do with an API, in Konnect's words. */
export class PortalRole {
  /** Sees the API and its documentation. */
  public static readonly API_VIEWER = new PortalRole('API Viewer');

  /** Registers applications for the API, and calls it. */
  public static readonly API_CONSUMER = new PortalRole('API Consumer');

  /** A role that Konnect has and this library does not know. */
  public static custom(name: string): PortalRole {
    return new PortalRole(name);
  }

  private constructor(
    /** Name of the role in Konnect. */
    public readonly name: string,
  ) {}
}

/** Properties of `PortalTeamRole`. */
export interface PortalTeamRoleProps extends ResourceProps {
  /** The team that gets the role. */
  readonly team: PortalTeam;

  /** What the team may do. */
  readonly role: PortalRole;

  /** The API that it may do it with. */
  readonly api: IPortalApi;

  /**
   * Region of the API.
   *
   * @default - the region of the konnect provider's `serverUrl`
   */
  readonly region?: KonnectRegion;
}

/**
 * A role of a team of developers for one API.
 *
 * Needs konnect 3.20 or newer. The provider does not look whether the role is still there: Terraform does not
 * notice when somebody takes it away in Konnect.
 *
 * @throws ValidationError for a role without name and a region that is none; at synthesis, when the stack accepts a
 * version of the provider before 3.20, or the region is not known or not that of the provider
 */
export class PortalTeamRole extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: TerraformResource;

  public constructor(scope: Construct, id: string, props: PortalTeamRoleProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_TEAM_ROLE));
    validate(this, [
      check('role', props.role.name, rules.notEmpty),
      check('region', props.region?.name, teamRules.regionName),
    ]);
    const { team, api } = props;
    const region = () => props.region?.name ?? regionOf(this, props.provider);
    const attributes = literal<TeamRoleAttributes>({
      portal_id: team.portal.portalId,
      team_id: team.teamId,
      role_name: props.role.name,
      entity_id: api.apiId,
      entity_type_name: API_ENTITY_TYPE,
      entity_region: Lazy.stringValue({ produce: region }),
    });
    this.resource = new TeamRoleResource(this, 'Resource', attributes, konnectArguments(this, props));
    // Roles are for APIs on the portal, and the API may be published after the role was granted.
    const given = this.resource.dependsOn ?? [];
    const produce = () => [...given, ...this.publication(props)];
    this.resource.dependsOn = Lazy.listValue({ produce }, { omitEmpty: true });
    requiresKonnect(this, teamRules.konnect320);
    this.requiresRegion(props);
  }

  /** Address of the publication, if it is one of the same stack. */
  private publication({ api, team }: PortalTeamRoleProps): string[] {
    const publication = publicationOf(api, team.portal);
    const near = publication && TerraformStack.of(publication) === TerraformStack.of(this);
    return near ? [addressOf(publication.resource)] : [];
  }

  /** At synthesis, because the provider may be created after the role. */
  private requiresRegion({ region, provider }: PortalTeamRoleProps): void {
    checkAtSynthesis(this, () => {
      const known = regionOf(this, provider);
      const isChoice = region && known && !Token.isUnresolved(region.name);
      return [
        isChoice
          ? check('region', new RegionChoice(region.name, known), teamRules.regionOfProvider)
          : check('region', region?.name ?? known ?? null, teamRules.regionKnown),
      ];
    });
  }
}
