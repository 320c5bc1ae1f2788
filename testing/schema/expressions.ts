/** What an expression refers to: a resource or a data source, and maybe an attribute of it. */
export interface Reference {
  /** As in a configuration: `type.name` or `data.type.name`. */
  readonly address: string;
  readonly attribute?: string;
}

/** Is the text one `${...}` and nothing else, so that it may be a value of any type? */
export function isExpression(text: string): boolean {
  return text.startsWith('${') && text.endsWith('}') && readExpression(text, 2, []) === text.length;
}

/**
 * The references in all templates of a text.
 *
 * @param iterators names that stand for the items of `dynamic` blocks, not for resources
 */
export function referencesIn(text: string, iterators: ReadonlySet<string>): Reference[] {
  const expressions: string[] = [];
  readText(text, 0, false, expressions);
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

/** Reads text up to its closing quote, or up to the end where it has none; puts its expressions in `found`. */
function readText(source: string, start: number, quoted: boolean, found: string[]): number {
  let at = start;
  while (at < source.length) {
    if (quoted && source[at] === '"') return at + 1;
    if (quoted && source[at] === '\\') at += 2;
    else if (source.startsWith('$${', at) || source.startsWith('%%{', at)) at += 3;
    else if (source.startsWith('${', at) || source.startsWith('%{', at))
      at = readExpression(source, at + 2, found);
    else at += 1;
  }
  return at;
}

/** Reads an expression up to the brace that closes it; quoted text is left out of what is put in `found`. */
function readExpression(source: string, start: number, found: string[]): number {
  let at = start;
  let depth = 1;
  let code = '';
  while (at < source.length) {
    const char = source[at];
    if (char === '"') {
      at = readText(source, at + 1, true, found);
      code += '""';
      continue;
    }
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    at += 1;
    if (depth === 0) break;
    code += char;
  }
  found.push(code);
  return at;
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
  // Only a resource's type has an underscore: `var`, `local`, `each`, `path` and their like do not.
  if (!isData && (!type.includes('_') || local.has(type))) return [];
  return [{ address: `${isData ? 'data.' : ''}${type}.${name}`, attribute }];
}
