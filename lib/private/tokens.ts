import { Token } from 'cdktf';

/**
 * A construct id made from a value, or from a number where the value is known at apply only.
 *
 * Encoded, because a slash in an id turns into two dashes and two values into one id.
 */
export function childId(prefix: string, value: string, ordinal: number): string {
  const name = Token.isUnresolved(value) ? ordinal : value.replaceAll('%', '%25').replaceAll('/', '%2F');
  return `${prefix}-${name}`;
}
