import { isDeepStrictEqual } from 'node:util';
import { type Attributes, UNKNOWN, type Value } from '../../providers/definition';

/** A JSON object of an API. */
export interface Json {
  readonly [field: string]: Value | undefined;
}

/** Whether the plan has a value: neither null nor known after apply. */
export function has(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== UNKNOWN;
}

/** The value, or null if it is missing or unknown. */
export function orNull(value: Value | undefined): Value {
  return value === undefined || value === UNKNOWN ? null : value;
}

/** Attributes with these names that have a value. */
export function pick(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(
    names.filter((name) => has(attributes[name])).map((name) => [name, attributes[name]]),
  );
}

/** Attributes with these names; null where there is no value. */
export function pickNullable(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, orNull(attributes[name])]));
}

/** A field of an object within an answer. */
export function at(value: Value | Json | undefined, ...path: readonly string[]): Value {
  return path.reduce<Value>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? ((inner as Attributes)[name] ?? null) : null,
    (value ?? null) as Value,
  );
}

/** Null for an empty text, list or map, which Terraform treats as missing. */
export function unlessEmpty(value: Value | undefined): Value {
  const empty =
    value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return empty ? null : orNull(value);
}

/** Whether the value is neither null, unknown nor empty. */
export function isSome(value: Value | undefined): boolean {
  return unlessEmpty(value) !== null;
}

/** The texts of a list or set. Empty if it is null or unknown. */
export function textsIn(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}

/** Attributes with a value, under their names in the API. */
export function renamed(attributes: Attributes, names: { readonly [field: string]: string }): Json {
  return Object.fromEntries(
    Object.entries(names)
      .filter(([, name]) => isSome(attributes[name]))
      .map(([field, name]) => [field, attributes[name]]),
  );
}

/** Parsed JSON of a text attribute; undefined without a text. */
export function parsed(value: Value | undefined): Value | undefined {
  return typeof value === 'string' && value !== '' ? (JSON.parse(value) as Value) : undefined;
}

/** Whether two texts are the same JSON. */
export function sameJson(left: Value | undefined, right: Value | undefined): boolean {
  return isDeepStrictEqual(parsed(left), parsed(right));
}

/**
 * An attribute without a default: the value in the API's response. Keeps the previous value if both are empty: null, an
 * empty text or list, false or 0.
 */
export function preferAnswer(answered: Value | undefined, previous: Value | undefined): Value {
  const saysNothing = (value: Value | undefined) => !isSome(value) || value === false || value === 0;
  return saysNothing(answered) && saysNothing(previous) ? orNull(previous) : orNull(answered);
}
