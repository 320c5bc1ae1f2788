import { Lazy, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { escapeTemplates } from './escape-templates';
import { isOwned } from './provider-construct';
import { Registry } from './registry';

/*
 * When the parent of a resource changes, both providers update the child in place: Okta answers 404, and Konnect keeps
 * the old publication. Such a child has to be replaced.
 */

/** Triggers that replace `child` when `parent` becomes another one, for `lifecycle.replaceTriggeredBy`. */
export function replaceTriggers(
  child: Construct,
  parent: IConstruct,
  parentId: string,
): string[] | undefined {
  if (Reflect.get(parent, 'hasConstantId') === true) {
    return undefined;
  }
  if (TerraformStack.of(child) !== TerraformStack.of(parent)) {
    return replaceTriggersOfIds(child, 'ParentId', { parentId });
  }
  return isOwned(parent)
    ? [addressOf(parent.resource, '.id')]
    : replaceTriggersOfIds(parent, 'Id', { id: parentId });
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
): string[] {
  const known = scope.node.tryFindChild(id) as ReplaceTrigger | undefined;
  const trigger = known ?? new ReplaceTrigger(scope as Construct, id, ids);
  return Lazy.listValue({ produce: () => (trigger.isCreated ? [addressOf(trigger)] : undefined) });
}

/** Address of a resource. Terraform takes it here without `${}`. */
export function addressOf(resource: TerraformResource, attribute = ''): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}${attribute}`;
}

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

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: escapeTemplates({ ...this.ids }) };
  }
}
