import { readFileSync } from 'node:fs';
import { NESTING } from './protocol';

/** A type as Terraform writes it in JSON: `"string"`, `["list", "string"]`, `["object", {...}]`. */
export type CtyType = string | readonly [string, CtyType | { readonly [name: string]: CtyType }];

/** One attribute or nested block. */
export interface Field {
  readonly name: string;
  readonly computed: boolean;
  /** Blocks are never null: without one, a list or set is empty. */
  readonly isBlock: boolean;
  /** Type of a plain attribute. */
  readonly type?: CtyType;
  /** Fields of a nested attribute or block. */
  readonly fields?: readonly Field[];
  /** `single`, `list`, `set`, `map` or `group`, with fields. */
  readonly nesting?: string;
}

interface JsonAttribute {
  readonly type?: CtyType;
  readonly nested_type?: {
    /** Absent for an object without attributes. */
    readonly attributes?: { readonly [name: string]: JsonAttribute };
    readonly nesting_mode: string;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

interface JsonBlock {
  readonly attributes?: { readonly [name: string]: JsonAttribute };
  readonly block_types?: {
    readonly [name: string]: {
      readonly block: JsonBlock;
      readonly nesting_mode: string;
      readonly min_items?: number;
      readonly max_items?: number;
    };
  };
}

/** A schema as `terraform providers schema -json` prints it. */
export interface JsonSchema {
  readonly version: number;
  readonly block: JsonBlock;
}

interface JsonProvider {
  readonly provider: JsonSchema;
  readonly resource_schemas: { readonly [type: string]: JsonSchema };
  readonly data_source_schemas: { readonly [type: string]: JsonSchema };
}

/** The pinned schema of one provider. */
export class ProviderSchema {
  /**
   * Reads a file that `terraform providers schema -json` printed, with one provider in it.
   *
   * @param later schemas of resources that the pinned version does not have, by type
   */
  public static fromFile(file: string, later: { readonly [type: string]: JsonSchema } = {}): ProviderSchema {
    const { provider_schemas: schemas } = JSON.parse(readFileSync(file, 'utf8')) as {
      provider_schemas: { [source: string]: JsonProvider };
    };
    const [provider] = Object.values(schemas);
    return new ProviderSchema({
      ...provider,
      resource_schemas: { ...provider.resource_schemas, ...later },
    });
  }

  private constructor(private readonly json: JsonProvider) {}

  public get provider(): readonly Field[] {
    return fieldsOf(this.json.provider.block);
  }

  public resource(type: string): readonly Field[] {
    return fieldsOf(this.json.resource_schemas[type].block);
  }

  public dataSource(type: string): readonly Field[] {
    return fieldsOf(this.json.data_source_schemas[type].block);
  }

  /** The answer to GetProviderSchema. */
  public toProtocol(): object {
    const all = (schemas: { readonly [type: string]: JsonSchema }) =>
      Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, schemaToProtocol(schema)]));
    return {
      provider: schemaToProtocol(this.json.provider),
      resource_schemas: all(this.json.resource_schemas),
      data_source_schemas: all(this.json.data_source_schemas),
      server_capabilities: {},
    };
  }
}

function fieldsOf({ attributes = {}, block_types: blocks = {} }: JsonBlock): Field[] {
  return [
    ...attributeFields(attributes),
    ...Object.entries(blocks).map(([name, { block, nesting_mode: nesting }]) => ({
      name,
      computed: false,
      isBlock: true,
      fields: fieldsOf(block),
      nesting,
    })),
  ];
}

function attributeFields(attributes: { readonly [name: string]: JsonAttribute }): Field[] {
  return Object.entries(attributes).map(([name, { type, nested_type: nested, computed = false }]) => ({
    name,
    computed,
    isBlock: false,
    ...(nested
      ? { fields: attributeFields(nested.attributes ?? {}), nesting: nested.nesting_mode }
      : { type }),
  }));
}

function schemaToProtocol({ version, block }: JsonSchema): object {
  return { version, block: blockToProtocol(block) };
}

function blockToProtocol({ attributes = {}, block_types: blocks = {} }: JsonBlock): object {
  return {
    attributes: attributesToProtocol(attributes),
    block_types: Object.entries(blocks).map(([type_name, { block, nesting_mode, min_items, max_items }]) => ({
      type_name,
      block: blockToProtocol(block),
      nesting: NESTING[nesting_mode],
      min_items,
      max_items,
    })),
  };
}

function attributesToProtocol(attributes: { readonly [name: string]: JsonAttribute }): object[] {
  return Object.entries(attributes).map(([name, { type, nested_type: nested, ...flags }]) => ({
    name,
    ...flags,
    ...(nested
      ? {
          nested_type: {
            attributes: attributesToProtocol(nested.attributes ?? {}),
            nesting: NESTING[nested.nesting_mode],
          },
        }
      : { type: Buffer.from(JSON.stringify(type)) }),
  }));
}
