import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from 'cdktf';

/** What a text is that names a resource or a data source: `${type.id.attribute}`. */
const REFERENCE = /^\$\{(data\.)?([\w-]+)\.([\w-]+)\.\w+\}$/;

/** What a resource, or a data source, tells Terraform: overrides and what is decided at synthesis included. */
export class Configuration {
  private readonly json: unknown;
  private readonly resolved = new Map<string, unknown>();

  public constructor(private readonly resource: TerraformResource) {
    this.json = resource.toTerraform();
  }

  /** Whether somebody imports the resource by hand. */
  public get isImported(): boolean {
    return member(this.json, 'import') !== undefined;
  }

  /** An argument, the path to a nested one with dots; what Terraform evaluates is a text with `${`. */
  public argument(path: string): unknown {
    if (!this.resolved.has(path)) {
      this.resolved.set(path, this.resolve(path));
    }
    return this.resolved.get(path);
  }

  private resolve(path: string): unknown {
    const { terraformResourceType: type, friendlyUniqueId: id } = this.resource;
    const configured = member(this.json, 'resource', type, id) ?? member(this.json, 'data', type, id);
    return Tokenization.resolve(member(configured, ...path.split('.')), {
      scope: this.resource,
      resolver: new DefaultTokenResolver(new StringConcat()),
      preparing: false,
    });
  }
}

/** The configurations of a whole stack, which refer to each other. */
export class Configurations {
  private readonly elements = new Map<string, TerraformResource>();
  private readonly configurations = new Map<TerraformResource, Configuration>();

  public constructor(stack: TerraformStack) {
    for (const element of stack.node.findAll()) {
      if (TerraformElement.isTerraformElement(element) && TerraformStack.of(element) === stack) {
        // A data source has the same members.
        const resource = element as TerraformResource;
        const data = TerraformResource.isTerraformResource(element) ? '' : 'data.';
        this.elements.set(`${data}${resource.terraformResourceType}.${resource.friendlyUniqueId}`, resource);
      }
    }
  }

  /** The resources of the stack, without data sources and whatever else there is. */
  public resources(): TerraformResource[] {
    return [...this.elements.values()].filter((each) => TerraformResource.isTerraformResource(each));
  }

  public of(resource: TerraformResource): Configuration {
    const known = this.configurations.get(resource) ?? new Configuration(resource);
    this.configurations.set(resource, known);
    return known;
  }

  /** The resource or data source that a text refers to; undefined for any other text. */
  public referenced(text: string): TerraformResource | undefined {
    const [, data = '', type, id] = REFERENCE.exec(text) ?? [];
    return this.elements.get(`${data}${type}.${id}`);
  }
}

function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}
