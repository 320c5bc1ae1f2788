/** A text of Terraform's: what stands there as it is, and expressions between. */
export interface Template {
  /** Everything outside of the expressions. */
  readonly literal: string;
  readonly expressions: readonly Expression[];
}

/** What stands in `${…}` or `%{…}`. */
export interface Expression {
  /** The code, with `""` where it has a quoted text. */
  readonly code: string;
  /** The quoted texts, which are templates too. */
  readonly quoted: readonly Template[];
}

/** Is the text one `${...}` and nothing else, so that it may be a value of any type? */
export function isExpression(text: string): boolean {
  return text.startsWith('${') && text.endsWith('}') && readExpression(text, 2).end === text.length;
}

export function parseTemplate(text: string): Template {
  return readText(text, 0, false).template;
}

/** Every expression of a template, those in quoted texts too. */
export function expressionsIn({ expressions }: Template): Expression[] {
  return expressions.flatMap((each) => [...each.quoted.flatMap(expressionsIn), each]);
}

/** What Terraform writes for an expression's beginning that is none. */
const ESCAPED = ['$${', '%%{'];
const BEGINNINGS = ['${', '%{'];

/** Reads text up to its closing quote, or up to the end where it has none. */
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

/** Reads an expression up to the brace that closes it. */
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
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    at += 1;
    if (depth === 0) break;
    code += char;
  }
  return { expression: { code, quoted }, end: at };
}
