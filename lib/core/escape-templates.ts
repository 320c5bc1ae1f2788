import { isPlainObject, splitTokens } from './tokens';

/** Every text that needs escaping matches. Most texts do not, and need no further look. */
const TRACE = /[{\r]|\de\+/;

/** A text that is one token and nothing else. */
const TOKEN = /^\$\{TfToken\[[\w:.-]+\]\}$/;

/** The start of a template sequence in a text without tokens. A lone carriage return hides one from Terraform. */
const SPECIAL = /(?<![$%])(?:[$%]+(?=\{)|[$%]*\r(?!\n))/g;

/** The same before a token, whose `$` the last mark would escape. */
const SPECIAL_BEFORE_TOKEN = /(?<![$%])(?:[$%]+(?=\{|$)|[$%]*\r(?!\n))/g;

/**
 * Escapes a configuration so that every text means itself. Terraform reads each string as a template, and would
 * evaluate `${` and `%{` in a label or a page.
 *
 * Tokens stay tokens, also inside of a text.
 */
export function escapeTemplates<T>(value: T): T {
  return escaped(value) as T;
}

/** Returns the same object if there is nothing to escape: a stack with many APIs has many configurations. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') {
    return escapeText(value);
  }
  if (Array.isArray(value)) {
    const elements = value.map(escaped);
    return elements.every((each, index) => each === value[index]) ? value : elements;
  }
  if (!isPlainObject(value) || typeof value.resolve === 'function') {
    return value;
  }
  let isChanged = false;
  const copy: { [key: string]: unknown } = {};
  for (const key of Object.keys(value)) {
    const name = escapeText(key);
    const each = escaped(value[key]);
    isChanged ||= name !== key || each !== value[key];
    copy[name] = each;
  }
  return isChanged ? copy : value;
}

function escapeText(text: string): string {
  if (!TRACE.test(text) || TOKEN.test(text)) {
    return text;
  }
  const parts = splitTokens(text);
  return parts.some(({ isToken }) => isToken)
    ? parts
        .map((part) => (part.isToken ? part.text : part.text.replace(SPECIAL_BEFORE_TOKEN, asExpression)))
        .join('')
    : text.replace(SPECIAL, (special) =>
        /^[$%]$/.test(special) ? `${special}${special}` : asExpression(special),
      );
}

/**
 * An expression with the value. `$${` is not enough: Terraform misreads it behind another dollar, and before a token
 * CDKTF takes its brace for the start of an expression.
 */
function asExpression(special: string): string {
  return `\${"${special.replace('\r', '\\r')}"}`;
}
