/** Claims of a token. */
export interface Claims {
  readonly [name: string]: unknown;
}

/** Value of a claim; undefined when there is none. Several names are the path to a nested one, outermost first. */
export function claimAt(claims: Claims, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Claims)[name]
        : undefined,
    claims,
  );
}
