import { textParts } from './tokens';
import { isRecord } from './values';

/** What a text has to have in it to be changed; most have nothing of it, and are through. */
const TRACE = /[{\r]|\de\+/;

/** A text that is a token and nothing else: most of those that have a trace. */
const TOKEN = /^\$\{TfToken\[[\w:.-]+\]\}$/;

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

/** The value itself where nothing in it has to be escaped: a stack with many APIs has many configurations. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') {
    return escapedText(value);
  }
  if (Array.isArray(value)) {
    const elements = value.map(escaped);
    return elements.every((each, index) => each === value[index]) ? value : elements;
  }
  if (!isRecord(value) || typeof value.resolve === 'function') {
    return value;
  }
  let isChanged = false;
  const copy: { [key: string]: unknown } = {};
  for (const key of Object.keys(value)) {
    const name = escapedText(key);
    const each = escaped(value[key]);
    isChanged ||= name !== key || each !== value[key];
    copy[name] = each;
  }
  return isChanged ? copy : value;
}

function escapedText(text: string): string {
  if (!TRACE.test(text) || TOKEN.test(text)) {
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
