import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import { isToken } from '../core/tokens';
import type { RuleText } from '../core/validation';

export const NO_TOKEN: RuleText = {
  rule: 'must not contain a CDKTF token: a data file cannot use values of the app',
  remedy: 'Write the value out, or set it in the code',
};

/** A syntax error, with its offset in the text. */
export interface CatalogSyntaxError extends RuleText {
  readonly offset: number;
}

/** The nodes of a document at a path. */
interface Location {
  readonly value?: Node;
  /** The key of the value, `undefined` for items of lists. */
  readonly key?: Node;
}

type AliasTargets = ReadonlyMap<Alias, Node | undefined>;

/** Data of a YAML text, with the position of each value. JSON is YAML too. */
export class SourceMap {
  /** The data, `null` if the text is empty or has errors. */
  public readonly data: unknown = null;

  public readonly syntaxErrors: CatalogSyntaxError[];

  private readonly lineCounter = new LineCounter();
  private readonly locations = new Map<string, Location>();
  private readonly aliases: AliasTargets;

  public constructor(private readonly text: string) {
    const document = parse(text, this.lineCounter);
    this.aliases = aliasTargets(document);
    this.syntaxErrors = syntaxErrors(document, text, this.aliases);
    if (this.syntaxErrors.length > 0) {
      return;
    }
    try {
      this.data = document.toJS() ?? null;
      this.addLocations('', document.contents);
    } catch {
      const rule = 'must not expand so many aliases';
      this.syntaxErrors.push({ offset: 0, rule, remedy: 'Write the values out' });
    }
  }

  /** The nodes at a path such as `apis.orders.paths[0]`. Empty if the path does not exist. */
  public find(path: string): Location {
    return this.locations.get(path) ?? {};
  }

  /** The longest prefix of a path that exists in the document. */
  public existingPath(path: string): string {
    return path === '' || this.locations.has(path) ? path : this.existingPath(parentOf(path));
  }

  /** Line and column, from 1. */
  public position(offset: number): { readonly line: number; readonly column: number } {
    const { line, col } = this.lineCounter.linePos(offset);
    // LineCounter returns 0 in front of the first line that it counted.
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  public lineAt(offset: number): string {
    return this.text.split(/\r?\n/)[this.position(offset).line - 1].trim();
  }

  private addLocations(path: string, node: Node | null | undefined, key?: Node): void {
    const value = resolveAlias(node, this.aliases);
    // Entries of a mapping come before those that it merges.
    if (!this.locations.has(path)) {
      this.locations.set(path, { value, key });
    }
    if (isSeq<Node>(value)) {
      for (const [index, item] of value.items.entries()) {
        this.addLocations(`${path}[${index}]`, item);
      }
    } else if (isMap<Scalar, Node>(value)) {
      for (const entry of value.items.filter((each) => !isMerge(each))) {
        this.addLocations(
          path === '' ? `${entry.key.value}` : `${path}.${entry.key.value}`,
          entry.value,
          entry.key,
        );
      }
      for (const source of value.items
        .filter(isMerge)
        .flatMap((merge) => mergeSources(merge, this.aliases))) {
        this.addLocations(path, source, key);
      }
    }
  }
}

/** Parses YAML to what JSON has: every key is a string, and there are no custom types. */
function parse(text: string, lineCounter: LineCounter): Document {
  return parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    merge: true,
    // Also for a file that declares YAML 1.1, which has sets, ordered maps and dates.
    schema: 'core',
    // A set or an ordered map would be read as a mapping without entries.
    resolveKnownTags: false,
    // Otherwise 1 and "1" are two keys, and the second entry replaces the first.
    stringKeys: true,
    logLevel: 'error',
  });
}

function syntaxErrors(document: Document, text: string, aliases: AliasTargets): CatalogSyntaxError[] {
  const errors = [...document.errors, ...document.warnings].map((error) => parserError(error, text));
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      const target = aliases.get(alias);
      if (!target) {
        errors.push({ offset: offsetOf(alias), ...UNKNOWN_ANCHOR });
      } else if (ancestors.includes(target)) {
        errors.push({ offset: offsetOf(alias), ...CIRCULAR_ALIAS });
      }
    },
    Pair: (_key, pair) => {
      if (isMerge(pair) && !mergeSources(pair, aliases).every(isMap)) {
        errors.push({ offset: offsetOf(pair.value as Node | null), ...NO_MERGE });
      }
    },
    Scalar: (_key, scalar) => {
      if (isToken(scalar.value)) {
        errors.push({ offset: offsetOf(scalar), ...NO_TOKEN });
      }
    },
  });
  return errors;
}

const UNKNOWN_ANCHOR: RuleText = {
  rule: 'must name an anchor that is defined before',
  remedy: 'Fix the name, or write the value out',
};

const CIRCULAR_ALIAS: RuleText = {
  rule: 'must not refer to a value that contains it',
  remedy: 'Fix the name, or write the value out',
};

const NO_MERGE: RuleText = {
  rule: 'must be a mapping to merge, or a list of mappings',
  remedy: 'Use the alias of a mapping after <<, or write the keys out',
};

const PARSER_ERRORS: { readonly [code: string]: RuleText } = {
  MULTIPLE_DOCS: {
    rule: 'must contain one document',
    remedy: 'Join the documents, or use one file for each',
  },
  NON_STRING_KEY: {
    rule: 'must be a string key, not an alias, list or mapping',
    remedy: 'Write the key out',
  },
  TAG_RESOLVE_FAILED: {
    rule: 'must not have a tag that JSON has no type for',
    remedy: 'Remove the tag, and write a plain string, number, list or mapping',
  },
};

function parserError({ code, message, pos: [offset] }: YAMLError, text: string): CatalogSyntaxError {
  if (code === 'DUPLICATE_KEY') {
    const isMergeKey = text.startsWith('<<', offset);
    const remedy = isMergeKey ? 'Use one << with a list of both' : 'Remove or rename one of the two';
    return { offset, rule: 'must not contain a key twice', remedy };
  }
  const remedy = `Fix what the parser reports: ${message.split('\n')[0].replace(/\.$/, '')}`;
  return { offset, ...(PARSER_ERRORS[code] ?? { rule: 'must be valid YAML or JSON', remedy }) };
}

/** Whether a pair merges other mappings: `<<: *defaults`. */
function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN;
}

/** Mappings that a pair merges, highest precedence first. */
function mergeSources({ value }: Pair, aliases: AliasTargets): (Node | undefined)[] {
  const source = resolveAlias(value as Node | null, aliases);
  return isSeq<Node>(source) ? source.items.map((each) => resolveAlias(each, aliases)) : [source];
}

/** The node of each alias. In one pass, because `Alias.resolve` visits the whole document. */
function aliasTargets(document: Document): AliasTargets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        targets.set(node, anchors.get(node.source));
      } else if (node.anchor) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}

function resolveAlias(node: Node | null | undefined, aliases: AliasTargets): Node | undefined {
  return (isAlias(node) ? aliases.get(node) : node) ?? undefined;
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/** `apis.orders` of `apis.orders.paths` and of `apis.orders[0]`. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0));
}
