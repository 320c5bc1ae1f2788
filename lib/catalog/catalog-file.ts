import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { CatalogFailure } from './catalog-error';

/** Keys and indices that lead from the whole document to a part of it. */
export type DocumentPath = readonly (string | number)[];

/** What is wrong, without where. */
export interface Fault {
  readonly rule: string;
  readonly received: string;
  readonly remedy: string;
}

const RECEIVED_MAX_LENGTH = 100;

/** A catalog in YAML or JSON, which is YAML too, with the places of everything in it. */
export class CatalogFile {
  /** The file, as messages name it. */
  public readonly name: string;

  /** What the file says, null for an empty one and where `failures` has anything. */
  public readonly data: unknown = null;

  /** What keeps the file from being read. */
  public readonly failures: readonly CatalogFailure[];

  private readonly text: string;
  private readonly lines = new LineCounter();
  private readonly document?: Document;
  private readonly absolute: string;

  public constructor(path: string) {
    this.absolute = resolve(path);
    const fromHere = relative(process.cwd(), this.absolute);
    this.name = fromHere.startsWith('..') || isAbsolute(fromHere) ? this.absolute : fromHere;
    const failures: CatalogFailure[] = [];
    let text = '';
    try {
      text = readFileSync(this.absolute, 'utf8');
    } catch (error) {
      failures.push(this.failureAt(undefined, [], unreadable(path, error)));
    }
    this.text = text;
    if (failures.length === 0) {
      this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, merge: true });
      const { errors, warnings } = this.document;
      failures.push(...[...errors, ...warnings].map((error) => this.syntaxFailure(error)));
      failures.push(...this.unresolvedAliases(this.document));
    }
    if (failures.length === 0) {
      try {
        this.data = this.document?.toJS() ?? null;
      } catch (error) {
        failures.push(this.failureAt(0, [], unresolvable(error)));
      }
    }
    this.failures = failures;
  }

  /** The text of a file that the catalog names. Throws when it cannot be read. */
  public readBeside(path: string): string {
    return readFileSync(resolve(dirname(this.absolute), path), 'utf8');
  }

  /** A failure of the value at a path, or of what is nearest to it where there is none. */
  public failure(path: DocumentPath, fault: Fault): CatalogFailure {
    return this.failureAt(this.offsetOf(path, false), path, fault);
  }

  /** A failure of the key at the end of a path. */
  public failureOfKey(path: DocumentPath, fault: Fault): CatalogFailure {
    return this.failureAt(this.offsetOf(path, true), path, fault);
  }

  /** A value as the file writes it, where that is short; otherwise as JSON. */
  public received(path: DocumentPath): string {
    const { node, found } = this.find(path);
    const text =
      found && isScalar(node) && node.source !== undefined && typeof node.value !== 'string'
        ? node.source
        : JSON.stringify(found && node ? node.toJS(this.document as Document) : null);
    return text.length > RECEIVED_MAX_LENGTH ? `${text.slice(0, RECEIVED_MAX_LENGTH)}…` : text;
  }

  private failureAt(offset: number | undefined, path: DocumentPath, fault: Fault): CatalogFailure {
    const { line, col } = offset === undefined ? { line: 1, col: 1 } : this.lines.linePos(offset);
    // The counter says 0 for what stands in front of the first line that it counted.
    const [at, column] = [Math.max(line, 1), Math.max(col, 1)];
    const where = pathText(path);
    return {
      ...fault,
      prop: `${this.name}:${at}:${column}${where && ' '}${where}`,
      file: this.name,
      line: at,
      column,
      path: where,
    };
  }

  private offsetOf(path: DocumentPath, ofKey: boolean): number | undefined {
    const { node, pair, found } = this.find(path);
    const key = pair?.key as Node | undefined;
    // An object stands below its key, so the key is what an editor should show.
    const preferred = ofKey || !found || !isScalar(node) ? (key ?? node) : node;
    return (preferred ?? key)?.range?.[0];
  }

  /** Follows a path as far as it goes. */
  private find(path: DocumentPath): { node?: Node; pair?: Pair; found: boolean } {
    let node = this.resolved(this.document?.contents ?? undefined);
    let pair: Pair | undefined;
    for (const step of path) {
      if (isMap(node)) {
        const next = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
        if (!isPair(next)) {
          return { node, pair, found: false };
        }
        pair = next;
        node = this.resolved(next.value as Node | undefined);
      } else if (isSeq(node) && node.items[Number(step)] !== undefined) {
        pair = undefined;
        node = this.resolved(node.items[Number(step)] as Node);
      } else {
        return { node, pair, found: false };
      }
    }
    return { node, pair, found: true };
  }

  private resolved(node: Node | null | undefined): Node | undefined {
    return (isAlias(node) ? node.resolve(this.document as Document) : node) ?? undefined;
  }

  private unresolvedAliases(document: Document): CatalogFailure[] {
    const failures: CatalogFailure[] = [];
    visit(document, {
      Alias: (_key, alias) => {
        if (!alias.resolve(document)) {
          failures.push(
            this.failureAt(alias.range?.[0], [], {
              rule: 'must name an anchor that stands before it',
              received: JSON.stringify(`*${alias.source}`),
              remedy: 'Correct the name, or write the value out',
            }),
          );
        }
      },
    });
    return failures;
  }

  private syntaxFailure(error: YAMLError): CatalogFailure {
    const [offset] = error.pos;
    const { line } = this.lines.linePos(offset);
    const received = JSON.stringify((this.text.split(/\r?\n/)[Math.max(line, 1) - 1] ?? '').trim());
    const shown =
      received.length > RECEIVED_MAX_LENGTH ? `${received.slice(0, RECEIVED_MAX_LENGTH)}…` : received;
    return this.failureAt(offset, [], {
      rule: error.code === 'DUPLICATE_KEY' ? 'must not have a key twice' : 'must be well-formed YAML or JSON',
      received: shown,
      remedy:
        error.code === 'DUPLICATE_KEY'
          ? 'Remove or rename one of the two'
          : `Correct what the parser stumbles on: ${error.message.split('\n')[0]}`,
    });
  }
}

/** `apis.orders.paths[0]` */
function pathText(path: DocumentPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

function unreadable(path: string, error: unknown): Fault {
  const { code } = error as NodeJS.ErrnoException;
  return {
    rule: `must be a file that can be read (${code ?? String(error)})`,
    received: JSON.stringify(path),
    remedy: 'Give the path from the folder that the app runs in, or join it with __dirname',
  };
}

function unresolvable(error: unknown): Fault {
  return {
    rule: 'must not repeat so much by aliases',
    received: JSON.stringify(error instanceof Error ? error.message : String(error)),
    remedy: 'Write the values out',
  };
}
