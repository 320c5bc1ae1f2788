import { expressionsIn, isExpression, parseTemplate } from './templates';

/** A reference to a resource, data source, variable, local value or module, or to an attribute of it. */
export interface Reference {
  /** As in a configuration: `type.name`, `data.type.name`, `var.name`, `local.name` or `module.name`. */
  readonly address: string;
  readonly attribute?: string;
  /** Whether an index or a splat selects instances: `type.name["a"]`, `type.name[*]`, `type.name.*`. */
  readonly hasKey: boolean;
}

/** First words of references with one name. */
const ONE_NAME = ['var', 'local', 'module'];

/**
 * The references in all templates of a text.
 *
 * @param iterators names of items of `dynamic` blocks, which are not resources
 */
export function referencesIn(text: string, iterators: ReadonlySet<string>): Reference[] {
  const expressions = expressionsIn(parseTemplate(text)).map(({ code }) => code);
  const local = new Set(iterators);
  for (const expression of expressions)
    for (const [, first = '', second = ''] of expression.matchAll(
      /\bfor\s+([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\b/g,
    ))
      local.add(first).add(second);
  return expressions.flatMap((expression) => referencesOf(expression, local));
}

/** The references of an address in depends_on or replace_triggered_by, with or without `${}`. */
export function referencesOfAddress(address: string): Reference[] {
  return isExpression(address) ? referencesIn(address, new Set()) : referencesOf(address, new Set());
}

function referencesOf(expression: string, local: ReadonlySet<string>): Reference[] {
  const parts: string[] = [];
  let outer = expression;
  // An index may be an expression: replace the innermost brackets with a mark until there are none.
  for (let before = ''; before !== outer; ) {
    before = outer;
    outer = outer.replace(/\[([^[\]]*)\]/g, (_, inner: string) => {
      parts.push(inner);
      return '#';
    });
  }
  parts.push(outer);
  return parts.flatMap((part) =>
    [...part.matchAll(/(?<![\w.#-])[A-Za-z_][\w-]*(?:#|\.(?:[A-Za-z_][\w-]*|\*|\d+))*/g)].flatMap(([path]) =>
      referenceOf(path, local),
    ),
  );
}

function referenceOf(path: string, local: ReadonlySet<string>): Reference[] {
  const names = path.split(/[.#]+/).filter((name) => /^[A-Za-z_]/.test(name));
  const isData = names[0] === 'data';
  const [type, name, attribute] = isData ? names.slice(1) : names;
  // Only the types of resources have an underscore. `each`, `path` and others do not.
  const isKnown = isData || ONE_NAME.includes(type) || type.includes('_');
  if (name === undefined || !isKnown || (!isData && local.has(type))) {
    return [];
  }
  const address = `${isData ? 'data.' : ''}${type}.${name}`;
  return [{ address, attribute, hasKey: /^(#|\.\*)/.test(path.slice(address.length)) }];
}
