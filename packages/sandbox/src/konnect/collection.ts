import type { Entity } from '../entity';
import { KonnectError } from './errors';

/** Entities of one type by id, in the order of their creation. */
export class Collection<T extends Entity = Entity> {
  private readonly entities = new Map<string, T>();

  public constructor(
    /** Name of the type in errors. */
    public readonly type: string,
  ) {}

  public all(): T[] {
    return [...this.entities.values()];
  }

  public find(id: string): T | undefined {
    return this.entities.get(id);
  }

  /** @throws KonnectError with status 404 */
  public get(id: string): T {
    const entity = this.entities.get(id);
    if (!entity) {
      throw KonnectError.notFound(this.type, id);
    }
    return entity;
  }

  public put(entity: T): T {
    this.entities.set(entity.id, entity);
    return entity;
  }

  public delete(id: string): void {
    this.get(id);
    this.entities.delete(id);
  }

  public removeWhere(matches: (entity: T) => boolean): void {
    for (const entity of this.all().filter(matches)) {
      this.entities.delete(entity.id);
    }
  }
}
