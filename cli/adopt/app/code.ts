/** Maximum length of a line. */
const WIDTH = 110;

/** TypeScript: an expression, or a list or object of expressions. `undefined` members are left out. */
export type Code = string | readonly Code[] | { readonly [key: string]: Code | undefined };

/** Code in place of a value. */
export class Expression {
  public constructor(public readonly code: string) {}
}

/** The code of a value. */
export function valueCode(value: unknown): Code {
  if (value instanceof Expression) {
    return value.code;
  }
  if (typeof value === 'string') {
    return textCode(value);
  }
  if (Array.isArray(value)) {
    return value.map(valueCode);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, valueCode(each)]))
    : String(JSON.stringify(value));
}

/** The code of an argument of a resource. Terraform reads its texts as templates, so they are escaped. */
export function argumentCode(value: unknown): Code {
  return valueCode(escaped(value));
}

/**
 * Formats code on one line if it fits, otherwise on several.
 *
 * @param before number of characters that are on the line already
 * @param indent spaces of the block
 */
export function formatCode(code: Code, before: number, indent = 0): string {
  const line = onOneLine(code);
  if (typeof code === 'string' || before + line.length <= WIDTH) {
    return line;
  }
  const inner = ' '.repeat(indent + 2);
  const lines = isList(code)
    ? code.map((each) => `${inner}${formatCode(each, indent + 2, indent + 2)},`)
    : membersOf(code).map(([key, each]) => {
        const start = `${inner}${key}: `;
        return `${start}${formatCode(each, start.length, indent + 2)},`;
      });
  const [open, close] = isList(code) ? ['[', ']'] : ['{', '}'];
  return [open, ...lines, `${' '.repeat(indent)}${close}`].join('\n');
}

function onOneLine(code: Code): string {
  if (typeof code === 'string') {
    return code;
  }
  if (isList(code)) {
    return `[${code.map(onOneLine).join(', ')}]`;
  }
  const members = membersOf(code).map(([key, each]) => `${key}: ${onOneLine(each)}`);
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

function membersOf(code: { readonly [key: string]: Code | undefined }): [string, Code][] {
  return Object.entries(code).flatMap(([key, each]) =>
    each === undefined ? [] : [[/^[a-z_]\w*$/i.test(key) ? key : textCode(key), each]],
  );
}

function isList(code: Code): code is readonly Code[] {
  return Array.isArray(code);
}

/** A text as a literal with single quotes. */
function textCode(text: string): string {
  const escapes = JSON.stringify(text).slice(1, -1);
  return `'${escapes.replace(/\\.|'/g, (each) => (each === '\\"' ? '"' : each === "'" ? "\\'" : each))}'`;
}

function escaped(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/[$%](?=\{)/g, '$&$&');
  }
  if (Array.isArray(value)) {
    return value.map(escaped);
  }
  return typeof value === 'object' && value !== null && !(value instanceof Expression)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escaped(each)]))
    : value;
}
