import { text } from '../core/specs';

/** Syntax of PCRE that JavaScript does not have. Kong's router reads it. */
const PCRE_ONLY = /\(\?[^:=!<]|\(\?<[^=!a-z]|[*+?}]\+|\\[AzZGQEKRhHvX]|\[\[:/i;

/** Path of a route: a prefix, or a regular expression behind `~`. */
export const ROUTE_PATH = text().check(
  {
    rule: 'must start with /, or with ~/ for a regular expression (Konnect)',
    remedy: 'Put a slash in front',
    isValid: (path) => path.startsWith('/') || path.startsWith('~/'),
    schema: { pattern: '^~?/' },
  },
  {
    rule: 'must have no // and no white space, and a regular expression must be valid (Kong)',
    remedy: 'Write a prefix like /orders, or a regular expression like ~/orders/[^/]+$',
    isValid: (path) => (path.startsWith('~') ? isRegex(path.slice(1)) : !/\/\/|\s/.test(path)),
  },
);

/** Whether a prefix was probably meant as a pattern. */
export function looksLikePattern(path: string): boolean {
  return path.startsWith('/') && /\{[^}]*\}|\\[dws]|\(.*\)|\[.*\]/.test(path) && !path.includes('TfToken');
}

/** Whether a regular expression is valid, as far as JavaScript can tell. */
function isRegex(source: string): boolean {
  if (PCRE_ONLY.test(source)) {
    return true;
  }
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
