import type { TerraformMetaArguments, TerraformProvider, TerraformResourceLifecycle } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ResourceProps } from '../resource-props';
import { usesProvider } from './providers';
import { usesKonnect } from './region';

/** Says which provider manages what a construct has in Okta. */
export function usesOkta(construct: IConstruct, provider: TerraformProvider | undefined): void {
  usesProvider(construct, { name: 'okta', provider, prop: 'provider' });
}

/** The meta-arguments of a resource in Okta: what the user asks for, joined with what the library needs. */
export function oktaArguments(
  construct: IConstruct,
  props: ResourceProps,
  lifecycle?: TerraformResourceLifecycle,
): TerraformMetaArguments {
  usesOkta(construct, props.provider);
  return metaArguments(props, lifecycle);
}

/** The same for a resource in Konnect. */
export function konnectArguments(
  construct: IConstruct,
  props: ResourceProps,
  lifecycle?: TerraformResourceLifecycle,
): TerraformMetaArguments {
  usesKonnect(construct, props.provider);
  return metaArguments(props, lifecycle);
}

/** Options with the provider of what they are for where they name none: left out and undefined are the same. */
export function withProvider<T extends ResourceProps>(
  options: T,
  provider: TerraformProvider | undefined,
): T {
  // Nobody has looked yet whether these are options.
  return options?.provider === undefined ? { ...options, provider } : options;
}

function metaArguments(
  props: ResourceProps,
  lifecycle: TerraformResourceLifecycle = {},
): TerraformMetaArguments {
  const merged = { ...lifecycle, ...(props.preventDestroy ? { preventDestroy: true } : {}) };
  const used = Object.values(merged).some((value) => value !== undefined);
  return { provider: props.provider, dependsOn: props.dependsOn, lifecycle: used ? merged : undefined };
}
