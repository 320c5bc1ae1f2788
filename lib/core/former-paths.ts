import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type IConstruct, RootConstruct } from 'constructs';
import { addressOf, elementsIn, pathInStack } from './elements';
import { Registry } from './registry';
import { hclReference } from './terraform-text';
import type { Check } from './validation';

/*
 * Paths of constructs before they were renamed or moved. They start below the stack: addresses in a state do not
 * contain the stack's name.
 */

/** Whether `Moves.from` declared former paths of the construct itself. */
export function hasFormerPaths(construct: IConstruct): boolean {
  return Registry.of(construct).formerPaths.has(construct);
}

/** All former paths of the construct by its moves and its ancestors' moves, oldest first. */
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
  // If the oldest parent path is the current parent, the ancestors moved before the construct. Otherwise they moved
  // after it left its former parent.
  const before =
    parentOf(oldest) === pathInStack(scope) ? ancestorPaths.map((path) => join(path, nameOf(oldest))) : [];
  const since = ancestorPaths.indexOf(parentOf(newest));
  const after = since < 0 ? [] : ancestorPaths.slice(since).map((path) => join(path, id));
  return [...new Set([...before, ...own, ...after])];
}

/** Former ids of the construct in its current parent, oldest first. */
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
  const derive = Reflect.get(construct, '_formerIds') as (() => readonly string[]) | undefined;
  const formerIds = typeof derive === 'function' ? derive() : [];
  const parentPaths =
    formerIds.length > 0 ? [...ancestorPaths, pathInStack(scope as IConstruct)] : ancestorPaths;
  const current = pathInStack(construct);
  return parentPaths
    .flatMap((parent) => [...formerIds, id].map((each) => join(parent, each)))
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

/** One step of one resource or module. */
interface Move {
  readonly from: string;
  readonly to: string;
  /** The construct that the former path was declared for. */
  readonly movedWith: IConstruct;
}

/** Id of the construct. The prefix avoids clashes with ids of apps. No address contains it. */
const ID = 'okta-dev-portal-oidc.MovedBlocks';

/**
 * Terraform's `moved` blocks of a stack. One element for the whole stack, rendered at synthesis, so that it covers
 * children that are added after the move was declared.
 */
export class MovedBlocks extends TerraformElement {
  /** Adds the blocks to a stack unless it has them. */
  public static ensure(stack: TerraformStack): void {
    if (!stack.node.tryFindChild(ID)) {
      new MovedBlocks(stack, ID);
    }
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.conflicts() });
  }

  public override toTerraform(): object {
    const moved = this.moves().map(({ from, to }) => ({ from, to }));
    return moved.length > 0 ? { moved } : {};
  }

  public override toHclTerraform(): object {
    const moved = this.moves().map(({ from, to }) => ({ from: hclReference(from), to: hclReference(to) }));
    return moved.length > 0 ? { moved } : {};
  }

  private moves(): Move[] {
    return elementsIn(this.cdktfStack).flatMap((element) => movesOf(element, this.cdktfStack));
  }

  private conflicts(): string[] {
    const addresses = new Set(elementsIn(this.cdktfStack).map((each) => addressOf(each)));
    const origins = new Set<string>();
    const checks = this.moves().flatMap(({ from, movedWith }) => {
      const found = conflictChecks(from, addresses, origins);
      origins.add(from);
      return found.map((check) => [movedWith, check] as const);
    });
    return Registry.of(this).formatChecks(checks);
  }
}

function conflictChecks(from: string, addresses: Set<string>, origins: Set<string>): Check[] {
  return [
    {
      prop: 'formerPaths',
      value: from,
      isValid: !addresses.has(from),
      rule: 'must not be the address of a resource that the stack still has (Terraform)',
      remedy: 'Give the construct that took over the path another id, or remove the call if nothing moved',
    },
    {
      prop: 'formerPaths',
      value: from,
      isValid: !origins.has(from),
      rule: 'must be the former path of one resource only (Terraform)',
      remedy: 'Declare each former path for one construct',
    },
  ];
}

/** The addresses that a resource or module had, oldest first, and its current one. */
export function addressesOf(element: TerraformElement, stack: TerraformStack): string[] {
  const paths = formerPathsOf(element);
  // An overridden logical id does not follow from the path, and cdktf's own moves are complete by themselves.
  const isFixed = element.friendlyUniqueId !== stack.getLogicalId(element);
  const isMovedByCdktf = TerraformResource.isTerraformResource(element) && element.hasResourceMove();
  if (paths.length === 0 || isFixed || isMovedByCdktf) {
    return [addressOf(element)];
  }
  return [...paths, pathInStack(element)].map((path) => addressOf(element, logicalIdAt(stack, path)));
}

/** The steps of a resource or module from its first address to its current one. */
function movesOf(element: TerraformElement, stack: TerraformStack): Move[] {
  const addresses = addressesOf(element, stack);
  if (addresses.length === 1) {
    return [];
  }
  const movedWith = element.node.scopes.filter((each) => hasFormerPaths(each)).at(-1) ?? element;
  return addresses
    .slice(1)
    .map((to, index) => ({ from: addresses[index], to, movedWith }))
    .filter(({ from, to }) => from !== to);
}

/** The logical id of an element at the path. */
export function logicalIdAt(stack: TerraformStack, path: string): string {
  const [first, ...rest] = path.split('/');
  // A separate tree, because the stack must not grow during synthesis.
  const element = rest.reduce((scope, id) => new Construct(scope, id), new RootConstruct(first));
  return stack.getLogicalId(element.node);
}
