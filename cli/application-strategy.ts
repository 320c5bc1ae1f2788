import { type Entity, fieldOf } from './entity';
import type { KonnectClient } from './konnect-client';

/** Id of the auth strategy of an application in a portal. */
export function strategyIdOf(application: Entity): string {
  return String(fieldOf(application, 'auth_strategy', 'id'));
}

/** Those of the applications whose strategy no API on the portal uses any more: their requests get 403. */
export async function findOutdated(
  applications: readonly Entity[],
  portalId: string,
  konnect: KonnectClient,
): Promise<Entity[]> {
  if (applications.length === 0) {
    return [];
  }
  const published = await konnect.list(`v3/api-publications?filter[portal_id][eq]=${portalId}`);
  const used = new Set(published.flatMap(({ auth_strategy_ids: ids }) => (ids ?? []) as string[]));
  return applications.filter((each) => !used.has(strategyIdOf(each)));
}
