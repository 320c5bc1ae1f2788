import { Lazy, type TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { createsResources } from './adoptions';
import { TerraformData } from './terraform-data';

/*
 * Why this file exists: both providers update a child in place when the id of its parent
 * changes, which asks the new parent for a child that it does not have (Okta: 404) or leaves
 * the old one behind (a Konnect publication). Such a child has to be replaced instead.
 */

const managed = new WeakMap<IConstruct, TerraformResource>();
const constant = new WeakSet<IConstruct>();
const identities = new WeakMap<IConstruct, string[]>();

/** Says that the construct stands for a resource that its own stack manages. */
export function managesResource(construct: IConstruct, resource: TerraformResource): void {
  managed.set(construct, resource);
}

/** Whether the construct stands for a resource that its own stack manages. */
export function isManaged(construct: IConstruct): boolean {
  return managed.has(construct);
}

/** Says that the id of what the construct stands for is the same in every tenant, for ever. */
export function hasConstantId(construct: IConstruct): void {
  constant.add(construct);
}

/** What `child` is replaced by when `parent` turns into another one; for `lifecycle.replaceTriggeredBy`. */
export function replacedWithParent(
  child: Construct,
  parent: IConstruct,
  parentId: string,
): string[] | undefined {
  if (constant.has(parent)) {
    return undefined;
  }
  if (TerraformStack.of(child) !== TerraformStack.of(parent)) {
    return replacedWhenChanged(child, 'ParentId', { parentId });
  }
  const resource = managed.get(parent);
  if (resource) {
    return replacedWithResource(resource);
  }
  const known = identities.get(parent);
  if (known) {
    return known;
  }
  const triggers = replacedWhenChanged(parent, 'Id', { id: parentId });
  identities.set(parent, triggers);
  return triggers;
}

/**
 * Triggers that fire when one of the ids changes, wherever the ids come from.
 *
 * The built-in `terraform_data` remembers the ids. Comparing ids, not addresses, keeps a parent
 * that is only renamed or moved in the code from taking its children down.
 */
export function replacedWhenChanged(
  scope: IConstruct,
  id: string,
  ids: { readonly [name: string]: string },
): string[] {
  const memory = new Memory(scope as Construct, id, ids);
  return Lazy.listValue({ produce: () => (createsResources(scope) ? [addressOf(memory)] : undefined) });
}

/** A stack that adopts what exists adds nothing, this memory neither; it comes with the next deployment. */
class Memory extends TerraformData {
  public override toTerraform(): object {
    return createsResources(this) ? super.toTerraform() : {};
  }
}

/** Replaces a child whenever the resource is replaced. */
export function replacedWithResource(resource: TerraformResource): string[] {
  return [addressOf(resource, '.id')];
}

/** Terraform takes a bare address here, no `${}`. */
export function addressOf(resource: TerraformResource, attribute = ''): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}${attribute}`;
}
