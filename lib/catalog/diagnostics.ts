import type { IConstruct } from 'constructs';
import { closestMatch, UNKNOWN_PROP } from '../core/props-spec';
import { Registry } from '../core/registry';
import { ValidationError, type ValidationFailure } from '../core/validation-error';
import type { CatalogFile } from './catalog-file';

/** A failure in a catalog file, with its position. */
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
  /** The failures, with their positions. */
  public readonly catalogFailures: CatalogFailure[];

  /**
   * Leaves the text as it is: a file has one spelling for apps in every language.
   *
   * @internal
   */
  protected static override _spell(text: string): string {
    return text;
  }

  public constructor(construct: IConstruct, failures: CatalogFailure[]) {
    const sorted = [...failures].sort((a, b) => a.line - b.line || a.column - b.column);
    super(construct, sorted);
    this.name = 'CatalogError';
    this.catalogFailures = sorted;
  }
}

// Exported apart from its declaration: jsii has no type for errors, and skips the class like this.
export { CatalogError };

/** Collects the failures of a catalog file. */
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

  /** Calls a function unless the entry at the path is invalid already. Collects the failures that it throws. */
  public tryRun<T>(path: string, action: () => T): T | undefined {
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

  /** Creates a construct from the entry at a path. Failures that synthesis finds get their position too. */
  public tryCreate<T extends IConstruct>(
    path: string,
    create: () => T | undefined,
    remedy?: string,
  ): T | undefined {
    const construct = this.tryRun(path, create);
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

  /** Adds the position to a failure of the entry at a path. The path of the whole file is empty. */
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

/** Words of messages that differ for a file. */
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

/** Replaces words of the library with those of the file. */
function words(text: string): string {
  return WORDS.reduce((result, [from, to]) => result.replace(from, to), text)
    .replaceAll(/\bOidcClientType\.(\w+)/g, (_member, name: string) => name.toLowerCase())
    .replaceAll(/\bprop(?=s?\b)/g, 'key')
    .replaceAll(/\bProp(?=s?\b)/g, 'Key');
}

/** Rewrites a failure of a construct for people who edit a file. */
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
