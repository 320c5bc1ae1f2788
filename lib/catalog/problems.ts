import { ValidationError, type ValidationFailure } from '../errors';
import type { CatalogFailure } from './catalog-error';
import type { CatalogFile, DocumentPath, Fault } from './catalog-file';
import { similar } from './similar';
import { wordingOf } from './wording';

/** What is wrong in a catalog, as it is found out. */
export class Problems {
  private readonly found: CatalogFailure[];

  public constructor(
    private readonly file: CatalogFile,
    failures: readonly CatalogFailure[],
  ) {
    this.found = [...failures];
  }

  public get failures(): CatalogFailure[] {
    return [...this.found];
  }

  /** Whether something is wrong with what is at the path, or below it. */
  public isBroken(path: DocumentPath): boolean {
    const start = path.join('./index.ts');
    return this.found.some(
      ({ path: each }) => each === start || each.startsWith(`${start}.`) || each.startsWith(`${start}[`),
    );
  }

  /** Something is wrong with the value at the path. */
  public add(path: DocumentPath, fault: Omit<Fault, 'received'>): void {
    this.found.push(this.file.failure(path, { ...fault, received: this.file.received(path) }));
  }

  /** Something is wrong with the key at the end of the path. */
  public addOfKey(path: DocumentPath, fault: Omit<Fault, 'received'>): void {
    const received = JSON.stringify(path.at(-1));
    this.found.push(this.file.failureOfKey(path, { ...fault, received }));
  }

  /** Does something with what is at the path, unless that is broken; rules that it breaks become problems. */
  public attempt<T>(path: DocumentPath, act: () => T): T | undefined {
    if (this.isBroken(path)) {
      return undefined;
    }
    try {
      return act();
    } catch (error) {
      if (!(error instanceof ValidationError)) {
        throw error;
      }
      this.found.push(...error.failures.map((failure) => this.inFile(path, failure)));
      return undefined;
    }
  }

  /** A rule that a construct breaks, as one of what is at the path. */
  public inFile(path: DocumentPath, { prop, rule, received, remedy }: ValidationFailure): CatalogFailure {
    const wording = wordingOf(rule);
    const fault = { rule: wording?.rule ?? rule, received, remedy: wording?.remedy ?? remedy };
    // The id of a construct is the key of what it was made of.
    if (prop === 'id') {
      return this.file.failureOfKey(path, { ...fault, received: JSON.stringify(path.at(-1)) });
    }
    const at = [...path, ...stepsOf(prop)];
    return this.file.failure(at, wording?.showsFile ? { ...fault, received: this.file.received(at) } : fault);
  }

  /** A key that may be left out where only one is known; anything but a text is the schema's to report. */
  public expectOneOf(path: DocumentPath, written: unknown, known: readonly string[]): void {
    if (written !== undefined) {
      this.expectKey(path, written, known);
      return;
    }
    const what = String(path.at(-1));
    if (known.length === 0) {
      this.add(path.slice(0, -1), {
        rule: `must not need a key for ${what}: the code gives none`,
        remedy: 'Give one in the code, or remove what needs it',
      });
    } else if (known.length > 1) {
      this.add(path.slice(0, -1), {
        rule: `must have the key ${what}, because there are several: ${known.join(', ')}`,
        remedy: `Add ${what} with what is meant`,
      });
    }
  }

  /** A key that has to be known; anything but a text is the schema's to report. */
  public expectKey(path: DocumentPath, written: unknown, known: readonly string[], atKey = false): void {
    if (typeof written !== 'string' || known.includes(written)) {
      return;
    }
    const meant = similar(written, known);
    const fault = {
      rule:
        known.length > 0 ? `must be one of ${known.join(', ')}` : 'must not be there: the code gives none',
      remedy: meant ? `Write ${meant}` : 'Choose one that there is, or give it in the code',
    };
    if (atKey) {
      this.addOfKey(path, fault);
    } else {
      this.add(path, fault);
    }
  }
}

/** Props that are called otherwise in a file: a policy has the name of its strategy. */
const CALLED: { readonly [prop: string]: string } = { policyName: 'name' };

/** `redirectUris[0]` as a path. A rule about several props is about the whole that has them. */
function stepsOf(prop: string): DocumentPath {
  if (prop.includes(', ')) {
    return [];
  }
  return (CALLED[prop] ?? prop)
    .split(/\.|\[(\d+)\]/)
    .filter((step) => step !== undefined && step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
