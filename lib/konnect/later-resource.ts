import { TerraformResource, type TerraformResourceConfig } from 'cdktf';
import type { Construct } from 'constructs';

/** Config of a resource whose attributes are all text. */
export interface LaterResourceConfig extends Omit<TerraformResourceConfig, 'terraformResourceType'> {
  /** Values by the name of the attribute. */
  readonly attributes: { readonly [name: string]: string };
}

/** A resource that came with a later version of konnect than the one that the bindings are generated from. */
export class LaterResource extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    terraformResourceType: string,
    private readonly config: LaterResourceConfig,
  ) {
    const { provider, dependsOn, lifecycle } = config;
    super(scope, id, {
      provider,
      dependsOn,
      lifecycle,
      terraformResourceType,
      terraformGeneratorMetadata: { providerName: 'konnect' },
    });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { ...this.config.attributes };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return Object.fromEntries(
      Object.entries(this.config.attributes).map(([name, value]) => [
        name,
        { value, type: 'simple', storageClassType: 'string' },
      ]),
    );
  }
}
