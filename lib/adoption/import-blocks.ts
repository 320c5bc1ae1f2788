import { TerraformElement, TerraformResource, type TerraformStack } from 'cdktf';
import { escapeTemplates } from '../core/escape-templates';

import type { ImportIds } from '../core/registry';
import { addressOf } from '../core/replacement';

/** Id of the construct. The prefix keeps it apart from ids in apps, and no address contains it. */
const ID = 'okta-dev-portal-oidc.ImportBlocks';

/** What a stack adopts. */
export interface StackImports {
  /** Whether the stack creates what is not listed. */
  readonly partial?: boolean;

  /** Import ids by address. */
  readonly imports: { readonly [address: string]: string };
}

/** The `import` blocks of a stack. */
export class ImportBlocks extends TerraformElement implements ImportIds {
  public static find(stack: TerraformStack): ImportBlocks | undefined {
    return stack.node.tryFindChild(ID) as ImportBlocks | undefined;
  }

  public readonly isPartial: boolean;

  public constructor(
    stack: TerraformStack,
    /** Path of the file that lists the imports. */
    public readonly path: string,
    private readonly stackImports: StackImports,
  ) {
    super(stack, ID);
    this.isPartial = stackImports.partial === true;
  }

  public idOf(address: string): string | undefined {
    return this.stackImports.imports[address];
  }

  /** Lists addresses without a resource too: Terraform refuses them, and nothing is created a second time. */
  public override toTerraform(): object {
    const providers = new Map<string, string | undefined>();
    for (const construct of this.cdktfStack.node.findAll()) {
      if (TerraformResource.isTerraformResource(construct)) {
        providers.set(addressOf(construct), construct.provider?.fqn);
      }
    }
    return {
      import: Object.entries(this.stackImports.imports).map(([to, id]) => ({
        to,
        id: escapeTemplates(id),
        provider: providers.get(to),
      })),
    };
  }
}
