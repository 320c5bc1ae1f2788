import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { Registry } from './registry';

/*
 * Paths of constructs before they were renamed or moved. They start below the stack: addresses in a state do not
 * contain the stack's name.
 */

/** Whether `Moves.from` declared former paths of the construct itself. */
export function hasFormerPaths(construct: IConstruct): boolean {
  return Registry.of(construct).formerPaths.has(construct);
}

/** Path of the construct inside of its stack. */
export function pathInStack(construct: IConstruct): string {
  return construct.node.path.slice(TerraformStack.of(construct).node.path.length + 1);
}

/** All former paths of the construct, oldest first: its own moves and those of its ancestors. */
export function formerPathsOf(construct: IConstruct): readonly string[] {
  const { id, scope } = construct.node;
  if (!scope || TerraformStack.isStack(construct)) {
    return [];
  }
  const ancestorPaths = formerPathsOf(scope);
  const own = Registry.of(construct).formerPaths.get(construct);
  if (!own) {
    return pathsOfFormerIds(construct, ancestorPaths);
  }
  const [oldest] = own;
  const newest = own[own.length - 1];
  // The ancestors moved first if the construct was in the present one, and last if it left its former one.
  const before =
    parentOf(oldest) === pathInStack(scope) ? ancestorPaths.map((path) => join(path, nameOf(oldest))) : [];
  const since = ancestorPaths.indexOf(parentOf(newest));
  const after = since < 0 ? [] : ancestorPaths.slice(since).map((path) => join(path, id));
  return [...new Set([...before, ...own, ...after])];
}

/** Former ids of the construct in its present parent, oldest first. */
export function formerIdsOf(construct: IConstruct): readonly string[] {
  const { id, scope } = construct.node;
  const parentPaths = scope ? [...formerPathsOf(scope), pathInStack(scope)] : [];
  const ids = formerPathsOf(construct)
    .filter((path) => parentPaths.includes(parentOf(path)))
    .map(nameOf);
  return [...new Set(ids)].filter((each) => each !== id);
}

/** The path that the construct was created at, with the stack. Values that derive from a path derive from this one. */
export function originalPath(construct: IConstruct): string {
  const [first] = formerPathsOf(construct);
  return first === undefined ? construct.node.path : join(TerraformStack.of(construct).node.path, first);
}

/** The id that the construct was created with. */
export function originalId(construct: IConstruct): string {
  return nameOf(originalPath(construct));
}

/**
 * All former parent paths combined with all former ids, except the current path. Which of the two changed first is
 * unknown, and Terraform skips a `moved` block whose address is not in the state.
 */
function pathsOfFormerIds(construct: IConstruct, ancestorPaths: readonly string[]): string[] {
  const { id, scope } = construct.node;
  const derive = Reflect.get(construct, 'formerIds') as (() => readonly string[]) | undefined;
  const formerIds = typeof derive === 'function' ? derive() : [];
  const places = formerIds.length > 0 ? [...ancestorPaths, pathInStack(scope as IConstruct)] : ancestorPaths;
  const current = pathInStack(construct);
  return places
    .flatMap((place) => [...formerIds, id].map((each) => join(place, each)))
    .filter((path) => path !== current);
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
