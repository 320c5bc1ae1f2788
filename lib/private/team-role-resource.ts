import { TerraformResource, type TerraformResourceConfig } from 'cdktf';
import type { Construct } from 'constructs';

/** Attributes of `konnect_portal_team_role`, all of them required. */
export interface TeamRoleAttributes {
  readonly portal_id: string;
  readonly team_id: string;
  readonly role_name: string;
  readonly entity_id: string;
  readonly entity_type_name: string;
  readonly entity_region: string;
}

/** `konnect_portal_team_role`, which the bindings lack: they are generated from konnect 3.19, and it came with 3.20. */
export class TeamRoleResource extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly attributes: TeamRoleAttributes,
    config: Omit<TerraformResourceConfig, 'terraformResourceType'>,
  ) {
    super(scope, id, {
      ...config,
      terraformResourceType: 'konnect_portal_team_role',
      terraformGeneratorMetadata: { providerName: 'konnect' },
    });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { ...this.attributes };
  }
}
