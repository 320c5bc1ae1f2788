import { isExpression, parseTemplate } from './templates';
import type { ValueType } from './types';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const BOOL = /^(true|false|1|0)$/;

/** Whether Terraform converts a value to a kind. It converts strings, numbers and bools. */
export function isConvertible(value: unknown, kind: ValueType['kind']): boolean {
  if (typeof value !== 'string') {
    return kind === 'string' && ['number', 'boolean'].includes(typeof value);
  }
  if (isExpression(value)) {
    return true;
  }
  const { literal, expressions } = parseTemplate(value);
  switch (kind) {
    case 'number':
      // The values of the expressions are unknown. The rest must be a part of a number.
      return expressions.length > 0 ? /^[\d.+e-]*$/i.test(literal) : NUMBER.test(value);
    case 'bool':
      return expressions.length > 0 ? literal === '' : BOOL.test(value);
    default:
      return false;
  }
}
