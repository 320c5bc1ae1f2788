import type { Entity } from './entity';
import type { KonnectClient } from './konnect-client';
import { text } from './values';

/** Owner of an application in a portal. */
export interface Owner {
  readonly type: string;
  readonly id: string;
}

/** The owner of an application; `undefined` if it has none. */
export function ownerOf({ owner }: Entity): Owner | undefined {
  return (owner ?? undefined) as Owner | undefined;
}

/** E-mail address of a developer or name of a team, or the id when it does not exist. */
export async function ownerName(owner: Owner, portal: string, konnect: KonnectClient): Promise<string> {
  const entity = await konnect.find(`${portal}/${owner.type}s/${owner.id}`);
  return text(entity?.email) || text(entity?.name) || owner.id;
}
