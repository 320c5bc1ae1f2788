import { isDeepStrictEqual } from 'node:util';
import type { Entity } from '../../entity';
import type { AppSource } from './app-source';
import { type Code, valueCode } from './code';

/** The prop `labels`. */
export function labels(entity: Entity): Code | undefined {
  const known = Object.entries((entity.labels ?? {}) as object).filter(
    ([, value]) => typeof value === 'string',
  );
  return known.length > 0 ? valueCode(Object.fromEntries(known)) : undefined;
}

/** A member of `Visibility`. */
export function visibilityCode(source: AppSource, value: string): Code {
  return `${source.use('Visibility')}.${value.toUpperCase()}`;
}

/** The code of a prop; `undefined` if the value is empty or the default. */
export function codeUnlessDefault(value: unknown, byDefault?: unknown): Code | undefined {
  const isNothing =
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0);
  return isNothing || isDeepStrictEqual(value, byDefault) ? undefined : valueCode(value);
}
