/*
 * Places in props: `labels.team` for a value, `labels{team}` for a key. Constructs and other
 * objects of a class are values of their own.
 */

/** The places of all texts in an example. Keys count where the user chooses them. */
export function pathsOf(example: unknown, prefix = ''): string[] {
  if (typeof example === 'string') {
    return [prefix];
  }
  return entriesOf(example).flatMap(([key, value]) => [
    ...(isChosen(prefix) && !Array.isArray(example) ? [`${prefix}{${key}}`] : []),
    ...pathsOf(value, join(prefix, key)),
  ]);
}

/** The places of everything in an example, the example itself first. */
export function allPathsOf(example: unknown, prefix = ''): string[] {
  const inner = entriesOf(example).flatMap(([key, value]) => allPathsOf(value, join(prefix, key)));
  return [prefix, ...inner];
}

/** The places of the props in an example: neither elements of lists nor what a map has under a key of the user. */
export function propsOf(example: unknown): string[] {
  return allPathsOf(example).filter((path) => {
    const end = path.lastIndexOf('.');
    return path !== '' && !/^\d+$/.test(path.slice(end + 1)) && (end < 0 || !isChosen(path.slice(0, end)));
  });
}

/** The props with one place changed. */
export function replaced(
  example: unknown,
  path: string,
  change: (text: string) => unknown,
  prefix = '',
): unknown {
  if (prefix === path) {
    return change(example as string);
  }
  if (!path.startsWith(prefix)) {
    return example;
  }
  if (Array.isArray(example)) {
    return example.map((each, index) => replaced(each, path, change, join(prefix, String(index))));
  }
  const entries = entriesOf(example);
  if (entries.length === 0) {
    return example;
  }
  return Object.fromEntries(
    entries.map(([key, value]) => [
      path === `${prefix}{${key}}` ? change(key) : key,
      replaced(value, path, change, join(prefix, key)),
    ]),
  );
}

/** Every text in synthesized JSON that Terraform reads: values and keys, without cdktf's comments. */
export function texts(json: unknown): string[] {
  if (typeof json === 'string') {
    return [json];
  }
  return entriesOf(json).flatMap(([key, value]) => (key === '//' ? [] : [key, ...texts(value)]));
}

const join = (prefix: string, key: string) => (prefix === '' ? key : `${prefix}.${key}`);

/** Maps whose keys are the user's. */
const isChosen = (prefix: string) =>
  /(^|\.)(labels|attributes|additionalProperties|nested|clients|routes|publications|portals|controlPlaneIds|strategies)$/.test(
    prefix,
  );

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
    ? Object.entries(value)
    : [];
}
