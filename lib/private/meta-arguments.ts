import type { TerraformMetaArguments, TerraformResourceLifecycle } from 'cdktf';
import type { ResourceProps } from '../resource-props';

/** The meta-arguments of a resource: what the user asks for, joined with what the library needs. */
export function metaArguments(
  props: ResourceProps,
  lifecycle: TerraformResourceLifecycle = {},
): TerraformMetaArguments {
  const merged = { ...lifecycle, ...(props.preventDestroy ? { preventDestroy: true } : {}) };
  const used = Object.values(merged).some((value) => value !== undefined);
  return { provider: props.provider, dependsOn: props.dependsOn, lifecycle: used ? merged : undefined };
}
