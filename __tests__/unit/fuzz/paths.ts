/*
 * Places in a value, for example `labels.team`. Constructs and other objects of a class have no places inside.
 */

/** The places of everything in a value, the value itself (the empty path) first. */
export function allPathsOf(value: unknown, prefix = ''): string[] {
  const inner = entriesOf(value).flatMap(([key, each]) => allPathsOf(each, join(prefix, key)));
  return [prefix, ...inner];
}

/** The value with one place changed. */
export function replaced(
  value: unknown,
  path: string,
  change: (each: string) => unknown,
  prefix = '',
): unknown {
  if (prefix === path) {
    return change(value as string);
  }
  if (!path.startsWith(prefix)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((each, index) => replaced(each, path, change, join(prefix, String(index))));
  }
  const entries = entriesOf(value);
  return entries.length === 0
    ? value
    : Object.fromEntries(
        entries.map(([key, each]) => [key, replaced(each, path, change, join(prefix, key))]),
      );
}

/** Every text in synthesized JSON that Terraform reads: values and keys, without CDKTF's comments. */
export function texts(json: unknown): string[] {
  if (typeof json === 'string') {
    return [json];
  }
  return entriesOf(json).flatMap(([key, value]) => (key === '//' ? [] : [key, ...texts(value)]));
}

const join = (prefix: string, key: string) => (prefix === '' ? key : `${prefix}.${key}`);

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
    ? Object.entries(value)
    : [];
}
