/** Elements of a list as strings; empty when the value is not a list. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The value if it is a string, otherwise an empty string. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
