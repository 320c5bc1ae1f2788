import {
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
