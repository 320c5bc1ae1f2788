import { Token, Tokenization } from 'cdktf';

/** Tokens inside of a text: those of strings, and numbers that may be tokens. */
const TOKENS = /(\$\{TfToken\[[\w:.-]+\]\}|-\d(?:\.\d+)?e\+\d+)/;

/** A number as JavaScript writes a number token. */
const NUMBER = /^-\d(?:\.\d+)?e\+\d+$/;

const MAP_VALUES = [Token.STRING_MAP_TOKEN_VALUE, Token.ANY_MAP_TOKEN_VALUE];

/** Quick test: every text with a token, even a broken one, matches. Most texts do not. */
const TRACE_OF_TOKEN = /TfToken|\de[+\d]|Map Token Value/;

/** A part of a text: a token, or what the user wrote. */
export interface TextPart {
  readonly text: string;
  readonly isToken: boolean;
}

/** Splits a text at its tokens. Number tokens become strings: CDKTF misses them behind a digit or a dot. */
export function splitTokens(text: string): TextPart[] {
  if (!TRACE_OF_TOKEN.test(text)) {
    return [{ text, isToken: false }];
  }
  return text
    .split(TOKENS)
    .filter((part) => part !== '')
    .map((part) => {
      const number = NUMBER.test(part) ? Tokenization.reverseNumber(Number(part)) : undefined;
      return number
        ? { text: Token.asString(number), isToken: true }
        : { text: part, isToken: Token.isUnresolved(part) };
    });
}

/** Whether a text has at most so many characters. A token passes: its value is known at apply. */
export function hasAtMost(characters: number, text: string): boolean {
  return isToken(text) || [...text].length <= characters;
}

/** Whether a value is a plain object. Constructs and tokens are not. */
export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether a value is a token or a text with a token in it. Cheap for constructs, whose keys CDKTF would search. */
export function isToken(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isPlainObject(value)
    ? Tokenization.isResolvable(value)
    : Token.isUnresolved(value);
}

/** Whether CDKTF would fail on a token in the value at synthesis. */
export function hasUnknownToken(value: unknown): boolean {
  if (typeof value === 'string' && !TRACE_OF_TOKEN.test(value)) {
    return false;
  }
  try {
    Tokenization.reverse(value);
    return typeof value === 'string' && isTextOfUnknownTokens(value);
  } catch {
    return true;
  }
}

/** Whether a value can be written as JSON without loss. Tokens in it are written once Terraform knows them. */
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
  if (parents.includes(value) || !(Array.isArray(value) || isPlainObject(value))) {
    return false;
  }
  return Object.entries(value).every(([key, each]) => !hasUnknownToken(key) && isJson(each, inner));
}

/**
 * A construct id made from a value, or from a number if the value is known only at apply.
 *
 * Slashes are encoded. Otherwise they become two dashes in the address, and two values may get one id.
 */
export function encodeId(prefix: string, value: string, ordinal: number): string {
  const name = Token.isUnresolved(value) ? ordinal : value.replaceAll('%', '%25').replaceAll('/', '%2F');
  return `${prefix}-${name}`;
}

/** @throws Error of CDKTF for a token that it does not know */
function isTextOfUnknownTokens(text: string): boolean {
  splitTokens(text);
  for (const [number] of text.matchAll(/(?<![-+.|\d])[-+.|\d]+e[-+.|\deE]+/g)) {
    Tokenization.reverseNumber(Number.parseFloat(number));
  }
  // Lists and maps are tokens as a whole only. These texts are the values of a map token.
  return /[#&]\{TfToken\[/.test(text) || MAP_VALUES.includes(text);
}
