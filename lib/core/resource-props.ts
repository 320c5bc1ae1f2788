import type { ITerraformDependable, TerraformProvider } from 'cdktf';
import { dependency, flag, listOf, propsSpec, provider } from './props-spec';

/** The provider of a construct. */
export interface ProviderOptions {
  /**
   * Provider of the resources, one of the same stack. For stacks with several Okta orgs or Konnect regions.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/** Terraform meta-arguments of every construct of this library. */
export interface ResourceProps extends ProviderOptions {
  /**
   * Resources to create before those of the construct, of the same stack.
   *
   * @default - those that its attributes reference
   */
  readonly dependsOn?: ITerraformDependable[];

  /**
   * Whether Terraform rejects a plan that would destroy the construct's main resource.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;
}

export const PROVIDER_OPTIONS = propsSpec<ProviderOptions>({ provider: provider() });

export const RESOURCE_PROPS = propsSpec<ResourceProps>({
  ...PROVIDER_OPTIONS.fields,
  dependsOn: listOf(dependency()).known(),
  preventDestroy: flag().known(),
});
