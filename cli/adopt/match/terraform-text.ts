/** Sequences with a meaning in a Terraform template: escapes, a quoted text as an expression, the start of others. */
const SEQUENCE = /\$\$\{|%%\{|\$\{"((?:[^"\\]|\\.)*)"\}|\$\{|%\{/g;

/** The literal text of a Terraform template; `undefined` if it has expressions. */
export function literalText(template: string): string | undefined {
  let hasExpression = false;
  const text = template.replace(SEQUENCE, (sequence: string, quoted?: string) => {
    if (quoted !== undefined) {
      return quoted.replaceAll('\\r', '\r');
    }
    hasExpression ||= sequence.length === 2;
    return sequence.slice(1);
  });
  return hasExpression ? undefined : text;
}
