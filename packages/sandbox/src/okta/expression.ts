/** Variables of a claim's expression. */
interface ExpressionContext {
  readonly app: { readonly [field: string]: string };
}

type Result = string | boolean | null;
/** Finds the value of a compiled expression. */
type Evaluate = (context: ExpressionContext) => Result;

const TOKEN = /\s*(==|!=|[?:(),]|"[^"]*"|'[^']*'|[A-Za-z_][\w.]*)/y;
const APP_FIELDS = ['clientId', 'id', 'name', 'label'];
const LITERALS: { readonly [word: string]: Result } = { null: null, true: true, false: false };

/**
 * Compiles the part of the Okta Expression Language that access tokens without a user need: `app.clientId` and its
 * neighbours, quoted strings, `String.append(a, b)`, `a == b ? c : d`. There is no user, so `appuser` is null and so is
 * every field of it.
 *
 * @throws Error for an unsupported expression
 */
export function compile(text: string): Evaluate {
  return new Parser(text).parse();
}

class Parser {
  private readonly tokens: string[];

  public constructor(private readonly text: string) {
    const found = [...text.matchAll(new RegExp(TOKEN, 'gy'))];
    this.tokens = found.map(([, token]) => token);
    const length = found.reduce((sum, [all]) => sum + all.length, 0);
    if (text.slice(length).trim() !== '') {
      throw this.invalid();
    }
  }

  public parse(): Evaluate {
    const expression = this.conditional();
    if (this.tokens.length > 0) {
      throw this.invalid();
    }
    return expression;
  }

  private conditional(): Evaluate {
    const test = this.comparison();
    if (this.tokens[0] !== '?') {
      return test;
    }
    this.take('?');
    const whenTrue = this.conditional();
    this.take(':');
    const whenFalse = this.conditional();
    return (context) => (test(context) === true ? whenTrue(context) : whenFalse(context));
  }

  private comparison(): Evaluate {
    const left = this.operand();
    const operator = this.tokens[0];
    if (operator !== '==' && operator !== '!=') {
      return left;
    }
    this.take(operator);
    const right = this.operand();
    return (context) => (left(context) === right(context)) === (operator === '==');
  }

  private operand(): Evaluate {
    const token = this.tokens.shift() ?? '';
    if (token === '(') {
      const inner = this.conditional();
      this.take(')');
      return inner;
    }
    if (token === 'String.append') {
      return this.append();
    }
    if (/^["']/.test(token)) {
      return () => token.slice(1, -1);
    }
    if (Object.hasOwn(LITERALS, token)) {
      return () => LITERALS[token];
    }
    if (/^appuser(\.\w+)?$/.test(token)) {
      return () => null;
    }
    const [, field = ''] = /^app\.(\w+)$/.exec(token) ?? [];
    if (!APP_FIELDS.includes(field)) {
      throw this.invalid();
    }
    return ({ app }) => app[field];
  }

  private append(): Evaluate {
    this.take('(');
    const first = this.conditional();
    this.take(',');
    const second = this.conditional();
    this.take(')');
    return (context) => `${first(context) ?? ''}${second(context) ?? ''}`;
  }

  private take(expected: string): void {
    if (this.tokens.shift() !== expected) {
      throw this.invalid();
    }
  }

  private invalid(): Error {
    return new Error(`Invalid expression: ${this.text}`);
  }
}
