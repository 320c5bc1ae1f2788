/** A JSON Schema of a request's body or query, as fastify takes it. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

type Properties = { readonly [name: string]: Schema };

export const BOOLEAN: Schema = { type: 'boolean' };
export const UUID: Schema = { type: 'string', format: 'uuid' };
export const STRINGS: Schema = { type: 'array', items: { type: 'string' } };

/** A text with a length in characters. */
export function text(maxLength?: number, minLength?: number): Schema {
  return {
    type: 'string',
    ...(maxLength !== undefined && { maxLength }),
    ...(minLength !== undefined && { minLength }),
  };
}

export function integer(minimum?: number, maximum?: number): Schema {
  return {
    type: 'integer',
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
}

export function oneOf(...values: readonly (string | number)[]): Schema {
  return { type: typeof values[0], enum: values };
}

/** A list with a number of items. */
export function list(items: Schema, maxItems?: number, minItems?: number): Schema {
  return {
    type: 'array',
    items,
    ...(maxItems !== undefined && { maxItems }),
    ...(minItems !== undefined && { minItems }),
  };
}

/** An object that has no other properties. */
export function object(properties: Properties, ...required: readonly string[]): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** An object that may have other properties. */
export function openObject(properties: Properties, ...required: readonly string[]): Schema {
  return { type: 'object', properties, required };
}

/** The schema, or null. */
export function nullable(schema: Schema): Schema {
  return { ...schema, nullable: true, ...(Array.isArray(schema.enum) && { enum: [...schema.enum, null] }) };
}

/** The same properties, none of them required. */
export function partial(schema: Schema): Schema {
  return { ...schema, required: [] };
}
