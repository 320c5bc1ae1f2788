import type { Entity } from '../../entity';
import type { Inventory } from './inventory';

/** Ids of parents, by argument. */
export interface ParentIds {
  readonly [argument: string]: string;
}

/** Why a resource can neither be adopted nor created. */
interface Obstacle {
  readonly detail: string;
  readonly remedy: string;
}

/** How resources of one type are found and imported. */
export interface ResourceType {
  /** Name of the type in messages. */
  readonly label: string;

  /** Arguments that name a resource, each with the path to the same value in the API. */
  readonly names: { readonly [argument: string]: readonly string[] };

  /** Arguments with ids of parents. The path to a nested one has dots. */
  readonly parents: readonly string[];

  /** Arguments with ids of parents that may be left out. */
  readonly optionalParents?: readonly string[];

  /** Aliases that paths accept in place of an id. */
  readonly aliases?: readonly string[];

  /** Lists all entities of this type with these parents. */
  list(inventory: Inventory, parents: ParentIds): Promise<Entity[]>;

  /** Finds an existing entity that prevents the creation of a missing resource. */
  findObstacle?(inventory: Inventory, parents: ParentIds): Promise<Obstacle | undefined>;

  /** Import id, as okta 4.20.0 and konnect 3.19.0 take it. */
  importId(entity: Entity, parents: ParentIds): string;
}
