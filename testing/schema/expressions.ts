import { expressionsIn, isExpression, parseTemplate } from './templates';

/** What an expression refers to: a resource, data source, variable, local value or module, and maybe an attribute of it. */
export interface Reference {
  /** As in a configuration: `type.name`, `data.type.name`, `var.name`, `local.name` or `module.name`. */
  readonly address: string;
  readonly attribute?: string;
}

/** Beginnings of references to what has one name only. */
const SINGLE = ['var', 'local', 'module'];

/**
 * The references in all templates of a text.
 *
 * @param iterators names that stand for the items of `dynamic` blocks, not for resources
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

/** The references of an address as depends_on and replace_triggered_by take it, with or without `${}`. */
export function referencesOfAddress(address: string): Reference[] {
  return isExpression(address) ? referencesIn(address, new Set()) : referencesOf(address, new Set());
}

function referencesOf(expression: string, local: ReadonlySet<string>): Reference[] {
  const pieces: string[] = [];
  let outer = expression;
  // An index may be an expression itself: take the innermost brackets out, again and again, leaving a mark.
  for (let before = ''; before !== outer; ) {
    before = outer;
    outer = outer.replace(/\[([^[\]]*)\]/g, (_, inner: string) => {
      pieces.push(inner);
      return '#';
    });
  }
  pieces.push(outer);
  return pieces.flatMap((piece) =>
    [...piece.matchAll(/(?<![\w.#-])[A-Za-z_][\w-]*(?:#|\.(?:[A-Za-z_][\w-]*|\*|\d+))*/g)].flatMap(([path]) =>
      referenceOf(path, local),
    ),
  );
}

function referenceOf(path: string, local: ReadonlySet<string>): Reference[] {
  const names = path.split(/[.#]+/).filter((name) => /^[A-Za-z_]/.test(name));
  const isData = names[0] === 'data';
  const [type, name, attribute] = isData ? names.slice(1) : names;
  if (type === undefined || name === undefined) return [];
  if (!isData && SINGLE.includes(type)) return local.has(type) ? [] : [{ address: `${type}.${name}` }];
  // Only a resource's type has an underscore: `each`, `path` and their like do not.
  if (!isData && (!type.includes('_') || local.has(type))) return [];
  return [{ address: `${isData ? 'data.' : ''}${type}.${name}`, attribute }];
}
