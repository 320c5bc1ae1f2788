/* Provider schemas have two notations for the type of an attribute, `type` and `nested_type`. Here both are one. */

export type JsonObject = Readonly<Record<string, unknown>>;

export type ValueType =
  | { readonly kind: 'string' | 'number' | 'bool' | 'dynamic' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: ValueType }
  | { readonly kind: 'tuple'; readonly elements: readonly ValueType[] }
  | { readonly kind: 'object'; readonly attributes: Attributes };

export interface Attribute {
  readonly type: ValueType;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly sensitive: boolean;
}

export type Attributes = ReadonlyMap<string, Attribute>;

const nestings = ['single', 'group', 'list', 'set', 'map'] as const;
type Nesting = (typeof nestings)[number];

export interface NestedBlock {
  readonly nesting: Nesting;
  readonly block: Block;
  readonly minItems: number;
  readonly maxItems: number;
}

export interface Block {
  readonly attributes: Attributes;
  readonly blocks: ReadonlyMap<string, NestedBlock>;
}

export interface Provider {
  readonly configuration: Block;
  readonly resources: ReadonlyMap<string, Block>;
  readonly dataSources: ReadonlyMap<string, Block>;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The providers of a file that `terraform providers schema -json` wrote, by name without namespace. */
export function parseProviders(schemaFile: unknown): Map<string, Provider> {
  const providers = parseMap(object(schemaFile, 'schema file').provider_schemas, parseProvider);
  return new Map(
    [...providers].map(([source, provider]) => [source.slice(source.lastIndexOf('/') + 1), provider]),
  );
}

export function parseBlock(schema: unknown): Block {
  const { attributes, block_types } = object(schema, 'block');
  return {
    attributes: parseMap(attributes, parseAttribute),
    blocks: parseMap(block_types, parseNestedBlock),
  };
}

function parseProvider(schema: unknown): Provider {
  const { provider, resource_schemas, data_source_schemas } = object(schema, 'provider');
  return {
    configuration: provider === undefined ? parseBlock({}) : parseVersioned(provider),
    resources: parseMap(resource_schemas, parseVersioned),
    dataSources: parseMap(data_source_schemas, parseVersioned),
  };
}

function parseVersioned(schema: unknown): Block {
  return parseBlock(object(schema, 'schema').block);
}

function parseNestedBlock(schema: unknown): NestedBlock {
  const { nesting_mode, block, min_items, max_items } = object(schema, 'block type');
  return {
    nesting: parseNesting(nesting_mode),
    block: parseBlock(block),
    minItems: typeof min_items === 'number' ? min_items : 0,
    // Without a limit Terraform omits it or writes 0.
    maxItems: typeof max_items === 'number' && max_items > 0 ? max_items : Number.POSITIVE_INFINITY,
  };
}

function parseAttribute(schema: unknown): Attribute {
  const { type, nested_type, required, optional, computed, sensitive } = object(schema, 'attribute');
  return {
    type: nested_type === undefined ? parseType(type) : parseNestedType(nested_type),
    required: required === true,
    readOnly: computed === true && optional !== true && required !== true,
    sensitive: sensitive === true,
  };
}

function parseNestedType(schema: unknown): ValueType {
  const { attributes, nesting_mode } = object(schema, 'nested type');
  const element: ValueType = { kind: 'object', attributes: parseMap(attributes, parseAttribute) };
  const nesting = parseNesting(nesting_mode);
  return nesting === 'single' || nesting === 'group' ? element : { kind: nesting, element };
}

function parseType(type: unknown): ValueType {
  const [kind, inner, optional]: readonly unknown[] = Array.isArray(type) ? type : [type];
  switch (kind) {
    case 'string':
    case 'number':
    case 'bool':
    case 'dynamic':
      return { kind };
    case 'list':
    case 'set':
    case 'map':
      return { kind, element: parseType(inner) };
    case 'tuple':
      return { kind, elements: array(inner, 'tuple').map(parseType) };
    case 'object':
      return { kind, attributes: parseObjectType(inner, optional) };
    default:
      throw new Error(`unknown type in provider schema: ${JSON.stringify(type)}`);
  }
}

function parseObjectType(types: unknown, optional: unknown): Attributes {
  const optionalNames = array(optional ?? [], 'optional attributes');
  const attributes = parseMap(types, parseType);
  return new Map(
    [...attributes].map(([name, type]) => [
      name,
      { type, required: !optionalNames.includes(name), readOnly: false, sensitive: false },
    ]),
  );
}

function parseNesting(mode: unknown): Nesting {
  const nesting = nestings.find((known) => known === mode);
  if (!nesting) throw new Error(`unknown nesting mode in provider schema: ${JSON.stringify(mode)}`);
  return nesting;
}

function parseMap<T>(schemas: unknown, parse: (schema: unknown) => T): Map<string, T> {
  // Terraform omits empty lists.
  const entries = Object.entries(schemas === undefined ? {} : object(schemas, 'map of schemas'));
  return new Map(entries.map(([name, schema]) => [name, parse(schema)]));
}

function object(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw new Error(`provider schema: ${what} is not an object`);
  return value;
}

function array(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`provider schema: ${what} is not a list`);
  return value;
}
