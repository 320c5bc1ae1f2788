import { Fn, Token } from 'cdktf';
import { textParts } from './tokens';

/** A double quote inside of an argument of a Terraform function. */
const QUOTE = '\\"';

/** JSON of a value that may hold tokens, which Terraform writes as JSON once it knows them. */
export function jsonText(value: object | undefined): string | undefined {
  return value && encoded(value);
}

function encoded(value: unknown): string {
  if (typeof value === 'string') {
    return encodedText(value);
  }
  if (Token.isUnresolved(value)) {
    return Fn.jsonencode(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(encoded).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'null';
  }
  const known = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${known.map(([key, each]) => `${encodedText(key)}:${encoded(each)}`).join(',')}}`;
}

function encodedText(text: string): string {
  const parts = textParts(text);
  if (parts.length === 1 && parts[0].token) {
    return Fn.jsonencode(parts[0].text);
  }
  return `"${parts.map((part) => (part.token ? withoutQuotes(part.text) : JSON.stringify(part.text).slice(1, -1))).join('')}"`;
}

function withoutQuotes(token: string): string {
  return Fn.trimsuffix(Fn.trimprefix(Fn.jsonencode(token), QUOTE), QUOTE);
}
