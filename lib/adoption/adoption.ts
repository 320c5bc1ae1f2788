import { readFileSync } from 'node:fs';
import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { adopts } from '../private/adoptions';
import { shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { ADOPTED_IDS } from '../private/shapes/adoption';
import { check, type Rule, validate, within } from '../validation';
import { ADOPTION_VERSION, type AdoptedIds } from './adopted-ids';
import { type ResourceName, resourceName } from './import-ids';

/**
 * What was set up by hand and is to be taken over by a stack: the file that `okta-dev-portal-oidc adopt` writes.
 *
 * Every resource of the stack that has to do with the how-to gets an `import` block (Terraform 1.5 or newer) with
 * the id of what has its name. Take the adoption out again when it is deployed.
 */
export class Adoption {
  /**
   * Reads the file.
   *
   * @throws ValidationError at the construct that adopts it, when it is no such file
   */
  public static fromFile(path: string): Adoption {
    return new Adoption(() => JSON.parse(readFileSync(path, 'utf8')) as AdoptedIds, path);
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
    adopts(TerraformStack.of(scope), ids);
    new ImportBlocks(scope, 'Adoption', ids, this.path);
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

/** The import blocks of a stack, found when it is synthesized, so that nothing is missed. */
class ImportBlocks extends TerraformElement {
  public constructor(
    scope: Construct,
    id: string,
    private readonly ids: AdoptedIds,
    private readonly path: string,
  ) {
    super(scope, id);
  }

  public override toTerraform(): object {
    const resources = TerraformStack.of(this)
      .node.findAll()
      .filter((each): each is TerraformResource => TerraformResource.isTerraformResource(each));
    const found = resources.flatMap((resource) => {
      const name = resourceName(resource, this.ids);
      return name ? [{ resource, name }] : [];
    });
    validate(
      this.node.scope as Construct,
      found.map(({ resource, name }) =>
        check(`${resource.node.path}: ${name.prop}`, name.value ?? null, isInFile(this.path, name)),
      ),
    );
    return {
      import: found.map(({ resource, name: { importId: id } }) => ({
        to: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
        id: literal(id),
        provider: resource.provider?.fqn,
      })),
    };
  }
}

/** Whatever is not taken over would be made a second time, beside what exists. */
function isInFile(path: string, { known, prop, importId }: ResourceName): Rule<string | null> {
  return {
    rule: `adopting, every resource must be in ${path}`,
    remedy:
      known.length > 0
        ? `Set the ${prop} to ${known.map((name) => `"${name}"`).join(' or ')}, or write the file again`
        : 'Take it out of the stack until the rest is adopted, or write the file again',
    holds: () => importId !== undefined,
  };
}
