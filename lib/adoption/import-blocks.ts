import { readFileSync } from 'node:fs';
import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { escapeTemplates } from '../core/escape-templates';
import type { ImportIds } from '../core/import-ids';
import { Registry } from '../core/registry';
import { isPlainObject } from '../core/tokens';
import { requireValid } from '../core/validation';

/** Id of the construct. The prefix keeps it apart from ids in apps, and no address contains it. */
const ID = 'okta-dev-portal-oidc.ImportBlocks';

/** Format of the file. */
const VERSION = 2;

/** What the file says about a stack. */
interface StackImports {
  readonly partial?: boolean;
  readonly imports: { readonly [address: string]: string };
}

/** Adds the `import` blocks for the stack of a construct. Several constructs of a stack can name the same file. */
export function addImportBlocks(scope: Construct, path: string): void {
  const stack = TerraformStack.of(scope);
  const imports = readFile(scope, path, stack.node.id);
  const known = stack.node.tryFindChild(ID) as ImportBlocks | undefined;
  requireValid(scope, {
    prop: 'adopt',
    value: path,
    rule: 'must be the same file for all constructs of a stack',
    remedy: `Use "${known?.path}", which lists the whole stack`,
    isValid: known === undefined || known.path === path,
  });
  if (known === undefined) {
    Registry.of(scope).imports.set(stack, new ImportBlocks(stack, path, imports));
  }
}

/** The `import` blocks of a stack. */
class ImportBlocks extends TerraformElement implements ImportIds {
  public readonly isPartial: boolean;

  public constructor(
    stack: TerraformStack,
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
    const providers = new Map(
      this.cdktfStack.node.findAll().flatMap((each) => {
        const resource = asResource(each);
        return resource ? [[addressOf(resource), resource.provider?.fqn] as const] : [];
      }),
    );
    return {
      import: Object.entries(this.stackImports.imports).map(([to, id]) => ({
        to,
        id: escapeTemplates(id),
        provider: providers.get(to),
      })),
    };
  }
}

function asResource(construct: IConstruct): TerraformResource | undefined {
  return TerraformResource.isTerraformResource(construct) ? construct : undefined;
}

function addressOf({ terraformResourceType: type, friendlyUniqueId: id }: TerraformResource): string {
  return `${type}.${id}`;
}

function readFile(scope: Construct, path: string, stack: string): StackImports {
  let content: unknown;
  let reason = '';
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    reason = ` (${error instanceof Error ? error.message : String(error)})`;
  }
  const file = isPlainObject(content) ? content : {};
  const stacks = isPlainObject(file.stacks) ? file.stacks : {};
  const remedy = `Remove the prop, run cdktf synth and okta-dev-portal-oidc adopt ${stack} --file ${path}, and add it again`;
  requireValid(scope, {
    prop: 'adopt',
    value: path,
    rule: 'must be a file that okta-dev-portal-oidc adopt wrote with this version of the library',
    remedy: `${remedy}${reason}`,
    isValid: file.version === VERSION && isPlainObject(file.stacks),
  });
  const imports = stacks[stack];
  requireValid(scope, {
    prop: 'adopt',
    value: path,
    rule: `must list the imports of stack "${stack}"`,
    remedy,
    isValid: isStackImports(imports),
  });
  return imports as StackImports;
}

function isStackImports(value: unknown): boolean {
  return (
    isPlainObject(value) &&
    isPlainObject(value.imports) &&
    Object.values(value.imports).every((id) => typeof id === 'string' && id !== '')
  );
}
