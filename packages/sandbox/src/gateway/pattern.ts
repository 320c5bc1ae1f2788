/** Inline flags of PCRE that JavaScript also has, at the start of a pattern: `(?i)/orders`. */
const INLINE_FLAGS = /^\(\?([imsx]+)\)/;

/**
 * Compiles the regular expression of a route's path, anchored at its beginning as Kong does.
 *
 * @throws SyntaxError for an invalid expression
 */
export function compilePattern(pattern: string): RegExp {
  const [prefix = '', flags = ''] = INLINE_FLAGS.exec(pattern) ?? [];
  const expression = pattern.slice(prefix.length);
  const source = flags.includes('x') ? withoutLayout(expression) : expression;
  // PCRE writes named groups as (?P<name>…) too.
  return new RegExp(`^(?:${source.replaceAll('(?P<', '(?<')})`, flags.replaceAll('x', ''));
}

/** Extended patterns ignore white space and comments. */
function withoutLayout(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) => (/^[\s#]/.test(part) ? '' : part));
}
