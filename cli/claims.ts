/** Claims of a token. */
export interface Claims {
  readonly [name: string]: unknown;
}

/**
 * Value of a claim, or undefined if the token does not have it.
 *
 * @param path names from the outermost to the nested claim
 */
export function claimAt(claims: Claims, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Claims)[name]
        : undefined,
    claims,
  );
}
