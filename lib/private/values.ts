import { Token, Tokenization } from 'cdktf';
import { hasUnknownToken } from './tokens';

/** An object of values, none of a class: constructs and tokens are none. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Whether a value is a token or holds one in its text. CDKTF looks for one in the name of every property of an
 * object, which constructs have many of; only a plain object can be the token of a map.
 */
export function isToken(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRecord(value)
    ? Tokenization.isResolvable(value)
    : Token.isUnresolved(value);
}

/** Whether a value can be written as JSON without losing anything; a token in it is written once it is known. */
export function isJson(value: unknown, parents: readonly unknown[] = []): boolean {
  if (typeof value === 'string' || Token.isUnresolved(value)) {
    return !hasUnknownToken(value);
  }
  if (value === undefined || value === null || typeof value === 'boolean') {
    return true;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value);
  }
  const inner = [...parents, value];
  if (parents.includes(value) || !(Array.isArray(value) || isRecord(value))) {
    return false;
  }
  return Object.entries(value).every(([key, each]) => !hasUnknownToken(key) && isJson(each, inner));
}
