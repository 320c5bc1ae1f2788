import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { literal } from './literal';

/**
 * Terraform's built-in `terraform_data`, replaced when one of the values changes.
 *
 * Not cdktf's `DataResource`: that one runs `terraform version` at every synthesis, so it fails on a
 * machine without Terraform, or with OpenTofu only.
 */
export class TerraformData extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly triggersReplace: { readonly [name: string]: string },
  ) {
    super(scope, id, { terraformResourceType: 'terraform_data' });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: literal({ ...this.triggersReplace }) };
  }
}
