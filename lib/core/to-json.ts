import { Fn, Token } from 'cdktf';
import { splitTokens } from './tokens';

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
