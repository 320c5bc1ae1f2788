import { Token } from 'cdktf';
import type { CatalogFailure } from './catalog-error';
import type { CatalogFile, DocumentPath } from './catalog-file';

/** The rule against tokens of CDKTF in data. */
export const NO_TOKEN = {
  rule: 'must not be a token of CDKTF: a data file says what is in it, and nothing of the app',
  remedy: 'Write the value out, or set it in the code',
};

/** Whatever CDKTF would take for a value of the app. */
export function tokenFailures(file: CatalogFile): CatalogFailure[] {
  return found(file, file.data, []);
}

/** Whether the text of a file that the catalog names has one. */
export function isToken(text: string): boolean {
  return Token.isUnresolved(text);
}

function found(file: CatalogFile, value: unknown, path: DocumentPath): CatalogFailure[] {
  if (typeof value !== 'object' || value === null) {
    return Token.isUnresolved(value)
      ? [file.failure(path, { ...NO_TOKEN, received: file.received(path) })]
      : [];
  }
  return Object.entries(value).flatMap(([key, each]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const ofKey = Token.isUnresolved(key)
      ? [file.failureOfKey(at, { ...NO_TOKEN, received: JSON.stringify(key) })]
      : [];
    return [...ofKey, ...found(file, each, at)];
  });
}
