import { Token, Tokenization } from 'cdktf';

/** CDKTF's tokens inside of a text: those of strings, and numbers that may be tokens. */
const TOKENS = /(\$\{TfToken\[[\w:.-]+\]\}|-\d(?:\.\d+)?e\+\d+)/;

/** A number as JavaScript writes one that may be a token. */
const NUMBER = /^-\d(?:\.\d+)?e\+\d+$/;

const MAP_VALUES = [Token.STRING_MAP_TOKEN_VALUE, Token.ANY_MAP_TOKEN_VALUE];

/** What a text has to have in it to hold a token, even a broken one; most have nothing of it, and are through. */
const TRACE_OF_TOKEN = /TfToken|\de[+\d]|Map Token Value/;

/** A piece of a text: a token of CDKTF, or what the user wrote. */
export interface TextPart {
  readonly text: string;
  readonly token: boolean;
}

/** A text cut at the tokens in it. A number that is one comes out as a string: CDKTF misses it behind a digit or a dot. */
export function textParts(text: string): TextPart[] {
  if (!TRACE_OF_TOKEN.test(text)) {
    return [{ text, token: false }];
  }
  return text
    .split(TOKENS)
    .filter((part) => part !== '')
    .map((part) => {
      const number = NUMBER.test(part) ? Tokenization.reverseNumber(Number(part)) : undefined;
      return number
        ? { text: Token.asString(number), token: true }
        : { text: part, token: Token.isUnresolved(part) };
    });
}

/** Whether CDKTF would stumble over the value at synthesis: it looks for its tokens in every value. */
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

/** @throws what CDKTF throws at a token that it does not know */
function isTextOfUnknownTokens(text: string): boolean {
  textParts(text);
  for (const [number] of text.matchAll(/(?<![-+.|\d])[-+.|\d]+e[-+.|\deE]+/g)) {
    Tokenization.reverseNumber(Number.parseFloat(number));
  }
  // Lists and maps are tokens as a whole only; these two words stand for the values of such a map.
  return /[#&]\{TfToken\[/.test(text) || MAP_VALUES.includes(text);
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
