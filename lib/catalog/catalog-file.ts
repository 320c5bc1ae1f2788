import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { LineCounter } from 'yaml';
import { hideSecrets, withoutSecret } from '../private/hidden';
import type { CatalogFailure } from './catalog-error';
import { Places } from './places';
import { type Flaw, flawsOf, parse } from './yaml-text';

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

  /** The folder that it lies in. */
  public readonly folder: string;

  /** What the file says, null for an empty one and where `failures` has anything. */
  public readonly data: unknown = null;

  /** What keeps the file from being read. */
  public readonly failures: readonly CatalogFailure[];

  private readonly text: string;
  private readonly lines = new LineCounter();
  private readonly places?: Places;

  public constructor(path: string) {
    const absolute = resolve(path);
    this.folder = dirname(absolute);
    const fromHere = relative(process.cwd(), absolute);
    this.name = fromHere.startsWith('..') || isAbsolute(fromHere) ? absolute : fromHere;
    const failures: CatalogFailure[] = [];
    let text = '';
    try {
      text = readFileSync(absolute, 'utf8');
    } catch (error) {
      failures.push(this.failureAt(undefined, [], unreadable(path, error)));
    }
    this.text = text;
    if (failures.length === 0) {
      const document = parse(text, this.lines);
      this.places = new Places(document);
      failures.push(...flawsOf(document, text).map((flaw) => this.syntaxFailure(flaw)));
      if (failures.length === 0) {
        try {
          this.data = document.toJS() ?? null;
        } catch (error) {
          failures.push(this.failureAt(0, [], unresolvable(error)));
        }
      }
    }
    this.failures = failures;
  }

  /** A failure of the value at a path, or of what is nearest to it where there is none. */
  public failure(path: DocumentPath, fault: Fault): CatalogFailure {
    return this.failureAt(this.places?.offsetOf(path, false), path, fault);
  }

  /** A failure of the key at the end of a path. */
  public failureOfKey(path: DocumentPath, fault: Fault): CatalogFailure {
    return this.failureAt(this.places?.offsetOf(path, true), path, fault);
  }

  /** A value as the file writes it, where that is short; otherwise as JSON. */
  public received(path: DocumentPath): string {
    return shortened(this.places?.sourceOf(path) ?? JSON.stringify(valueAt(this.data, path), hideSecrets));
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

  private syntaxFailure({ offset, rule, remedy, received }: Flaw): CatalogFailure {
    const { line } = this.lines.linePos(offset);
    const text = (this.text.split(/\r?\n/)[Math.max(line, 1) - 1] ?? '').trim();
    return this.failureAt(offset, [], {
      rule,
      received: received ?? shortened(JSON.stringify(withoutSecret(text))),
      remedy,
    });
  }
}

/** A path as messages show it: `apis.orders.paths[0]`. */
export function pathText(path: DocumentPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

/** What the data has at a path, null for nothing. */
function valueAt(data: unknown, path: DocumentPath): unknown {
  const value = path.reduce<unknown>(
    (whole, step) => (Object.hasOwn(Object(whole), step) ? Reflect.get(Object(whole), step) : undefined),
    data,
  );
  return value ?? null;
}

function shortened(text: string): string {
  return text.length > RECEIVED_MAX_LENGTH ? `${text.slice(0, RECEIVED_MAX_LENGTH)}…` : text;
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
