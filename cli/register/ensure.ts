import type { Entity } from '../konnect-client';

/** An entity that is there now, or would be. */
export interface Ensured {
  readonly entity?: Entity;
  readonly created: boolean;
}

/**
 * Looks for an entity and creates it; when the creation fails, it may be there nevertheless.
 *
 * @param create does nothing else that may fail: what it throws does not count once the entity is there
 */
export async function ensure(
  find: () => Promise<Entity | undefined>,
  create: () => Promise<Entity>,
  dryRun: boolean,
): Promise<Ensured> {
  const found = await find();
  if (found || dryRun) {
    return { entity: found, created: !found };
  }
  try {
    return { entity: await create(), created: true };
  } catch (error) {
    const entity = await find().catch(() => undefined);
    if (!entity) {
      throw error;
    }
    return { entity, created: true };
  }
}
