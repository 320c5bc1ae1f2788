import type { ITerraformDependable, TerraformProvider } from 'cdktf';

/** Terraform meta-arguments that every construct of this library takes. */
export interface ResourceProps {
  /**
   * The provider that manages the resources of the construct, one of its own stack, for stacks with more than one Okta org or Konnect region.
   *
   * @default - the stack's default provider
   */
  readonly provider?: TerraformProvider;

  /**
   * What has to exist before the resources of the construct are created.
   *
   * @default - what their attributes refer to
   */
  readonly dependsOn?: ITerraformDependable[];

  /**
   * Whether Terraform refuses every plan that would destroy the construct's main resource.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;
}
