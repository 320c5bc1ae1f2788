import { TerraformElement, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { literal } from '../private/literal';
import { validate } from '../validation';
import { AdoptedResources } from './adopted-resources';

/** Nobody calls a construct of his own like this, and no address holds it. */
const ID = 'okta-dev-portal-oidc.ImportBlocks';

const writers = new WeakMap<TerraformStack, ImportBlocks>();

/**
 * The import blocks of a stack, found when it is synthesized, so that nothing is missed. One element for the
 * whole stack, however many files it takes over.
 */
export class ImportBlocks extends TerraformElement {
  /** Makes a stack write the blocks. */
  public static ensure(stack: TerraformStack): void {
    writers.set(stack, writers.get(stack) ?? new ImportBlocks(stack, ID));
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
  }

  public override toTerraform(): object {
    const resources = new AdoptedResources(this.cdktfStack);
    const adopted = resources.all();
    validate(this.cdktfStack, resources.checks());
    return {
      import: adopted.map(({ resource, thing }) => ({
        to: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
        id: literal(thing.importId),
        provider: resource.provider?.fqn,
      })),
    };
  }
}
