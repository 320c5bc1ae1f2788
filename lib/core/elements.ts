import {
  Lazy,
  TerraformDataSource,
  type TerraformElement,
  TerraformModule,
  TerraformResource,
  TerraformStack,
} from 'cdktf';
import type { IConstruct } from 'constructs';

/** Whether two constructs are in one stack. */
export function isInSameStack(one: IConstruct, other: IConstruct): boolean {
  return TerraformStack.of(one) === TerraformStack.of(other);
}

/** Path of the construct inside of its stack. */
export function pathInStack(construct: IConstruct): string {
  return construct.node.path.slice(TerraformStack.of(construct).node.path.length + 1);
}

/** Whether a construct was taken out of the tree, alone or with a parent, so that it is not synthesized. */
export function isDetached(construct: IConstruct): boolean {
  return construct.node.scopes.some(
    ({ node }) => node.scope !== undefined && node.scope.node.tryFindChild(node.id)?.node !== node,
  );
}

/** The resources and modules in a construct, except those of nested stacks. */
export function elementsIn(root: IConstruct): TerraformElement[] {
  const children = root.node.children.filter((each) => !TerraformStack.isStack(each)).flatMap(elementsIn);
  // cdktf has no type guard for modules.
  const isElement = TerraformResource.isTerraformResource(root) || root instanceof TerraformModule;
  return isElement ? [root, ...children] : children;
}

/** Terraform type of a resource or data source, `module` for a module. */
export function typeOf(element: TerraformElement): string {
  return Reflect.get(element, 'terraformResourceType') ?? 'module';
}

/** Address of a resource, data source or module. Terraform takes it in meta-arguments without `${}`. */
export function addressOf(element: TerraformElement, id = element.friendlyUniqueId): string {
  const prefix = TerraformDataSource.isTerraformDataSource(element) ? 'data.' : '';
  return `${prefix}${typeOf(element)}.${id}`;
}

/**
 * Creates a resource after others of its stack, where no attribute references them. Call it once for a resource.
 *
 * @param others evaluated at synthesis, because they may be created or released later. A released one exists already
 */
export function createAfter(
  resource: TerraformResource,
  others: () => readonly (TerraformResource | undefined)[],
): void {
  const explicit = resource.dependsOn ?? [];
  const produce = () => [
    ...explicit,
    ...others().flatMap((each) => (each && isHere(each, resource) ? [addressOf(each)] : [])),
  ];
  resource.dependsOn = Lazy.listValue({ produce }, { omitEmpty: true });
}

/** The last construct before `construct` in a list that is in its stack and not released. */
export function findPrevious<T extends IConstruct>(list: readonly T[], construct: T): T | undefined {
  const earlier = list.slice(0, list.indexOf(construct));
  return earlier.filter((each) => isHere(each, construct)).at(-1);
}

function isHere(construct: IConstruct, other: IConstruct): boolean {
  return !isDetached(construct) && isInSameStack(construct, other);
}
