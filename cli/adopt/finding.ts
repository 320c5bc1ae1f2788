import type { Entity } from '../konnect-client';

/** A piece of the how-to, as far as it was found. */
export interface Finding {
  /** What it is, with its name. */
  readonly what: string;

  /** How it was found, or why not. */
  readonly detail: string;

  /** What to do, for a piece that is missing, ambiguous or cannot be taken over. */
  readonly remedy?: string;
}

/** What one piece is looked for by. */
export interface Wanted {
  /** What it is. */
  readonly what: string;

  /** A candidate, for people. */
  readonly nameOf: (entity: Entity) => string;

  /** Name or id that was asked for. */
  readonly wanted?: string;

  /** The option that asks. */
  readonly option: string;

  /** What to do when there is none at all. */
  readonly none: string;
}

/** Pieces that were found, and those that were not, in order. */
export class Findings {
  private readonly found: Finding[] = [];

  /** Whether a piece is missing or ambiguous, or cannot be taken over. */
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

  /** The one entity that is meant; several or none are reported. */
  public theOnly(
    candidates: readonly Entity[],
    { what, nameOf, wanted, option, none }: Wanted,
  ): Entity | undefined {
    const named = (entities: readonly Entity[]) => entities.map((each) => `${nameOf(each)} (${each.id})`);
    const [first, ...others] = candidates.filter((each) => isMeant(each, nameOf(each), wanted));
    if (first === undefined && candidates.length > 0) {
      this.lack(what, `none is called ${wanted}`, `There are: ${named(candidates).join(', ')}.`);
      return undefined;
    }
    if (first === undefined) {
      this.lack(what, 'missing', none);
      return undefined;
    }
    if (others.length > 0) {
      this.lack(what, `ambiguous: ${named([first, ...others]).join(', ')}`, `Choose one with ${option}.`);
      return undefined;
    }
    this.add(`${what} ${nameOf(first)}`, first.id);
    return first;
  }
}

/** Whether an entity is what was asked for by name or id; all are when nothing was. */
export function isMeant(entity: Entity, name: string, wanted: string | undefined): boolean {
  return wanted === undefined || entity.id === wanted || name === wanted;
}

/** A text of an entity; empty when it has none. */
export function textOf(entity: Entity, field: string): string {
  const value = entity[field];
  return typeof value === 'string' ? value : '';
}

/** What most entities are called. */
export function nameOf(entity: Entity): string {
  return textOf(entity, 'name');
}

/** A field inside of an entity. */
export function fieldOf(entity: Entity, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    entity,
  );
}

/** The texts of a list inside of an entity. */
export function textsOf(entity: Entity, ...path: readonly string[]): string[] {
  const value = fieldOf(entity, ...path);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
