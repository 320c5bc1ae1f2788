import { readFileSync } from 'node:fs';
import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { addressOf } from '../core/elements';
import { type ImportIds, Registry } from '../core/registry';
import { escapeTemplates, hclReference } from '../core/terraform-text';
import { isPlainObject } from '../core/tokens';
import { requireValid } from '../core/validation';

/** Format of the file. */
const VERSION = 2;

/** Start of the address of a gateway service. */
const SERVICE = 'konnect_gateway_service.';

/**
 * Existing resources that a stack adopts: the file that `okta-dev-portal-oidc adopt` writes.
 *
 * Each resource in the file gets an `import` block (Terraform 1.5 or later). Remove the `adopt` prop, or
 * the call of `applyTo`, after the deployment.
 */
export class Adoption {
  /**
   * Reads the list of resources to adopt.
   *
   * @param path of the file, relative to the working directory
   * @throws ValidationError at the construct that adopts it, if there is no such file or it does not list the stack
   */
  public static fromFile(path: string): Adoption {
    // Plain JavaScript may pass a number, which would read a file descriptor.
    return new Adoption(String(path));
  }

  private constructor(private readonly path: string) {}

  /**
   * Adds the `import` blocks to the stack of a construct. For stacks without `OktaDevPortalOidc`, which does it with the
   * prop `adopt`.
   *
   * @param scope the stack, or a construct in it
   * @throws ValidationError if there is no such file, it does not list the stack, or the stack adopts another file
   */
  public applyTo(scope: Construct): void {
    const stack = TerraformStack.of(scope);
    const imports = this.read(scope, stack.node.id);
    const known = ImportBlocks.find(stack);
    requireValid(scope, {
      prop: 'adopt',
      value: this.path,
      rule: 'must be the same file for all constructs of a stack',
      remedy: `Use "${known?.path}", which lists the whole stack`,
      isValid: known === undefined || known.path === this.path,
    });
    if (known === undefined) {
      Registry.of(scope).imports.set(stack, new ImportBlocks(stack, this.path, imports));
    }
  }

  private read(scope: Construct, stack: string): StackImports {
    let file: unknown;
    let reason = '';
    try {
      file = JSON.parse(readFileSync(this.path, 'utf8'));
    } catch (error) {
      reason = `. ${(error as Error).message}`;
    }
    const stacks = isPlainObject(file) && file.version === VERSION ? file.stacks : undefined;
    const imports = isPlainObject(stacks) ? stacks[stack] : undefined;
    const remedy = `Remove the prop or the call, run cdktf synth and okta-dev-portal-oidc adopt ${stack} --file ${this.path}, and add it again${reason}`;
    const failure = { prop: 'adopt', value: this.path, remedy };
    requireValid(scope, {
      ...failure,
      rule: 'must be a file that okta-dev-portal-oidc adopt wrote with this version of the library',
      isValid: isPlainObject(stacks),
    });
    requireValid(scope, {
      ...failure,
      rule: `must list the imports of stack "${stack}"`,
      isValid: isStackImports(imports),
    });
    return imports as StackImports;
  }
}

function isStackImports(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    isPlainObject(value.imports) &&
    Object.entries(value.imports).every(
      ([address, id]) =>
        typeof id === 'string' && id !== '' && (!address.startsWith(SERVICE) || isServiceImportId(id)),
    )
  );
}

/** The library reads the id of a service from its import id. */
function isServiceImportId(importId: string): boolean {
  try {
    return typeof JSON.parse(importId)?.id === 'string';
  } catch {
    return false;
  }
}

/** Id of the construct. The prefix avoids clashes with ids of apps. No address contains it. */
const ID = 'okta-dev-portal-oidc.ImportBlocks';

/** Imports of one stack. */
export interface StackImports {
  /** Whether the stack creates resources that are not listed. */
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

  /** Includes addresses without a resource: Terraform rejects them, so nothing is created twice. */
  public override toTerraform(): object {
    return { import: this.blocks() };
  }

  public override toHclTerraform(): object {
    const blocks = this.blocks().map(({ to, id, provider }) => ({
      to: hclReference(to),
      id: { value: id, type: 'simple', storageClassType: 'string' },
      provider: provider && hclReference(provider),
    }));
    return blocks.length > 0 ? { import: blocks } : {};
  }

  private blocks(): { to: string; id: string; provider: string | undefined }[] {
    const providers = new Map<string, string | undefined>();
    for (const construct of this.cdktfStack.node.findAll()) {
      if (TerraformResource.isTerraformResource(construct)) {
        providers.set(addressOf(construct), construct.provider?.fqn);
      }
    }
    return Object.entries(this.stackImports.imports).map(([to, id]) => ({
      to,
      id: escapeTemplates(id),
      provider: providers.get(to),
    }));
  }
}
