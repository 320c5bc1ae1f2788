import { type Owner, ownerName } from './application-owner';
import type { Deployment } from './deployment';
import type { Entity } from './entity';
import type { KonnectClient } from './konnect-client';
import { Outcome } from './progress';
import { redeploy } from './redeploy';
import { text } from './values';

/** A private API, and the developer who needs to see it. */
interface PortalAccessOptions {
  readonly konnect: KonnectClient;
  readonly deployment: Deployment;
  readonly portalId: string;
  readonly apiId: string;
  readonly owner: Owner;
}

/**
 * Checks whether a developer sees a private API in the portal. Without RBAC every developer who signs in sees it. With
 * RBAC a team of theirs needs a role for it. Requests to the API do not depend on it.
 */
export async function checkPortalAccess(options: PortalAccessOptions): Promise<Outcome> {
  const { konnect, deployment, portalId, apiId, owner } = options;
  const portal = `v3/portals/${portalId}`;
  if ((await konnect.find(portal))?.rbac_enabled !== true) {
    return Outcome.ok('every developer who signs in sees this private API');
  }
  const teams = await teamsOf(owner, portal, konnect);
  for (const team of teams) {
    const roles = await konnect.list(`${portal}/teams/${team.id}/assigned-roles`);
    if (roles.some(({ entity_id: id }) => id === apiId)) {
      return Outcome.ok(`team ${text(team.name)} sees this private API`);
    }
  }
  const name = await ownerName(owner, portal, konnect);
  return Outcome.warning(
    owner.type === 'team'
      ? `team ${name} has no role for this private API, so its members do not see it in the portal`
      : `${name} is in no team that sees this private API in the portal`,
    ownsAccess(options, teams)
      ? redeploy(owner.type === 'team' ? 'the role' : 'the role of a team and its members')
      : `Grant a team the role API Consumer for it, and add the developer in Konnect: Dev Portal > ${deployment.portalName(portalId)} > Access and approvals > Teams.`,
  );
}

/** Whether the stacks own a role for the API of a team that the owner is or belongs to, in Konnect or in the stacks. */
function ownsAccess(
  { deployment, portalId, apiId, owner }: PortalAccessOptions,
  teams: readonly Entity[],
): boolean {
  const isTeamOfOwner = (teamId: unknown) =>
    teamId === owner.id ||
    teams.some(({ id }) => id === teamId) ||
    deployment.owns(
      'konnect_portal_team_developer',
      (values) => values.team_id === teamId && values.developer_id === owner.id,
    );
  return deployment.owns(
    'konnect_portal_team_role',
    (values) => values.portal_id === portalId && values.entity_id === apiId && isTeamOfOwner(values.team_id),
  );
}

async function teamsOf(owner: Owner, portal: string, konnect: KonnectClient): Promise<Entity[]> {
  if (owner.type === 'team') {
    const team = await konnect.find(`${portal}/teams/${owner.id}`);
    return team ? [team] : [];
  }
  return konnect.list(`${portal}/developers/${owner.id}/teams`);
}
