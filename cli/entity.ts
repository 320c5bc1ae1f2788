/** An entity as Konnect or Okta returns it. */
export interface Entity {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A text field of an entity, or an empty string. */
export function textOf(entity: Entity, field: string): string {
  const value = entity[field];
  return typeof value === 'string' ? value : '';
}

/** The `name` of an entity, or an empty string. */
export function nameOf(entity: Entity): string {
  return textOf(entity, 'name');
}

/** The `name` of an entity for a message. Services and routes need none. */
export function titleOf(entity: Entity): string {
  return nameOf(entity) || '(without a name)';
}

/** A nested field of an object; `undefined` if it does not exist. */
export function fieldOf(object: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    object,
  );
}

/** The texts of a list inside an object. */
export function textsOf(object: unknown, ...path: readonly string[]): string[] {
  const value = fieldOf(object, ...path);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
