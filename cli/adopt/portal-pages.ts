import type { Entity, KonnectClient } from '../konnect-client';

/** All pages of a portal, parents first, without their content. Konnect returns them as a tree, without paging. */
export async function listPages(konnect: KonnectClient, portalId: string): Promise<Entity[]> {
  const tree = await konnect.find(`v3/portals/${portalId}/pages`);
  return flatten(tree?.data);
}

function flatten(pages: unknown): Entity[] {
  return Array.isArray(pages) ? pages.flatMap((page: Entity) => [page, ...flatten(page.children)]) : [];
}
