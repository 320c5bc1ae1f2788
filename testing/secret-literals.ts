import { type Expression, expressionsIn, parseTemplate, type Template } from './schema/templates';

/** Shorter texts occur by chance, for example `Bearer ` in front of an expression. */
export const SECRET_MIN_LENGTH = 8;

/** The literal part of a text. */
interface Literal {
  readonly text: string;
  /** Whether the text has no value that is known at plan or apply only. */
  readonly isWhole: boolean;
}

/** The text around the expressions, and in expressions without references. */
export function literalOf(text: string): Literal {
  const { literal, expressions } = parseTemplate(text);
  const constant = expressions.filter(isConstant);
  return {
    text: [literal, ...constant.flatMap(({ quoted }) => quoted.map(quotedText))].join(''),
    isWhole: constant.length === expressions.length,
  };
}

/** Whether an expression has no reference and reads no file. */
function isConstant(expression: Expression): boolean {
  const all = [expression, ...expression.quoted.flatMap(expressionsIn)];
  return all.every(({ code }) => !/[A-Za-z_][\w-]*\s*(\.|\[|::)|\b(file\w*|templatefile)\s*\(/.test(code));
}

function quotedText({ literal, expressions }: Template): string {
  return [literal, ...expressions.flatMap(({ quoted }) => quoted.map(quotedText))].join('');
}
