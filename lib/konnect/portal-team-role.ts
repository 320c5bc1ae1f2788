import { Lazy, type TerraformResource, TerraformStack, Token } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { createAfter, pathInStack } from '../core/elements';
import { formerPathsOf } from '../core/former-paths';
import { propsSpec, validateArgument, validateProps } from '../core/props-spec';
import {
  addSynthesisCheck,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ResourceProps,
} from '../core/provider-construct';
import { requireKonnectVersion } from '../core/provider-versions';
import { findProvider, regionOf } from '../core/providers';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { construct, enumLike } from '../core/specs';
import { escapeTemplates } from '../core/terraform-text';
import { encodeId, isToken } from '../core/tokens';
import { requireValid } from '../core/validation';
import type { IApi } from './api';
import { findPublication } from './api-publication';
import { LaterResource, type LaterResourceConfig } from './later-resource';
import { type IPortalTeam, type KonnectRegion, REGION } from './portal-team';

/** Konnect's name of the entity type of APIs. */
const API_ENTITY_TYPE = 'Services';

/** Role of a team of developers for an API. */
export class PortalRole {
  /** Sees the API and its documentation. */
  public static readonly API_VIEWER = new PortalRole('API Viewer');

  /** Registers applications for the API and calls it. */
  public static readonly API_CONSUMER = new PortalRole('API Consumer');

  /** A role that this class does not list. */
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
  /** Team that gets the role. */
  readonly team: IPortalTeam;

  /** What the team may do. */
  readonly role: PortalRole;

  /** API of the role. */
  readonly api: IApi;

  /**
   * Region of the API.
   *
   * @default - the region of the konnect provider's `serverUrl`
   */
  readonly region?: KonnectRegion;
}

export const ROLE = enumLike().check({
  rule: 'must have a name',
  remedy: 'Use a member of PortalRole, or PortalRole.custom with the name in Konnect',
  isValid: (role) => (role as PortalRole).name.trim() !== '',
});

export const PORTAL_TEAM_ROLE = propsSpec<PortalTeamRoleProps>({
  ...KONNECT_RESOURCE_PROPS.fields,
  team: construct('teamId').required(),
  role: ROLE.required(),
  api: construct('apiId').required(),
  region: REGION,
});

const ROLE_OF_TEAM = new EntryKind<PortalTeamRole>('role of a team');

/**
 * A role of a team of developers for one API.
 *
 * Needs konnect 3.20. The provider does not read the role back: Terraform does not notice if it is removed in Konnect.
 *
 * @throws ValidationError for a role without name or an invalid region. At synthesis, if the stack accepts konnect
 * before 3.20, or the region is unknown or differs from the provider's
 */
export class PortalTeamRole extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: TerraformResource;

  public constructor(scope: Construct, id: string, props: PortalTeamRoleProps) {
    super(scope, id, props);
    validateProps(this, props, PORTAL_TEAM_ROLE);
    const { team, api, role } = props;
    const config = this._resourceConfig<LaterResourceConfig>({
      attributes: {
        portal_id: team.portal.portalId,
        team_id: team.teamId,
        role_name: role.name,
        entity_id: api.apiId,
        entity_type_name: API_ENTITY_TYPE,
        entity_region: Lazy.stringValue({
          produce: () => escapeTemplates(props.region?.name ?? this.providerRegion),
        }),
      },
    });
    this.resource = new LaterResource(this, 'Resource', 'konnect_portal_team_role', config);
    // Konnect has roles only for APIs on the portal, and the API may be published after the role was granted.
    createAfter(this.resource, () => [findPublication(api, team.portal)?.resource]);
    requireKonnectVersion(this, '3.20.0', 'roles of portal teams');
    this.requireRegion(props.region);
  }

  private get providerRegion(): string | undefined {
    return regionOf(findProvider(this, 'konnect', this.provider));
  }

  /** Checked at synthesis, because the provider may be created after the role. */
  private requireRegion(region: KonnectRegion | undefined): void {
    addSynthesisCheck(this, () => {
      const known = this.providerRegion;
      return [
        {
          prop: 'region',
          value: region?.name ?? null,
          isValid: (region?.name ?? known ?? '') !== '',
          rule: 'is required: a role names the region of its API (Konnect)',
          remedy: 'Set serverUrl of the konnect provider to the URL of a region, or region of the team',
        },
        {
          prop: 'region',
          value: `${region?.name}, and ${known} in serverUrl`,
          isValid: !region || !known || isToken(region.name) || region.name === known,
          rule: 'must be the region in serverUrl of the konnect provider: API and team are both in it (Konnect)',
          remedy: 'Remove region, or set serverUrl to the URL of that region',
        },
      ];
    });
  }
}

/**
 * Grants a team a role for an API, below the team.
 *
 * @throws ValidationError if the team has the role already
 */
export function grantRole(api: IApi, team: IPortalTeam, role: PortalRole): PortalTeamRole {
  validateArgument(api, 'team', team, construct('teamId'));
  validateArgument(api, 'role', role, ROLE);
  const registry = Registry.of(api);
  const key = [identityKey(team.teamId, team), role.name, identityKey(api.apiId, api)].join('\n');
  requireValid(api, {
    prop: 'team, role',
    value: `${role.name} for ${team.node.path}`,
    isValid: registry.find(ROLE_OF_TEAM, key) === undefined,
    rule: 'must not be granted twice (Konnect)',
    remedy: 'Remove the second grant',
  });
  const prefix = Token.isUnresolved(role.name) ? 'Role' : role.name;
  const idFor = (path: string) => encodeId(prefix, pathFrom(team, api, path), 0);
  const { provider, region } = team;
  const granted = new PortalTeamRole(team as IConstruct as Construct, idFor(pathInStack(api)), {
    team,
    role,
    api,
    provider,
    region,
  });
  registry.add(ROLE_OF_TEAM, key, granted);
  granted._deriveFormerIds(() => formerPathsOf(api).map(idFor));
  return granted;
}

/** Path of an API for the id of a role. Without the stack if both are in one: a stack may be renamed. */
function pathFrom(team: IPortalTeam, api: IApi, path: string): string {
  const whole = `${TerraformStack.of(api).node.path}/${path}`;
  const prefix = `${TerraformStack.of(team).node.path}/`;
  return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
}
