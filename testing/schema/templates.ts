/** A template of Terraform: literal text with expressions. */
export interface Template {
  /** The text outside of the expressions. */
  readonly literal: string;
  readonly expressions: readonly Expression[];
}

/** The content of `${…}` or `%{…}`. */
export interface Expression {
  /** The code with `""` for each quoted text. */
  readonly code: string;
  /** The quoted texts, which are templates too. */
  readonly quoted: readonly Template[];
}

/** Whether the text is a single `${...}`, which can have any type. */
export function isExpression(text: string): boolean {
  return text.startsWith('${') && text.endsWith('}') && readExpression(text, 2).end === text.length;
}

export function parseTemplate(text: string): Template {
  return readText(text, 0, false).template;
}

/** Every expression of a template, also those in quoted texts. */
export function expressionsIn({ expressions }: Template): Expression[] {
  return expressions.flatMap((each) => [...each.quoted.flatMap(expressionsIn), each]);
}

/** Escaped starts of expressions. */
const ESCAPED = ['$${', '%%{'];
const BEGINNINGS = ['${', '%{'];

/** Reads text to its closing quote, or to the end without one. */
function readText(
  source: string,
  start: number,
  quoted: boolean,
): { readonly template: Template; readonly end: number } {
  let at = start;
  let literal = '';
  const expressions: Expression[] = [];
  while (at < source.length && !(quoted && source[at] === '"')) {
    if (BEGINNINGS.some((each) => source.startsWith(each, at))) {
      const { expression, end } = readExpression(source, at + 2);
      expressions.push(expression);
      at = end;
    } else {
      const length =
        quoted && source[at] === '\\' ? 2 : ESCAPED.some((e) => source.startsWith(e, at)) ? 3 : 1;
      literal += source.slice(at, at + length);
      at += length;
    }
  }
  return { template: { literal, expressions }, end: quoted ? at + 1 : at };
}

/** Reads an expression to its closing brace. */
function readExpression(
  source: string,
  start: number,
): { readonly expression: Expression; readonly end: number } {
  let at = start;
  let depth = 1;
  let code = '';
  const quoted: Template[] = [];
  while (at < source.length) {
    const char = source[at];
    if (char === '"') {
      const { template, end } = readText(source, at + 1, true);
      quoted.push(template);
      at = end;
      code += '""';
      continue;
    }
    if (char === '{') {
      depth += 1;
    } else if (char === '}') {
      depth -= 1;
    }
    at += 1;
    if (depth === 0) {
      break;
    }
    code += char;
  }
  return { expression: { code, quoted }, end: at };
}
