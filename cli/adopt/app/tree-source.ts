import { type Entity, textOf } from '../../entity';
import { type AppSource, constructId } from './app-source';
import type { Code } from './code';

/** Entities of a tree: pages of a portal, or documents of an API. */
interface TreeSource {
  /** Ending of names of variables. */
  readonly kind: string;

  /** Method of the owner and of each entity that adds one. */
  readonly method: string;

  /** Variable of the owner. */
  readonly owner: string;

  /** Parents first. */
  readonly entities: readonly Entity[];

  /** Field with the id of the entity above. */
  readonly parentField: string;

  /** An entity that exists already, and its code. */
  readonly root?: { readonly id: string; readonly code: string };

  /** Construct ids that are in use. */
  readonly ids: Set<string>;

  props(entity: Entity): Code;
}

/** Adds the entities of a tree, each with a call of the one above it or of the owner. */
export function addTree(source: AppSource, tree: TreeSource): void {
  const { kind, method, owner, entities, parentField, root, ids } = tree;
  const codes = new Map<unknown, string>(root ? [[root.id, root.code]] : []);
  for (const entity of entities) {
    const slug = textOf(entity, 'slug');
    const parent = codes.get(entity[parentField]) ?? owner;
    const isParent = entities.some((each) => each[parentField] === entity.id);
    const variable = isParent ? source.variable(slug, kind) : '';
    const declaration = isParent ? `const ${variable} = ` : '';
    source.call(`${declaration}${parent}.${method}('${constructId(ids, slug, kind)}', `, tree.props(entity));
    // What is below an optional parent is optional.
    codes.set(entity.id, parent.endsWith('?') ? `${variable}?` : variable);
  }
}
