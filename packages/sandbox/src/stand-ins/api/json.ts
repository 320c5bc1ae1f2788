import { type Attributes, UNKNOWN, type Value } from '../../providers/definition';

/** A JSON object of an API. */
export interface Json {
  readonly [field: string]: Value | undefined;
}

/** Whether the plan has a value: neither null nor known after apply. */
export function has(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== UNKNOWN;
}

/** The value, or null when there is none yet. */
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
export function at(value: Value | undefined, ...path: readonly string[]): Value {
  return path.reduce<Value>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? ((inner as Attributes)[name] ?? null) : null,
    value ?? null,
  );
}

/** An empty text, list or map is none to Terraform. */
export function unlessEmpty(value: Value | undefined): Value {
  const empty =
    value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return empty ? null : orNull(value);
}
