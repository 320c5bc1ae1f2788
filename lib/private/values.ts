import { Token } from 'cdktf';
import { hasUnknownToken } from './tokens';

/** An object of values, none of a class: constructs and tokens are none. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
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
