import { TerraformElement, TerraformModule, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type IConstruct, RootConstruct } from 'constructs';
import { formerPathsOf, hasFormerPaths, pathInStack } from './former-paths';
import { addressOf } from './replacement';
import { type Check, Failures } from './validation';
import { ValidationError } from './validation-error';

/** One step of one resource or module. */
interface Move {
  readonly from: string;
  readonly to: string;
  /** The construct that the former path was declared for. */
  readonly movedWith: IConstruct;
}

/** No user has a construct with this id, and no address contains it. */
const ID = 'okta-dev-portal-oidc.MovedBlocks';

/**
 * Terraform's `moved` blocks of a stack. One element for the whole stack, rendered at synthesis, so that it covers
 * what is added to a construct after its move was declared.
 */
export class MovedBlocks extends TerraformElement {
  /** Makes a stack write the blocks. */
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

  private moves(): Move[] {
    return elementsOf(this.cdktfStack).flatMap((element) => movesOf(element, this.cdktfStack));
  }

  private conflicts(): string[] {
    const addresses = new Set(elementsOf(this.cdktfStack).map((each) => elementAddress(each)));
    const origins = new Set<string>();
    const failures = new Map<IConstruct, Failures>();
    for (const { from, movedWith } of this.moves()) {
      const found = failures.get(movedWith) ?? new Failures(movedWith);
      failures.set(movedWith, found);
      found.addChecks(conflictChecks(from, addresses, origins));
      origins.add(from);
    }
    return [...failures.values()]
      .filter((each) => each.all().length > 0)
      .map((each) => new ValidationError(each.construct, each.all()).message);
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

/** The resources and modules of the stack. */
function elementsOf(stack: TerraformStack): TerraformElement[] {
  const found: TerraformElement[] = [];
  const visit = (construct: IConstruct) => {
    if (TerraformResource.isTerraformResource(construct) || isModule(construct)) {
      found.push(construct);
    }
    for (const child of construct.node.children.filter((each) => !TerraformStack.isStack(each))) {
      visit(child);
    }
  };
  visit(stack);
  return found;
}

/** cdktf has no type guard for modules. */
function isModule(construct: IConstruct): construct is TerraformModule {
  return construct instanceof TerraformModule;
}

/** The steps of a resource or module from its first address to its present one. */
function movesOf(element: TerraformElement, stack: TerraformStack): Move[] {
  const paths = formerPathsOf(element);
  // An overridden logical id does not follow from the path, and cdktf's own moves are complete by themselves.
  const isFixed = element.friendlyUniqueId !== stack.getLogicalId(element);
  const isMovedByCdktf = TerraformResource.isTerraformResource(element) && element.hasResourceMove();
  if (paths.length === 0 || isFixed || isMovedByCdktf) {
    return [];
  }
  const movedWith = element.node.scopes.filter((each) => hasFormerPaths(each)).at(-1) ?? element;
  const addresses = [...paths, pathInStack(element)].map((path) =>
    elementAddress(element, logicalIdAt(stack, path)),
  );
  return addresses
    .slice(1)
    .map((to, index) => ({ from: addresses[index], to, movedWith }))
    .filter(({ from, to }) => from !== to);
}

/** The logical id of an element at the path. */
function logicalIdAt(stack: TerraformStack, path: string): string {
  const [first, ...rest] = path.split('/');
  // A separate tree, because the stack must not grow during synthesis.
  const element = rest.reduce((scope, id) => new Construct(scope, id), new RootConstruct(first));
  return stack.getLogicalId(element.node);
}

function elementAddress(element: TerraformElement, id = element.friendlyUniqueId): string {
  return TerraformResource.isTerraformResource(element)
    ? addressOf(element).replace(element.friendlyUniqueId, id)
    : `module.${id}`;
}
