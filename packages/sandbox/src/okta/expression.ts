/** What an expression of a claim may refer to. */
export interface ExpressionContext {
  readonly app: { readonly [field: string]: string };
}

/** The value of a claim, or a function that finds it. */
type Evaluate = (context: ExpressionContext) => string | boolean;

const APP_FIELDS = ['clientId', 'id', 'name', 'label'];

/**
 * Compiles what Okta's defaults and the how-to use of the Okta Expression Language: `app.clientId` and its
 * neighbours, quoted strings, `a == b ? c : d`, `String.append(a, b)`.
 *
 * @throws Error for an expression that it does not understand
 */
export function compile(text: string): Evaluate {
  const expression = text.trim();
  const [, condition, yes, no] = /^([^?]+)\?(.+):(.+)$/.exec(expression) ?? [];
  if (condition) {
    const [test, whenTrue, whenFalse] = [compileTest(condition), compile(yes), compile(no)];
    return (context) => (test(context) ? whenTrue(context) : whenFalse(context));
  }
  const [, first, second] = /^String\.append\((.+),(.+)\)$/.exec(expression) ?? [];
  if (first) {
    const parts = [compile(first), compile(second)];
    return (context) => parts.map((part) => part(context)).join('');
  }
  const quoted = /^(["'])((?:(?!\1).)*)\1$/.exec(expression);
  if (quoted) {
    return () => quoted[2];
  }
  const field = /^app\.(\w+)$/.exec(expression)?.[1];
  if (field && APP_FIELDS.includes(field)) {
    return ({ app }) => app[field];
  }
  throw new Error(`Invalid expression: ${text}`);
}

function compileTest(text: string): Evaluate {
  const [, left, operator, right] = /^(.+?)(==|!=)(.+)$/.exec(text) ?? [];
  if (!operator) {
    throw new Error(`Invalid expression: ${text}`);
  }
  const [a, b] = [compile(left), compile(right)];
  return (context) => (a(context) === b(context)) === (operator === '==');
}
