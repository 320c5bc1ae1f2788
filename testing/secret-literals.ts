import { type Expression, expressionsIn, parseTemplate, type Template } from './schema/templates';

/** Shorter texts occur by chance: `Bearer ` in front of an expression is no secret. */
export const SECRET_MIN_LENGTH = 8;

/** What of a text is written down. */
export interface Literal {
  readonly text: string;
  /** Whether nothing else is in it: no value that is known at plan or apply only. */
  readonly isWhole: boolean;
}

/** The literal part of a text: what stands around its expressions, and in those that depend on nothing. */
export function literalOf(text: string): Literal {
  const { literal, expressions } = parseTemplate(text);
  const constant = expressions.filter(isConstant);
  return {
    text: [literal, ...constant.flatMap(({ quoted }) => quoted.map(quotedText))].join(''),
    isWhole: constant.length === expressions.length,
  };
}

/** Whether an expression has no path to a value in it, and calls nothing that reads a file. */
function isConstant(expression: Expression): boolean {
  const all = [expression, ...expression.quoted.flatMap(expressionsIn)];
  return all.every(({ code }) => !/[A-Za-z_][\w-]*\s*(\.|\[|::)|\b(file\w*|templatefile)\s*\(/.test(code));
}

function quotedText({ literal, expressions }: Template): string {
  return [literal, ...expressions.flatMap(({ quoted }) => quoted.map(quotedText))].join('');
}
