/** The elements of a list as texts; none for whatever is no list. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
