import { isDeepStrictEqual } from 'node:util';
import type { Entity } from '../../konnect-client';
import { type Code, valueCode } from './code';
import type { StackSource } from './stack-source';

/** Labels that have a value. */
export function labels(entity: Entity): Code | undefined {
  const known = Object.entries((entity.labels ?? {}) as object).filter(
    ([, value]) => typeof value === 'string',
  );
  return known.length > 0 ? valueCode(Object.fromEntries(known)) : undefined;
}

/** A member of the enum. */
export function visibilityCode(source: StackSource, value: string): Code {
  return `${source.use('Visibility')}.${value.toUpperCase()}`;
}

/** A prop, left out where the default says the same or there is nothing to say. */
export function unless(value: unknown, byDefault?: unknown): Code | undefined {
  const isNothing =
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0);
  return isNothing || isDeepStrictEqual(value, byDefault) ? undefined : valueCode(value);
}
