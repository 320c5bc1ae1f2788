import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Construct } from 'constructs';
import { isScalar } from 'yaml';
import { isToken } from '../core/tokens';
import { type RuleText, redact, redactLine, requireValid } from '../core/validation';
import { ValidationError } from '../core/validation-error';
import type { CatalogFailure } from './diagnostics';
import { NO_TOKEN, SourceMap } from './source-map';

const LINE_MAX_LENGTH = 100;

/** A rule that a value in the file breaks. */
interface BrokenRule extends RuleText {
  readonly received: string;
}

/** A catalog file. */
export class CatalogFile {
  /** Errors that prevent parsing. */
  public readonly syntaxFailures: CatalogFailure[] = [];

  /** The path that messages show. */
  private readonly name: string;
  private readonly folder: string;
  private readonly sourceMap: SourceMap;

  public constructor(path: string) {
    const file = resolve(path);
    const fromHere = relative(process.cwd(), file);
    this.folder = dirname(file);
    this.name = fromHere.startsWith('..') || isAbsolute(fromHere) ? file : fromHere;
    this.sourceMap = new SourceMap(this.read(file, path));
    for (const { offset, ...text } of this.sourceMap.syntaxErrors) {
      const line = redactLine(this.sourceMap.lineAt(offset)).slice(0, LINE_MAX_LENGTH);
      this.syntaxFailures.push(this.failureAt(offset, '', { ...text, received: JSON.stringify(line) }));
    }
  }

  /** The content, `null` for an empty file. */
  public get data(): unknown {
    return this.sourceMap.data;
  }

  /** The longest prefix of a path that exists in the file. */
  public existingPath(path: string): string {
    return this.sourceMap.existingPath(path);
  }

  /** Adds file, line and column to a failure of the value or the key at a path. */
  public failure(path: string, broken: BrokenRule, isOfKey: boolean): CatalogFailure {
    const nearest = this.existingPath(path);
    const { value, key } = this.sourceMap.find(nearest);
    const scalar = nearest === path && isScalar(value) ? value : undefined;
    // As the file writes it: 1.0 is not 1.
    const source = typeof scalar?.value === 'string' ? undefined : scalar?.source;
    const received = source ? String(redact(path, source)) : broken.received;
    // A mapping is below its key, so editors should show the key. A rule about a key received the key.
    const isAtKey = isOfKey || !scalar || (isScalar(key) && received === JSON.stringify(key.value));
    const shown = isAtKey ? (key ?? value) : scalar;
    return this.failureAt(shown?.range?.[0] ?? 0, path, { ...broken, received });
  }

  /**
   * Reads a specification that the catalog names.
   *
   * People who edit a catalog must not read the machine that synthesizes it: `/proc/self/environ` has the tokens of
   * both tenants, `.git/config` and `.env` often have others.
   *
   * @throws ValidationError unless it is a readable file in the folder of the catalog or below
   */
  public readSpecification(construct: Construct, path: string): string {
    const require = (isValid: boolean, rule: RuleText) =>
      requireValid(construct, { prop: '', value: path, isValid, ...rule });
    const file = resolve(this.folder, path);
    try {
      // The path is checked first: the error must not say whether a file elsewhere exists.
      require(isBelow(this.folder, file), OUTSIDE);
      const target = realpathSync(file);
      require(isBelow(realpathSync(this.folder), target), OUTSIDE);
      const content = readFileSync(target, 'utf8');
      require(!isToken(content), NO_TOKEN);
      return content;
    } catch (error) {
      if (ValidationError.isValidationError(error)) {
        throw error;
      }
      const remedy = 'Use a path relative to the folder of the catalog';
      throw new ValidationError(construct, [{ prop: '', ...unreadable(path, error), remedy }]);
    }
  }

  private read(file: string, path: string): string {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      const remedy = 'Use a path relative to the working directory of the app, or join it with __dirname';
      this.syntaxFailures.push(this.withPlace(1, 1, '', { ...unreadable(path, error), remedy }));
      return '';
    }
  }

  private failureAt(offset: number, path: string, broken: BrokenRule): CatalogFailure {
    const { line, column } = this.sourceMap.position(offset);
    return this.withPlace(line, column, path, broken);
  }

  private withPlace(line: number, column: number, path: string, broken: BrokenRule): CatalogFailure {
    const prop = `${this.name}:${line}:${column} ${path}`.trimEnd();
    return { ...broken, prop, file: this.name, line, column, path };
  }
}

const OUTSIDE: RuleText = {
  rule: 'must be a file in the folder of the catalog or below, and not hidden: its content is published',
  remedy: 'Put the document next to the catalog, and use a relative path',
};

function unreadable(path: string, error: unknown): { readonly rule: string; readonly received: string } {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  return { rule: `must be a readable file (${code})`, received: JSON.stringify(path) };
}

/** Whether a file is in a folder or below, without a hidden name on the way. `..` starts with a dot too. */
function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return !isAbsolute(path) && path.split(sep).every((name) => !name.startsWith('.'));
}
