import type { IConstruct } from 'constructs';
import { ValidationError, type ValidationFailure } from '../errors';

/** One thing that is wrong in a catalog file, and where. */
export interface CatalogFailure extends ValidationFailure {
  /** The file, from the folder that the app runs in. */
  readonly file: string;
  /** Line in the file, from 1. */
  readonly line: number;
  /** Column in the line, from 1. */
  readonly column: number;
  /** Path in the document, for example `apis.orders.name`; empty for the whole of it. */
  readonly path: string;
}

/** A catalog file is wrong. Everything that is wrong with it is reported at once, in the order of the file. */
export class CatalogError extends ValidationError {
  /** What is wrong, and where. */
  public readonly catalogFailures: CatalogFailure[];

  public constructor(construct: IConstruct, failures: CatalogFailure[]) {
    const sorted = [...failures].sort((a, b) => a.line - b.line || a.column - b.column);
    super(construct, sorted);
    this.name = 'CatalogError';
    this.catalogFailures = sorted;
  }
}
