import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** Existing resources that a stack adopts: the file that `okta-dev-portal-oidc adopt` writes. */
export class Adoption {
  public static fromFile(path: string): Adoption {
    return new Adoption(path);
  }

  private constructor(private readonly path: string) {}

  /** @internal */
  public _applyTo(scope: Construct): void {
    TerraformStack.of(scope);
    throw new Error(this.path);
  }
}
