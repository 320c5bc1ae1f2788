/** Inline flags of PCRE at the start of a pattern, as in `(?i)/orders`. Those that JavaScript has. */
const INLINE_FLAGS = /^\(\?([imsx]+)\)/;

/**
 * Compiles the regular expression of a route's path, anchored at its beginning as Kong does.
 *
 * @throws SyntaxError for an expression that is none
 */
export function compilePattern(pattern: string): RegExp {
  const [prefix = '', flags = ''] = INLINE_FLAGS.exec(pattern) ?? [];
  const expression = pattern.slice(prefix.length);
  const source = flags.includes('x') ? withoutLayout(expression) : expression;
  // PCRE writes named groups as (?P<name>…) too.
  return new RegExp(`^(?:${source.replaceAll('(?P<', '(?<')})`, flags.replaceAll('x', ''));
}

/** Extended patterns have spaces and comments that mean nothing. */
function withoutLayout(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) => (/^[\s#]/.test(part) ? '' : part));
}
