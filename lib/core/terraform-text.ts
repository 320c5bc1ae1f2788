import { Fn, Lazy, Token } from 'cdktf';
import { isPlainObject, splitTokens } from './tokens';

/** Quick test: every text that needs escaping matches, and most texts do not. */
const TRACE = /[{\r]|\de\+/;

/** A text that is one token and nothing else. */
const TOKEN = /^\$\{TfToken\[[\w:.-]+\]\}$/;

/** The start of a template sequence in a text without tokens. A lone carriage return hides one from Terraform. */
const SPECIAL = /(?<![$%])(?:[$%]+(?=\{)|[$%]*\r(?!\n))/g;

/** The same in front of a token: a mark at the end would escape the token's `$`. */
const SPECIAL_BEFORE_TOKEN = /(?<![$%])(?:[$%]+(?=\{|$)|[$%]*\r(?!\n))/g;

/**
 * Escapes a configuration so that every text is literal. Terraform reads each string as a template, and would evaluate
 * `${` and `%{` in a label or a page.
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
  return isHcl() ? escapeForHcl(text) : escapeForJson(text);
}

function escapeForHcl(text: string): string {
  const parts = splitTokens(text);
  return parts
    .map((part, index) => (part.isToken ? part.text : escapeQuoted(part.text, index < parts.length - 1)))
    .join('');
}

function escapeForJson(text: string): string {
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

/** A double quote inside of an argument of a Terraform function. */
const QUOTE = '\\"';

/** Writes a value as JSON. Terraform encodes the tokens in it once it knows them. */
export function toJson(value: unknown): string {
  if (typeof value === 'string') {
    return textToJson(value);
  }
  if (Token.isUnresolved(value)) {
    return Fn.jsonencode(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(toJson).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'null';
  }
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries.map(([key, each]) => `${textToJson(key)}:${toJson(each)}`).join(',')}}`;
}

function textToJson(text: string): string {
  const parts = splitTokens(text);
  if (parts.length === 1 && parts[0].isToken) {
    return Fn.jsonencode(parts[0].text);
  }
  const encoded = parts.map((part) =>
    part.isToken ? withoutQuotes(part.text) : JSON.stringify(part.text).slice(1, -1),
  );
  return `"${encoded.join('')}"`;
}

function withoutQuotes(token: string): string {
  return Fn.trimsuffix(Fn.trimprefix(Fn.jsonencode(token), QUOTE), QUOTE);
}

/*
 * `cdktf synth --hcl`. cdktf puts texts between quotes as they are, so that they have to be escaped before.
 */

/** Whether cdktf writes HCL instead of JSON. */
function isHcl(): boolean {
  return ['true', '1'].includes(process.env.SYNTH_HCL_OUTPUT ?? '');
}

/**
 * A list of addresses or names of attributes in a meta-argument. In HCL, cdktf would quote each of them, and Terraform
 * rejects quotes there. cdktf leaves a text with the whole list as it is.
 */
export function referenceList(produce: () => readonly string[]): string[] {
  return Token.asList(
    Lazy.anyValue({
      produce: () => {
        const references = produce();
        const written = isHcl() ? `[${references.join(', ')}]` : references;
        return references.length > 0 ? written : undefined;
      },
    }),
  );
}

/** An address as the value of an attribute: without quotes. */
export function hclReference(address: string): object {
  return { value: address, type: 'reference' };
}

/**
 * Escapes a text, or the part of one before a token, for its place between quotes. A text that starts with a bracket has
 * to hide it, because cdktf would take the text for an expression.
 */
function escapeQuoted(text: string, isBeforeToken: boolean): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\[bf]|\\\\/g, (pair) => UNKNOWN_ESCAPES[pair] ?? pair)
    .replace(isBeforeToken ? /[$%](?=\{|$)/g : /[$%](?=\{)/g, toUnicode)
    .replace(/^[[{]/, toUnicode);
}

/** Escapes of JSON that HCL does not have. */
const UNKNOWN_ESCAPES: { readonly [pair: string]: string } = { '\\b': '\\u0008', '\\f': '\\u000c' };

function toUnicode(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}
