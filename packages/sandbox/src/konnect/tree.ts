import type { Body, Entity } from '../entity';
import type { Collection } from './collection';
import { KonnectError } from './errors';
import { withoutParents } from './model';

/** Entities below other ones of their owner: pages of a portal, documents of an API. */
export class Tree<T extends Entity> {
  public constructor(
    private readonly collection: Collection<T>,
    /** Field with the id of the entity above. */
    private readonly parentField: string,
    /** What the entities belong to, in errors. */
    private readonly owner: string,
  ) {}

  /** Entities without their content, each with those below it. One whose parent is not selected is a root. */
  public answer(entities: readonly T[]): Body[] {
    const branch = (found: T): Body => {
      const { content: _, ...entity } = withoutParents(found);
      const children = entities.filter((each) => this.parentOf(each) === found.id);
      return { ...entity, children: children.map(branch) };
    };
    const isRoot = (entity: T) => !entities.some(({ id }) => id === this.parentOf(entity));
    return entities.filter(isRoot).map(branch);
  }

  /** Deletes an entity with those below it. */
  public delete(id: string): void {
    this.collection.delete(id);
    for (const child of this.collection.all().filter((each) => this.parentOf(each) === id)) {
      this.delete(child.id);
    }
  }

  /**
   * Checks the place of an entity.
   *
   * @param all entities of its owner
   * @param id of the entity, if it exists
   * @throws KonnectError if the parent is not one of the owner, is below the entity, or has one with the same slug
   */
  public check(all: readonly T[], body: Body, id?: string): void {
    const { type } = this.collection;
    const parent = this.parentOf(body);
    if (parent !== null && !all.some((each) => each.id === parent)) {
      throw KonnectError.invalid(this.parentField, `names no ${type.toLowerCase()} of the ${this.owner}`);
    }
    if (parent !== null && this.isBelow(String(parent), id)) {
      throw KonnectError.invalid(
        this.parentField,
        `must not be the ${type.toLowerCase()} itself or a ${type.toLowerCase()} below it`,
      );
    }
    const siblings = all.filter((each) => each.id !== id && this.parentOf(each) === parent);
    if (siblings.some(({ slug }) => slug === body.slug)) {
      throw KonnectError.conflict(`${type} ${body.slug} already exists`);
    }
  }

  private parentOf(body: Body): unknown {
    return body[this.parentField] ?? null;
  }

  /** Whether an entity is another one or below it. */
  private isBelow(id: string, other: string | undefined): boolean {
    const found = this.collection.find(id);
    const parent = found ? this.parentOf(found) : null;
    return id === other || (parent !== null && this.isBelow(String(parent), other));
  }
}
