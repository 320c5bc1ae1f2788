import { Token } from 'cdktf';

/** CDKTF's tokens inside of a text: those of strings, and numbers that may be tokens. */
const TOKENS = /(\$\{TfToken\[[\w:.-]+\]\}|-\d(?:\.\d+)?e\+\d+)/;

/** A piece of a text: a token of CDKTF, or what the user wrote. */
export interface TextPart {
  readonly text: string;
  readonly token: boolean;
}

/** A text cut at the tokens in it. */
export function textParts(text: string): TextPart[] {
  return text
    .split(TOKENS)
    .map((part) => ({ text: part, token: isToken(part) }))
    .filter((part) => part.text !== '');
}

function isToken(part: string): boolean {
  return Token.isUnresolved(part) || (part.startsWith('-') && Token.isUnresolved(Number(part)));
}

/**
 * A construct id made from a value, or from a number where the value is known at apply only.
 *
 * Encoded, because a slash in an id turns into two dashes and two values into one id.
 */
export function childId(prefix: string, value: string, ordinal: number): string {
  const name = Token.isUnresolved(value) ? ordinal : value.replaceAll('%', '%25').replaceAll('/', '%2F');
  return `${prefix}-${name}`;
}
