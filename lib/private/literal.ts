import { Token } from 'cdktf';
import { textParts } from './tokens';
import { isRecord } from './values';

/** What a text has to have in it to be changed; most have nothing of it, and are through. */
const TRACE = /[{\r]|\de\+/;

/** What opens an expression in a text without tokens; and a carriage return alone, behind which Terraform opens none. */
const SPECIAL = /(?<![$%])(?:[$%]+(?=\{)|[$%]*\r(?!\n))/g;

/** The same beside a token, which the last mark in front of it would escape. */
const SPECIAL_BESIDE_TOKEN = /(?<![$%])(?:[$%]+(?=\{|$)|[$%]*\r(?!\n))/g;

/**
 * A resource's configuration in which every text means itself: to Terraform each string is a template,
 * so `${` and `%{` of a label or a page would be evaluated.
 *
 * CDKTF's tokens stay what they are, also inside of a text: whoever wants an expression passes one.
 */
export function literal<T>(value: T): T {
  return escaped(value) as T;
}

function escaped(value: unknown): unknown {
  if (typeof value === 'string') {
    return escapedText(value);
  }
  if (Array.isArray(value)) {
    return value.map(escaped);
  }
  if (Token.isUnresolved(value) || !isRecord(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [escapedText(key), escaped(each)]));
}

function escapedText(text: string): string {
  if (!TRACE.test(text)) {
    return text;
  }
  const parts = textParts(text);
  return parts.some(({ token }) => token)
    ? parts.map((part) => (part.token ? part.text : part.text.replace(SPECIAL_BESIDE_TOKEN, quoted))).join('')
    : text.replace(SPECIAL, (special) => (/^[$%]$/.test(special) ? `${special}${special}` : quoted(special)));
}

/**
 * An expression with the value. It does what `$${` cannot: Terraform reads that wrongly behind another
 * dollar, and beside a token CDKTF takes its brace for the beginning of an expression.
 */
function quoted(special: string): string {
  return `\${"${special.replace('\r', '\\r')}"}`;
}
