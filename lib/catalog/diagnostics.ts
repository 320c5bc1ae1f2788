import type { IConstruct } from 'constructs';
import { closestMatch, UNKNOWN_PROP } from '../core/props-spec';
import { Registry } from '../core/registry';
import { Failures, type RuleText } from '../core/validation';
import { ValidationError, type ValidationFailure } from '../core/validation-error';
import type { CatalogFile } from './catalog-file';

/** One rule that a catalog file breaks, and where. */
export interface CatalogFailure extends ValidationFailure {
  /** The file, relative to the working directory of the app. */
  readonly file: string;

  /** Line in the file, from 1. */
  readonly line: number;

  /** Column in the line, from 1. */
  readonly column: number;

  /** Path in the document, for example `apis.orders.name`. Empty for the whole document. */
  readonly path: string;
}

/** A catalog file is invalid. One error lists all failures in the order of the file. */
class CatalogError extends ValidationError {
  /** The failures, with their places. */
  public readonly catalogFailures: CatalogFailure[];

  public constructor(construct: IConstruct, failures: CatalogFailure[]) {
    const sorted = [...failures].sort((a, b) => a.line - b.line || a.column - b.column);
    // A file has one spelling for the apps of all languages.
    super(construct, sorted, (text) => text);
    this.name = 'CatalogError';
    this.catalogFailures = sorted;
  }
}

// Exported apart from its declaration: jsii has no type for errors, and skips the class like this.
export { CatalogError };

/** Collects what is wrong in a catalog file. */
export class Diagnostics {
  private readonly failures: CatalogFailure[];

  public constructor(
    private readonly construct: IConstruct,
    private readonly file: CatalogFile,
  ) {
    this.failures = [...file.syntaxFailures];
  }

  /** @throws CatalogError if there are failures */
  public throwIfAny(): void {
    if (this.failures.length > 0) {
      throw new CatalogError(this.construct, this.failures);
    }
  }

  /** Adds a failure of the value at a path. */
  public add(path: string, value: unknown, rule: RuleText): void {
    const failures = new Failures(this.construct);
    failures.add(path, value, rule);
    this.failures.push(...failures.all().map((failure) => this.inFile('', failure)));
  }

  /** Calls a function unless the entry at the path is invalid already. Failures that it throws are added. */
  public attempt<T>(path: string, action: () => T): T | undefined {
    if (this.isInvalid(path)) {
      return undefined;
    }
    try {
      return action();
    } catch (error) {
      if (!ValidationError.isValidationError(error)) {
        throw error;
      }
      this.failures.push(...error.failures.map((failure) => this.inFile(path, failure)));
      return undefined;
    }
  }

  /** Creates a construct from the entry at a path. Synthesis reports its failures with their place too. */
  public tryCreate<T extends IConstruct>(
    path: string,
    create: () => T | undefined,
    remedy?: string,
  ): T | undefined {
    const construct = this.attempt(path, create);
    if (construct) {
      const locate = (failure: ValidationFailure) => ({
        ...this.inFile(path, failure),
        ...(remedy && { remedy }),
      });
      Registry.of(construct).setErrorFormatter(
        construct,
        (failures) => new CatalogError(this.construct, failures.map(locate)),
      );
    }
    return construct;
  }

  private isInvalid(path: string): boolean {
    return this.failures.some(
      (failure) =>
        failure.path === path || failure.path.startsWith(`${path}.`) || failure.path.startsWith(`${path}[`),
    );
  }

  /** A failure of the entry at a path, in terms of the file. The path of the whole file is empty. */
  private inFile(path: string, failure: ValidationFailure): CatalogFailure {
    const { prop } = failure;
    const isOfKey = prop === 'id' || failure.rule === UNKNOWN_PROP;
    const inner = prop === 'id' ? '' : prop.replace(/^\./, '');
    const whole = [path, inner].filter((part) => part !== '').join('.');
    const existing = this.file.existingPath(whole);
    // Constructs have props that the file does not have, for example providers. A rule about several props is about the
    // mapping that has them.
    const shown = path === '' && !/\w, \w/.test(whole) ? whole : existing;
    return this.file.failure(shown, wordsOfFile(failure), isOfKey);
  }
}

/** Words of the library that differ in a file. */
const WORDS: readonly (readonly [library: string, file: string])[] = [
  ['must be an object with props', 'must be a mapping of keys to values'],
  ['must be an object of values by key', 'must be a mapping of keys to values'],
  ['Pass the props that the constructor documents', 'Write the keys below it, indented'],
  ['Pass a plain object', 'Write the keys below it, indented'],
  ['Pass a string, or a token of one', 'Write one string, in quotes if it looks like another type'],
  ['Pass a number, or a token of one', 'Write a number without quotes'],
  ['Use a member of the enum', 'Use one of them'],
  ['the id of another child of the construct', 'a key that the code uses for something else'],
  ['the id of another publication of this construct', 'a key that the code uses for another publication'],
  ['Use another id', 'Use another key'],
];

/** Says the same in the words of the file. */
function words(text: string): string {
  return WORDS.reduce((result, [from, to]) => result.replace(from, to), text)
    .replaceAll(/\bOidcClientType\.(\w+)/g, (_member, name: string) => name.toLowerCase())
    .replaceAll(/\bprop(?=s?\b)/g, 'key')
    .replaceAll(/\bProp(?=s?\b)/g, 'Key');
}

/** A failure of a construct in the words of people who edit a file. */
function wordsOfFile({ prop, rule, received, remedy }: ValidationFailure): Omit<ValidationFailure, 'prop'> {
  const isEmptyEntry = received === 'null' && prop !== '';
  return {
    rule: words(rule),
    received: received === 'undefined' ? 'nothing' : received,
    remedy: isEmptyEntry ? 'Set a value, or remove the key' : (nearest(rule, received) ?? words(remedy)),
  };
}

/** Remedy for a value that is close to one of those that the rule lists. */
function nearest(rule: string, received: string): string | undefined {
  const [, list] = /^must be one of (.+?)( \(.*)?$/.exec(rule) ?? [];
  const match = list && closestMatch(received.replaceAll('"', ''), list.split(', '));
  return match ? `Use ${match}` : undefined;
}
