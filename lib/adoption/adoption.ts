import { readFileSync } from 'node:fs';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { adopts } from '../private/adoptions';
import { shapeChecks } from '../private/kinds';
import { ADOPTED_IDS } from '../private/shapes/adoption';
import { check, validate, within } from '../validation';
import { ADOPTION_VERSION, type AdoptedIds } from './adopted-ids';
import { ImportBlocks } from './import-blocks';

/**
 * What was set up by hand and is to be taken over by a stack: the file that `okta-dev-portal-oidc adopt` writes.
 *
 * Every resource of the stack that has to do with the how-to gets an `import` block (Terraform 1.5 or newer) with
 * the id of what has its name. A stack may take over several files; each resource must be in one of them, unless
 * the file was written with `--partial`. Take the adoption out again when it is deployed.
 */
export class Adoption {
  /**
   * Reads the file.
   *
   * @throws ValidationError at the construct that adopts it, when it is no such file
   */
  public static fromFile(path: string): Adoption {
    // Whatever comes instead of a path is no file, and 0 not the standard input.
    const file = String(path);
    return new Adoption(() => JSON.parse(readFileSync(file, 'utf8')) as AdoptedIds, file);
  }

  private constructor(
    private readonly read: () => AdoptedIds,
    private readonly path: string,
  ) {}

  /**
   * Emits an `import` block for each resource of the stack of a construct. The `adopt` prop of
   * `OktaDevPortalOidc` does it.
   *
   * @throws ValidationError at synthesis, when the stack has a resource that is not in the file
   */
  public applyTo(scope: Construct): void {
    const ids = this.parse(scope);
    const stack = TerraformStack.of(scope);
    adopts(stack, { path: this.path, ids });
    ImportBlocks.ensure(stack);
  }

  private parse(scope: Construct): AdoptedIds {
    let ids: AdoptedIds | undefined;
    let reason = '';
    try {
      ids = this.read();
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    validate(scope, [
      check('adopt', this.path, {
        rule: 'must be a file that okta-dev-portal-oidc adopt wrote for this version of the library',
        remedy: `Write it with: okta-dev-portal-oidc adopt --file ${this.path}${reason && ` (${reason})`}`,
        holds: () => ids?.version === ADOPTION_VERSION && Boolean(ids.okta && ids.konnect),
      }),
    ]);
    validate(scope, within('adopt', shapeChecks(ids as AdoptedIds, ADOPTED_IDS)));
    return ids as AdoptedIds;
  }
}
