import type { Part } from './descriptions';

/** A body that a schema refuses. */
interface InvalidBody {
  /** Path of the field, and what is wrong with it. */
  readonly what: string;
  readonly body: unknown;
}

interface Schema {
  readonly type?: string;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Invalid {
  readonly path: readonly string[];
  readonly fault: string;
  readonly value: unknown;
}

const WRONG_TYPES: { readonly [type: string]: unknown } = {
  string: 1,
  integer: 'x',
  number: 'x',
  boolean: 'x',
  array: 'x',
  object: 'x',
};
const FORMATS: { readonly [format: string]: string } = {
  uuid: '11111111-1111-4111-8111-111111111111',
  email: 'dev@example.test',
  uri: 'https://example.test/x',
  url: 'https://example.test/x',
  'date-time': '2026-01-01T00:00:00Z',
};

/** Bodies with one fault each, of every kind that the schema knows. Some may be valid for an alternative. */
export function invalidBodies(schema: Part): InvalidBody[] {
  return invalid(schema as Schema).map(({ path, fault, value }) => ({
    what: `${path.join('.') || 'body'} ${fault}`,
    body: value,
  }));
}

function invalid(part: Schema): Invalid[] {
  const schema = merged(part);
  if (schema.oneOf) {
    return schema.oneOf.flatMap((each) => invalid(merged({ ...schema, ...each, oneOf: undefined })));
  }
  return [
    ...ofAny(schema),
    ...ofText(schema),
    ...ofNumber(schema),
    ...ofList(schema),
    ...(schema.type === 'object' || schema.properties ? ofObject(schema) : []),
  ];
}

function ofAny({ type, nullable, enum: values }: Schema): Invalid[] {
  return [
    ...(type ? [fault('of the wrong type', WRONG_TYPES[type])] : []),
    ...(type && nullable !== true ? [fault('null', null)] : []),
    ...(values ? [fault('outside the enum', typeof values[0] === 'number' ? 999 : 'no-such-value')] : []),
  ];
}

function ofText({ type, minLength = 0, maxLength, pattern, format }: Schema): Invalid[] {
  if (type !== 'string') {
    return [];
  }
  return [
    ...(minLength > 0 ? [fault('too short', 'x'.repeat(minLength - 1))] : []),
    ...(maxLength === undefined ? [] : [fault('too long', 'x'.repeat(maxLength + 1))]),
    ...(pattern ? [fault('against the pattern', '<,>')] : []),
    ...(format && format in FORMATS ? [fault('of the wrong format', 'no such format')] : []),
  ];
}

function ofNumber({ type, minimum, maximum }: Schema): Invalid[] {
  if (type !== 'integer') {
    return [];
  }
  return [
    fault('a fraction', 1.5),
    ...(minimum === undefined ? [] : [fault('too small', minimum - 1)]),
    ...(maximum === undefined ? [] : [fault('too large', maximum + 1)]),
  ];
}

function ofList({ items = {}, minItems = 0, maxItems, type }: Schema): Invalid[] {
  if (type !== 'array') {
    return [];
  }
  const item = example(items);
  return [
    ...(minItems > 0 ? [fault('of too few items', [])] : []),
    ...(maxItems === undefined ? [] : [fault('of too many items', Array(maxItems + 1).fill(item))]),
    ...invalid(items).map((each) => ({ ...each, path: ['0', ...each.path], value: [each.value] })),
  ];
}

function ofObject(schema: Schema): Invalid[] {
  const { properties = {}, required = [], additionalProperties: others, maxProperties } = schema;
  const base = example(schema) as { readonly [name: string]: unknown };
  const found = Object.entries(properties)
    // Links are the server's own, also where the description does not say so.
    .filter(([name, each]) => each.readOnly !== true && name !== '_links')
    .flatMap(([name, each]) => below(base, name, each));
  const missing = required
    .filter((name) => properties[name]?.readOnly !== true)
    .map((name) => {
      const { [name]: _, ...rest } = base;
      return { path: [name], fault: 'missing', value: rest };
    });
  const ofMap = typeof others === 'object' ? below(base, 'key', others) : [];
  const tooMany = Object.fromEntries(
    Array.from({ length: (maxProperties ?? 0) + 1 }, (_, index) => [`k${index}`, 'v']),
  );
  return [
    ...found,
    ...missing,
    ...ofMap,
    ...(maxProperties === undefined ? [] : [fault('of too many keys', tooMany)]),
    ...(others === false ? [fault('with an unknown property', { ...base, no_such_property: 1 })] : []),
  ];
}

function below(base: object, name: string, schema: Schema): Invalid[] {
  return invalid(schema).map(({ path, fault: what, value }) => ({
    path: [name, ...path],
    fault: what,
    value: { ...base, [name]: value },
  }));
}

function fault(what: string, value: unknown): Invalid {
  return { path: [], fault: what, value };
}

function example(part: Schema): unknown {
  const schema = merged(part);
  const { type, enum: values, format = '', properties = {}, required = [], oneOf } = schema;
  if (values) {
    return values[0];
  }
  if (oneOf) {
    return example(merged({ ...schema, ...oneOf.at(-1), oneOf: undefined }));
  }
  switch (type) {
    case 'string':
      return FORMATS[format] ?? 'x'.repeat(Math.max(schema.minLength ?? 1, 1));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => example(schema.items ?? {}));
    default:
      return Object.fromEntries(
        required
          .filter((name) => properties[name]?.readOnly !== true)
          .map((name) => [name, example(properties[name] ?? {})]),
      );
  }
}

/** A schema with the parts of `allOf` in it. */
function merged({ allOf = [], ...schema }: Schema): Schema {
  const parts = [schema, ...allOf.map(merged)];
  const required = parts.flatMap((part) => part.required ?? []);
  const properties = Object.assign({}, ...parts.map((part) => part.properties)) as Schema['properties'];
  return {
    ...(Object.assign({}, ...parts) as Schema),
    ...(required.length > 0 && { required }),
    ...(Object.keys(properties ?? {}).length > 0 && { properties }),
  };
}
