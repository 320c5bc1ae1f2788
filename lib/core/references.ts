import {
  DefaultTokenResolver,
  StringConcat,
  TerraformDataSource,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';

/** A reference to a resource or data source. */
export interface Reference {
  /** The construct that refers. */
  readonly from: IConstruct;

  /** The construct of the resource. */
  readonly to: IConstruct;

  /** Terraform type of the resource. */
  readonly type: string;
}

/** How cdktf names the output that passes a value to another stack. */
const CROSS_STACK_OUTPUT = 'cross-stack-output-';

/** Names in a configuration: addresses, and outputs of other stacks. */
const NAME = /(?:data\.)?[a-z]\w*\.[\w-]+/g;

/**
 * Finds what refers to elements of a stack that are not in the tree, in the stack and in the stacks that depend on it.
 *
 * @param except an element that may name them
 */
export function findReferences(
  stack: TerraformStack,
  elements: readonly TerraformElement[],
  except: TerraformElement,
): Reference[] {
  const targets = new Map(elements.map((each) => [addressOf(each), each]));
  const references = new Map<string, Reference>();
  const search = (element: TerraformElement) => {
    for (const name of namesIn(element)) {
      const target = targets.get(name);
      if (target && TerraformOutput.isTerraformOutput(element) && isCrossStack(element)) {
        targets.set(`outputs.${element.friendlyUniqueId}`, target);
      } else if (target) {
        const [from, to] = [ownerOf(element), ownerOf(target)];
        references.set(`${from.node.path}\n${to.node.path}`, { from, to, type: typeOf(target) });
      }
    }
  };
  elementsOf(stack)
    .filter((each) => each !== except)
    .forEach(search);
  stack.node.root.node
    .findAll()
    .filter((each): each is TerraformStack => TerraformStack.isStack(each) && each.dependsOn(stack))
    .flatMap(elementsOf)
    .forEach(search);
  return [...references.values()];
}

function elementsOf(stack: TerraformStack): TerraformElement[] {
  return stack.node
    .findAll()
    .filter(TerraformElement.isTerraformElement)
    .filter((each) => each.cdktfStack === stack);
}

function namesIn(element: TerraformElement): string[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const scope = element.cdktfStack;
  const configuration = Tokenization.resolve(element.toTerraform(), { scope, resolver, preparing: false });
  return JSON.stringify(configuration)?.match(NAME) ?? [];
}

function isCrossStack(output: TerraformOutput): boolean {
  return output.node.id.startsWith(CROSS_STACK_OUTPUT);
}

function addressOf(element: TerraformElement): string {
  const prefix = TerraformDataSource.isTerraformDataSource(element) ? 'data.' : '';
  return `${prefix}${typeOf(element)}.${element.friendlyUniqueId}`;
}

function typeOf(element: TerraformElement): string {
  return Reflect.get(element, 'terraformResourceType') ?? 'module';
}

/** The construct that an element belongs to; the element itself if it is directly in the stack. */
function ownerOf(element: TerraformElement): IConstruct {
  const owner = element.node.scopes.filter((each) => !TerraformElement.isTerraformElement(each)).at(-1);
  return owner === undefined || TerraformStack.isStack(owner) ? element : owner;
}
