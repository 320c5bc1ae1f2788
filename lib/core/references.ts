import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import { addressOf, typeOf } from './elements';

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

/** An address in a configuration. */
const ADDRESS = /(?:data\.)?[a-z]\w*\.[\w-]+/g;

/** A value of another stack in a configuration. */
const PASSED_VALUE = /(?<=\bcross-stack-reference-input-)[\w-]+\.outputs\.[\w-]+/g;

/** Ids of the constructs for `import`, `moved` and `removed` blocks. They name resources, but do not use them. */
const BLOCKS = /^okta-dev-portal-oidc\.\w+Blocks$/;

/** Finds what refers to elements of a stack that are not in the tree, in the stack and in the stacks that depend on it. */
export function findReferences(stack: TerraformStack, elements: readonly TerraformElement[]): Reference[] {
  const references = new Map<string, Reference>();
  const add = (element: TerraformElement, target: TerraformElement) => {
    const [from, to] = [ownerOf(element), ownerOf(target)];
    references.set(`${from.node.path}\n${to.node.path}`, { from, to, type: typeOf(target) });
  };
  const targets = new Map(elements.map((each) => [addressOf(each), each]));
  const passed = new Map<string, TerraformElement>();
  for (const element of elementsOf(stack).filter(({ node }) => !BLOCKS.test(node.id))) {
    for (const target of findIn(element, ADDRESS, targets)) {
      if (isCrossStack(element)) {
        passed.set(`${nameOf(stack)}.outputs.${element.friendlyUniqueId}`, target);
      } else {
        add(element, target);
      }
    }
  }
  // Addresses do not contain the name of the stack, so another stack may have the same ones.
  for (const element of dependentsOf(stack).flatMap(elementsOf)) {
    for (const target of findIn(element, PASSED_VALUE, passed)) {
      add(element, target);
    }
  }
  return [...references.values()];
}

/** The name of a stack in references to its outputs. */
function nameOf(stack: TerraformStack): string {
  return stack.node.path.replace(/[^\w-]/g, '');
}

function dependentsOf(stack: TerraformStack): TerraformStack[] {
  const all = stack.node.root.node.findAll();
  return all.filter((each): each is TerraformStack => TerraformStack.isStack(each) && each.dependsOn(stack));
}

function elementsOf(stack: TerraformStack): TerraformElement[] {
  return stack.node
    .findAll()
    .filter(TerraformElement.isTerraformElement)
    .filter((each) => each.cdktfStack === stack);
}

/** The targets that the configuration of an element names. */
function findIn(
  element: TerraformElement,
  pattern: RegExp,
  targets: ReadonlyMap<string, TerraformElement>,
): TerraformElement[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const scope = element.cdktfStack;
  const configuration = Tokenization.resolve(element.toTerraform(), { scope, resolver, preparing: false });
  const names = JSON.stringify(configuration)?.match(pattern) ?? [];
  return names.flatMap((name) => targets.get(name) ?? []);
}

function isCrossStack(element: TerraformElement): boolean {
  return TerraformOutput.isTerraformOutput(element) && element.node.id.startsWith(CROSS_STACK_OUTPUT);
}

/** The construct of this library that an element belongs to. Otherwise the element itself. */
function ownerOf(element: TerraformElement): IConstruct {
  return (
    element.node.scopes.filter((each) => typeof Reflect.get(each, 'release') === 'function').at(-1) ?? element
  );
}
