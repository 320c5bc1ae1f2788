import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { type Attributes, UNKNOWN, type Value } from './definition';
import type { CtyType, Field } from './schema';

/** A value in the encoding of Terraform's protocol. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Terraform's extension types: an unknown value, and a refined unknown value. */
const UNKNOWN_TYPE = 0;
const REFINED_UNKNOWN_TYPE = 12;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: UNKNOWN_TYPE,
  encode: (value) => (value === UNKNOWN ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensionCodec.register({ type: REFINED_UNKNOWN_TYPE, encode: () => null, decode: () => UNKNOWN });
const encoder = new Encoder({ extensionCodec });
const decoder = new Decoder({ extensionCodec });

/** The value, or null where Terraform means none. */
export function decode(value: DynamicValue | null | undefined): Attributes | null {
  if (value?.msgpack?.length) {
    return decoder.decode(value.msgpack) as Attributes | null;
  }
  return value?.json?.length ? (JSON.parse(Buffer.from(value.json).toString()) as Attributes | null) : null;
}

/** Completes the attributes of the schema, as Terraform requires. */
export function encode(fields: readonly Field[], value: Attributes | null): DynamicValue {
  return { msgpack: encoder.encode(value && conform(fields, value)) };
}

/** The value with null for attributes that are absent, and without those that the schema does not have. */
export function conform(fields: readonly Field[], value: Attributes): Attributes {
  return Object.fromEntries(fields.map((field) => [field.name, conformField(field, value[field.name])]));
}

/** Replaces unknown values with null: after apply none may be unknown. */
export function known(value: Value): Value {
  return mapValue(value, (each) => (each === UNKNOWN ? null : each));
}

/** Whether values are equal for Terraform: sets have no order. */
export function sameValue(field: Field, left: Value, right: Value): boolean {
  return canonical(field, left) === canonical(field, right);
}

/** Whether a value is an object with attributes. */
export function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function conformField(field: Field, value: Value | undefined): Value {
  const { fields, nesting = '', isBlock, type } = field;
  if (!fields) {
    return conformType(type ?? 'string', value);
  }
  if (value === undefined || value === null) {
    return isBlock && nesting !== 'single' && nesting !== 'group' ? (nesting === 'map' ? {} : []) : null;
  }
  return mapElements(nesting, value, (element) => (isObject(element) ? conform(fields, element) : element));
}

function conformType(type: CtyType, value: Value | undefined): Value {
  if (value === undefined || value === null || value === UNKNOWN || typeof type === 'string') {
    return value ?? null;
  }
  const [kind, of] = type;
  if (kind === 'object' && isObject(value)) {
    const attributes = of as { readonly [name: string]: CtyType };
    return Object.fromEntries(
      Object.entries(attributes).map(([name, each]) => [name, conformType(each, value[name])]),
    );
  }
  return mapElements(kind, value, (element) => conformType(of as CtyType, element));
}

/** Applies a function to the elements of a list, set or map, or to the one object. */
export function mapElements(nesting: string, value: Value, apply: (element: Value) => Value): Value {
  if (Array.isArray(value)) {
    return value.map(apply);
  }
  if (nesting === 'map' && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, apply(element)]));
  }
  return apply(value);
}

function mapValue(value: Value, apply: (value: Value) => Value): Value {
  if (Array.isArray(value)) {
    return value.map((element: Value) => mapValue(element, apply));
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapValue(each, apply)]));
  }
  return apply(value);
}

function canonical(field: Field, value: Value): string {
  const { fields, nesting, type } = field;
  const isSet = nesting === 'set' || (Array.isArray(type) && type[0] === 'set');
  if (isSet && Array.isArray(value)) {
    return JSON.stringify(value.map((element: Value) => text(element)).sort());
  }
  return fields && isObject(value) && nesting === 'single'
    ? JSON.stringify(fields.map((each) => canonical(each, value[each.name] ?? null)))
    : text(value);
}

/** JSON with sorted keys, for comparisons. */
function text(value: Value): string {
  if (value === UNKNOWN) {
    return '(known after apply)';
  }
  if (Array.isArray(value)) {
    return `[${value.map(text).join()}]`;
  }
  if (isObject(value)) {
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${text(value[name])}`)
      .join()}}`;
  }
  return JSON.stringify(value);
}
