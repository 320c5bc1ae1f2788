import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLError,
} from 'yaml';

/** What keeps a text from being data, and where it stands. */
export interface Flaw {
  readonly offset: number;
  readonly rule: string;
  readonly remedy: string;
  /** What came, if it is something else than the line. */
  readonly received?: string;
}

/** Reads YAML as what JSON can say: every key a text, no tags of their own. */
export function parse(text: string, lineCounter: LineCounter): Document {
  return parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    merge: true,
    // Also where a file asks for YAML 1.1, with its sets, ordered maps and dates.
    schema: 'core',
    // A set or an ordered map would pass for a mapping without entries.
    resolveKnownTags: false,
    // Otherwise 1 and "1" are two keys, and the entry of the second takes the place of the first.
    stringKeys: true,
    logLevel: 'error',
  });
}

/** Everything that keeps a document from being data. */
export function flawsOf(document: Document, text: string): Flaw[] {
  const { errors, warnings } = document;
  const flaws = [...errors, ...warnings].map((error) => syntaxFlaw(error, text));
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      flaws.push(...aliasFlaws(alias, document, ancestors));
    },
    Pair: (_key, pair) => {
      if (isMerge(pair) && !sourcesOf(pair, document).every(isMap)) {
        flaws.push({ offset: startOf(pair.value) ?? startOf(pair.key) ?? 0, ...NO_MERGE });
      }
    },
  });
  return flaws;
}

/** Whether a pair takes over the entries of other mappings: `<<: *defaults`. */
export function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN;
}

/** What a pair merges, first come first. */
export function sourcesOf({ value }: Pair, document: Document): (Node | undefined)[] {
  const merged = resolved(value as Node | null, document);
  return isSeq(merged) ? merged.items.map((each) => resolved(each as Node, document)) : [merged];
}

/** What an alias stands for; anything else is itself. */
export function resolved(node: Node | null | undefined, document: Document): Node | undefined {
  return (isAlias(node) ? node.resolve(document) : node) ?? undefined;
}

/** Where a node begins in the text. */
export function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

const NO_MERGE = {
  rule: 'must be a mapping to merge, or a list of mappings',
  remedy: 'Name the anchor of one behind <<, or write the keys out',
};

const OF_CODE: { readonly [code: string]: Omit<Flaw, 'offset'> } = {
  MULTIPLE_DOCS: {
    rule: 'must be one document',
    remedy: 'Write one document per file: join the two, or move the second to a file of its own',
  },
  NON_STRING_KEY: {
    rule: 'must have a text as key, no alias, list or mapping',
    remedy: 'Write the key out',
  },
  TAG_RESOLVE_FAILED: {
    rule: 'must have no tag that JSON has nothing for',
    remedy: 'Remove the tag, and write a plain text, number, list or mapping',
  },
};

function syntaxFlaw({ code, message, pos: [offset] }: YAMLError, text: string): Flaw {
  if (code === 'DUPLICATE_KEY') {
    const twiceMerged = text.startsWith('<<', offset);
    return {
      offset,
      rule: 'must not have a key twice',
      remedy: twiceMerged
        ? 'Merge with one <<, and a list of both behind it'
        : 'Remove or rename one of the two',
    };
  }
  const known = OF_CODE[code] ?? {
    rule: 'must be well-formed YAML or JSON',
    remedy: `Correct what the parser stumbles on: ${message.split('\n')[0]}`,
  };
  return { offset, ...known };
}

function aliasFlaws(alias: Alias, document: Document, ancestors: readonly unknown[]): Flaw[] {
  const target = alias.resolve(document);
  if (target && !ancestors.includes(target)) {
    return [];
  }
  return [
    {
      offset: startOf(alias) ?? 0,
      rule: target ? 'must not stand for what it is a part of' : 'must name an anchor that stands before it',
      received: JSON.stringify(`*${alias.source}`),
      remedy: 'Correct the name, or write the value out',
    },
  ];
}
