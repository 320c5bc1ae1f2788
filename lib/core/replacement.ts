import { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { addressOf, isInSameStack } from './elements';
import { Registry } from './registry';
import { escapeTemplates, referenceList } from './terraform-text';

/*
 * When a resource gets another parent, both providers update the child in place: Okta answers 404, and Konnect keeps
 * the old publication. Such a child has to be replaced.
 *
 * `replace_triggered_by` with the parent's address does not fire when the reference moves to another parent, nor with a
 * resource that the same plan creates. So every child has a trigger from the start, for every kind of parent: created,
 * looked up or imported.
 */

/**
 * Triggers that replace `child` when it gets another parent, for `lifecycle.replaceTriggeredBy`.
 *
 * @param others resources of the stack whose replacement replaces `child` too
 */
export function replaceTriggers(
  child: Construct,
  parent: IConstruct,
  parentId: string,
  ...others: readonly TerraformResource[]
): string[] {
  const isInside = child.node.scopes.includes(parent) && isInSameStack(child, parent);
  return isInside
    ? replaceTriggersOfIds(parent, 'Id', { id: parentId }, others)
    : replaceTriggersOfIds(child, 'ParentId', { parentId }, others);
}

/**
 * Triggers that replace an entity of a tree when the owner of the tree or the entity above it becomes another one: an
 * entity is deleted with the one above it.
 *
 * @param above id of the entity above, `undefined` at the top
 */
export function replaceTriggersInTree(
  child: Construct,
  owner: IConstruct,
  ownerId: string,
  above: { readonly [name: string]: string } | undefined,
): string[] {
  return above
    ? replaceTriggersOfIds(child, 'ParentId', { parentId: ownerId, ...above })
    : replaceTriggers(child, owner, ownerId);
}

/**
 * Triggers that fire when one of the ids changes.
 *
 * They compare ids, not addresses: a parent that is only renamed in the code does not replace its children.
 */
export function replaceTriggersOfIds(
  scope: IConstruct,
  id: string,
  ids: { readonly [name: string]: string },
  others: readonly TerraformResource[] = [],
): string[] {
  const known = scope.node.tryFindChild(id) as ReplaceTrigger | undefined;
  const trigger = known ?? new ReplaceTrigger(scope as Construct, id, ids);
  return referenceList(() => [
    ...(trigger.isCreated ? [addressOf(trigger)] : []),
    ...others.map((each) => `${addressOf(each)}.id`),
  ]);
}

/** For readers of the synthesized JSON. A plan shows neither this nor other metadata. */
const PURPOSE =
  'Holds ids of parents and calls no API. When an id changes, Terraform replaces the children, because Okta and Konnect cannot move them to another parent.';

/**
 * Terraform's built-in `terraform_data`, replaced when one of the ids changes.
 *
 * Not cdktf's `DataResource`, which runs `terraform version` at synthesis and fails without Terraform.
 */
class ReplaceTrigger extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly ids: { readonly [name: string]: string },
  ) {
    super(scope, id, { terraformResourceType: 'terraform_data' });
  }

  /** A stack that adopts existing resources creates nothing, so the trigger comes with the next deployment. */
  public get isCreated(): boolean {
    return Registry.of(this).imports.get(this.cdktfStack)?.isPartial ?? true;
  }

  public override toTerraform(): object {
    return this.isCreated ? super.toTerraform() : {};
  }

  public override toHclTerraform(): object {
    return this.isCreated ? super.toHclTerraform() : {};
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return {
      '//': { purpose: PURPOSE },
      triggers_replace: escapeTemplates({ ...this.ids }),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return { triggers_replace: { value: escapeTemplates({ ...this.ids }), type: 'any' } };
  }
}
