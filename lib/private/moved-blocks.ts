import { TerraformElement, TerraformModule, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type IConstruct, RootConstruct } from 'constructs';
import { ValidationError, type ValidationFailure } from '../errors';
import { Occurrence } from '../rules';
import { moveRules } from '../rules-moves';
import { check } from '../validation';
import { formerPathsOf, hasFormerPaths, pathInStack } from './former-paths';

/** One step of one resource or module. */
interface Move {
  readonly from: string;
  readonly to: string;
  /** The construct that it moved with. */
  readonly movedWith: IConstruct;
}

/** Nobody calls a construct of his own like this, and no address holds it. */
const ID = 'okta-dev-portal-oidc.MovedBlocks';

const writers = new WeakMap<TerraformStack, MovedBlocks>();

/**
 * Terraform's `moved` blocks for everything in a stack that has moved.
 *
 * Made when the stack is synthesized, so that it does not matter what is added to a construct after
 * its move was declared. One element for the whole stack.
 */
export class MovedBlocks extends TerraformElement {
  /** Makes a stack write the blocks. */
  public static ensure(stack: TerraformStack): void {
    writers.set(stack, writers.get(stack) ?? new MovedBlocks(stack, ID));
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.conflicts() });
  }

  public override toTerraform(): object {
    const moved = this.moves().map(({ from, to }) => ({ from, to }));
    return moved.length > 0 ? { moved } : {};
  }

  private moves(): Move[] {
    return elementsOf(this.cdktfStack).flatMap((element) => movesOf(element, this.cdktfStack));
  }

  private conflicts(): string[] {
    const addresses = new Set(elementsOf(this.cdktfStack).map((element) => addressOf(element)));
    const origins = new Set<string>();
    const failures = new Map<IConstruct, ValidationFailure[]>();
    for (const { from, movedWith } of this.moves()) {
      const found = [
        check('formerPaths', new Occurrence(from, addresses.has(from)), moveRules.formerAddressFree),
        check('formerPaths', new Occurrence(from, origins.has(from)), moveRules.formerAddressOfOne),
      ].flatMap((each) => each.failure() ?? []);
      origins.add(from);
      if (found.length > 0) {
        failures.set(movedWith, [...(failures.get(movedWith) ?? []), ...found]);
      }
    }
    return [...failures].map(([construct, each]) => new ValidationError(construct, each).message);
  }
}

/** What has an address in the state of the stack. */
function elementsOf(stack: TerraformStack): TerraformElement[] {
  const found: TerraformElement[] = [];
  const visit = (construct: IConstruct) => {
    if (TerraformResource.isTerraformResource(construct) || construct instanceof TerraformModule) {
      found.push(construct);
    }
    for (const child of construct.node.children.filter((each) => !TerraformStack.isStack(each))) {
      visit(child);
    }
  };
  visit(stack);
  return found;
}

/** The steps from the first address of a resource or module to its present one. */
function movesOf(element: TerraformElement, stack: TerraformStack): Move[] {
  const paths = formerPathsOf(element);
  // An id that was set by hand does not follow from the path, and whoever uses cdktf's own moves has said it all.
  const stays = element.friendlyUniqueId !== stack.getLogicalId(element);
  if (paths.length === 0 || stays || (element instanceof TerraformResource && element.hasResourceMove())) {
    return [];
  }
  const movedWith = element.node.scopes.filter((each) => hasFormerPaths(each)).at(-1) ?? element;
  const addresses = [...paths, pathInStack(element)].map((path) => addressOf(element, idAt(stack, path)));
  return addresses
    .slice(1)
    .map((to, index) => ({ from: addresses[index], to, movedWith }))
    .filter(({ from, to }) => from !== to);
}

/** The logical id that the stack would give to an element at the path. */
function idAt(stack: TerraformStack, path: string): string {
  const [first, ...rest] = path.split('/');
  // A tree of its own, because that of the stack must not grow while it is synthesized.
  const element = rest.reduce((scope, id) => new Construct(scope, id), new RootConstruct(first));
  return stack.getLogicalId(element.node);
}

function addressOf(element: TerraformElement, id = element.friendlyUniqueId): string {
  const type = TerraformResource.isTerraformResource(element) ? element.terraformResourceType : 'module';
  return `${type}.${id}`;
}
