import type { Entity } from '../entity';

/** An entity that exists now, or would exist after a run without `--dry-run`. */
export interface Ensured {
  readonly entity?: Entity;
  readonly created: boolean;
}

/**
 * Finds an entity or creates it. Looks again when the creation fails, because it may have succeeded.
 *
 * @param create must do nothing that can fail after the creation: its errors are dropped when the entity exists
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
