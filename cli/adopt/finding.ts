import type { Entity } from '../konnect-client';

/** A piece of the how-to, as far as it was found. */
export interface Finding {
  /** What it is, with its name. */
  readonly what: string;

  /** How it was found, or why not. */
  readonly detail: string;

  /** What to do, for a piece that is missing or ambiguous. */
  readonly remedy?: string;
}

/** Pieces that were found, and those that were not, in order. */
export class Findings {
  private readonly found: Finding[] = [];

  /** Whether a piece is missing or ambiguous. */
  public get incomplete(): boolean {
    return this.found.some(({ remedy }) => remedy !== undefined);
  }

  public all(): Finding[] {
    return [...this.found];
  }

  public add(what: string, detail: string): void {
    this.found.push({ what, detail });
  }

  public lack(what: string, detail: string, remedy: string): void {
    this.found.push({ what, detail, remedy });
  }

  /**
   * The one entity that is meant; several or none are reported.
   *
   * @param what it is
   * @param candidates what could be meant
   * @param nameOf a candidate, for people
   * @param option of the command that chooses
   * @param none what to do when there is none
   */
  public theOnly(
    what: string,
    candidates: readonly Entity[],
    nameOf: (entity: Entity) => string,
    option: string,
    none: string,
  ): Entity | undefined {
    const [first, ...others] = candidates;
    if (first === undefined) {
      this.lack(what, 'missing', none);
      return undefined;
    }
    if (others.length > 0) {
      this.lack(
        what,
        `ambiguous: ${candidates.map((each) => `${nameOf(each)} (${each.id})`).join(', ')}`,
        `Choose one with ${option}.`,
      );
      return undefined;
    }
    this.add(`${what} ${nameOf(first)}`, first.id);
    return first;
  }
}

/** A text of an entity. */
export function textOf(entity: Entity, field: string): string {
  const value = entity[field];
  return typeof value === 'string' ? value : '';
}
