import { type Owner, ownerName } from './application-owner';
import type { Entity } from './entity';
import type { KonnectClient } from './konnect-client';
import { Outcome } from './progress';
import { text } from './values';

/** A private API, and the developer who needs to see it. */
interface PortalAccessOptions {
  readonly konnect: KonnectClient;
  readonly portalId: string;
  readonly portalName: string;
  readonly apiId: string;
  readonly owner: Owner;
}

/**
 * Checks whether a developer sees a private API in the portal. Without RBAC every developer who signs in sees it. With
 * RBAC a team of theirs needs a role for it. Requests to the API do not depend on it.
 */
export async function checkPortalAccess(options: PortalAccessOptions): Promise<Outcome> {
  const { konnect, portalId, portalName, apiId, owner } = options;
  const portal = `v3/portals/${portalId}`;
  if ((await konnect.find(portal))?.rbac_enabled !== true) {
    return Outcome.ok('every developer who signs in sees this private API');
  }
  for (const team of await teamsOf(owner, portal, konnect)) {
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
    `Grant a team a role for it with grantConsumer, and add the developer in Konnect: Dev Portal > ${portalName} > Access and approvals > Teams.`,
  );
}

async function teamsOf(owner: Owner, portal: string, konnect: KonnectClient): Promise<Entity[]> {
  if (owner.type === 'team') {
    const team = await konnect.find(`${portal}/teams/${owner.id}`);
    return team ? [team] : [];
  }
  return konnect.list(`${portal}/developers/${owner.id}/teams`);
}
