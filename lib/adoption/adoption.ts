import type { Construct } from 'constructs';
import { addImportBlocks } from './import-blocks';

/**
 * Existing resources that a stack adopts: the file that `okta-dev-portal-oidc adopt` writes.
 *
 * Each resource in the file gets an `import` block (Terraform 1.5 or later). Remove the `adopt` prop after the
 * deployment.
 */
export class Adoption {
  /**
   * Adopts what a file lists.
   *
   * @param path of the file, relative to the working directory
   * @throws ValidationError at the construct that adopts it, if there is no such file or it does not list the stack
   */
  public static fromFile(path: string): Adoption {
    // Plain JavaScript may pass a number, which would read a file descriptor.
    return new Adoption(String(path));
  }

  private constructor(private readonly path: string) {}

  /** @internal */
  public _applyTo(scope: Construct): void {
    addImportBlocks(scope, this.path);
  }
}
