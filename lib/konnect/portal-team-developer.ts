import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { propsSpec, validateProps } from '../core/props-spec';
import {
  areDifferent,
  KONNECT_RESOURCE_PROPS,
  KonnectConstruct,
  type ResourceProps,
} from '../core/provider-construct';
import { requireKonnectVersion } from '../core/provider-versions';
import { EntryKind, identityKey, Registry } from '../core/registry';
import { construct } from '../core/specs';
import { LaterResource, type LaterResourceConfig } from './later-resource';
import type { IPortalDeveloper } from './portal-developer';
import type { IPortalTeam } from './portal-team';

/** Options of `addDeveloper`. */
export interface PortalTeamDeveloperOptions extends ResourceProps {
  /** Developer who joins the team. */
  readonly developer: IPortalDeveloper;
}

/** Properties of `PortalTeamDeveloper`. */
export interface PortalTeamDeveloperProps extends PortalTeamDeveloperOptions {
  /** Team of the portal. */
  readonly team: IPortalTeam;
}

export const PORTAL_TEAM_DEVELOPER = propsSpec<PortalTeamDeveloperProps>({
  ...KONNECT_RESOURCE_PROPS.fields,
  team: construct('teamId').required(),
  developer: construct('developerId').required(),
});

const DEVELOPER_OF_TEAM = new EntryKind<PortalTeamDeveloper>('developer of a team');

/**
 * A developer in a team.
 *
 * Needs konnect 3.24. The provider does not read the membership back: Terraform does not notice if somebody takes the
 * developer out of the team in Konnect.
 *
 * @throws ValidationError if the developer is in the team already, or of another portal. At synthesis, if the stack
 * accepts konnect before 3.24
 */
export class PortalTeamDeveloper extends KonnectConstruct {
  /** The underlying resource (escape hatch). */
  public readonly resource: TerraformResource;

  public constructor(scope: Construct, id: string, props: PortalTeamDeveloperProps) {
    super(scope, id, props);
    const registry = Registry.of(this);
    validateProps(this, props, PORTAL_TEAM_DEVELOPER, () => [
      {
        prop: 'developer',
        value: props.developer.node.path,
        isValid: registry.find(DEVELOPER_OF_TEAM, keyOf(props)) === undefined,
        rule: 'must not be in the team twice (Konnect)',
        remedy: 'Remove the second one',
      },
      {
        prop: 'developer',
        value: `${props.developer.portal.node.path}, and ${props.team.portal.node.path} of the team`,
        isValid: !areDifferent(props.team.portal, props.developer.portal, ({ portalId }) => portalId),
        rule: 'must be of the portal of the team (Konnect)',
        remedy: 'Use a developer and a team of one portal',
      },
    ]);
    registry.add(DEVELOPER_OF_TEAM, keyOf(props), this);
    const { team, developer } = props;
    const config = this._resourceConfig<LaterResourceConfig>({
      attributes: {
        portal_id: team.portal.portalId,
        team_id: team.teamId,
        developer_id: developer.developerId,
      },
    });
    this.resource = new LaterResource(this, 'Resource', 'konnect_portal_team_developer', config);
    requireKonnectVersion(this, '3.24.0', 'developers of portal teams');
  }
}

function keyOf({ team, developer }: PortalTeamDeveloperProps): string {
  return `${identityKey(team.teamId, team)}\n${identityKey(developer.developerId, developer)}`;
}
