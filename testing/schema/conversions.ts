import { isExpression, parseTemplate } from './templates';
import type { ValueType } from './types';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const BOOL = /^(true|false|1|0)$/;

/** Whether Terraform takes a value of one kind for another: it converts texts, numbers and bools. */
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
      // What the expressions become is known at plan only: the rest must not stand in the way.
      return expressions.length > 0 ? /^[\d.+e-]*$/i.test(literal) : NUMBER.test(value);
    case 'bool':
      return expressions.length > 0 ? literal === '' : BOOL.test(value);
    default:
      return false;
  }
}
