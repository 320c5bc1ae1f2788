import { Token } from 'cdktf';

/** A construct id made from a value, or from a number where the value is known at apply only. */
export function childId(prefix: string, value: string, ordinal: number): string {
  return `${prefix}-${Token.isUnresolved(value) ? ordinal : value}`;
}
