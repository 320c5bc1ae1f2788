import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/*
 * Where a construct was before it was renamed or moved. Paths begin below the stack, since a state
 * knows nothing of the stack's name.
 */

const declared = new WeakMap<IConstruct, readonly string[]>();
const derived = new WeakMap<IConstruct, () => readonly string[]>();

/** Remembers the paths that the construct had, oldest first. */
export function declareFormerPaths(construct: IConstruct, paths: readonly string[]): void {
  declared.set(construct, paths);
}

/** Says which ids the construct had, oldest first, where its id derives from the place of another construct. */
export function derivesItsId(construct: IConstruct, formerIds: () => readonly string[]): void {
  derived.set(construct, formerIds);
}

/** Whether former paths of the construct itself were declared. */
export function hasFormerPaths(construct: IConstruct): boolean {
  return declared.has(construct);
}

/** Ids that the construct had where it is now, or where what it lies in was; oldest first. */
export function formerIdsOf(construct: IConstruct): readonly string[] {
  const { id, scope } = construct.node;
  const homes = scope ? [...formerPathsOf(scope), pathInStack(scope)] : [];
  const ids = formerPathsOf(construct)
    .filter((path) => homes.includes(parentOf(path)))
    .map(nameOf);
  return [...new Set(ids)].filter((each) => each !== id);
}

/** Path of the construct inside of its stack. */
export function pathInStack(construct: IConstruct): string {
  return construct.node.path.slice(TerraformStack.of(construct).node.path.length + 1);
}

/** Every path that the construct had, oldest first: by its own moves and by those of what it lies in. */
export function formerPathsOf(construct: IConstruct): readonly string[] {
  const { id, scope } = construct.node;
  if (!scope || TerraformStack.isStack(construct)) {
    return [];
  }
  const around = formerPathsOf(scope);
  const own = declared.get(construct);
  if (!own) {
    return pathsOfIds(construct, around);
  }
  const [oldest] = own;
  const newest = own[own.length - 1];
  // What lies around it moved first where the construct was at home in the present one, and last where it left its former one.
  const before =
    parentOf(oldest) === pathInStack(scope) ? around.map((path) => join(path, nameOf(oldest))) : [];
  const since = around.indexOf(parentOf(newest));
  const after = since < 0 ? [] : around.slice(since).map((path) => join(path, id));
  // The newest of its own is the first since then where its id has not changed.
  return [...new Set([...before, ...own, ...after])];
}

/**
 * Every place around the construct with every id that it had, but for the present path. Nobody says which of the two
 * changed first, and a state that has none of a step's addresses goes on to the next.
 */
function pathsOfIds(construct: IConstruct, around: readonly string[]): string[] {
  const { id, scope } = construct.node;
  const formerIds = derived.get(construct)?.() ?? [];
  const places = formerIds.length > 0 ? [...around, pathInStack(scope as IConstruct)] : around;
  const present = pathInStack(construct);
  return places
    .flatMap((place) => [...formerIds, id].map((each) => join(place, each)))
    .filter((path) => path !== present);
}

/** The path, stack's name in front, that the construct was created at: what derives from a path derives from this one. */
export function firstPathOf(construct: IConstruct): string {
  const [first] = formerPathsOf(construct);
  return first === undefined ? construct.node.path : join(TerraformStack.of(construct).node.path, first);
}

/** The id that the construct was created with. */
export function firstIdOf(construct: IConstruct): string {
  return nameOf(firstPathOf(construct));
}

function join(path: string, id: string): string {
  return `${path}/${id}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
