import type { Entity } from '../../entity';
import type { Findings } from '../findings';

/** How to select one entity. */
interface Selection {
  /** Type and name of the entity, for findings. */
  readonly what: string;
  readonly nameOf: (entity: Entity) => string;

  /** Name or id that the user chose. */
  readonly wanted?: string;

  /** The command line option that selects it, if any. */
  readonly option?: string;

  /** Remedy if no candidate exists. */
  readonly none: string;
}

/** Selects the one entity that is wanted. Adds an error for none or several. */
export function selectOne(
  findings: Findings,
  candidates: readonly Entity[],
  { what, nameOf, wanted, option, none }: Selection,
): Entity | undefined {
  const format = (entities: readonly Entity[]) =>
    entities.map((each) => `${nameOf(each)} (${each.id})`).join(', ');
  const [first, ...others] = candidates.filter((each) => isWanted(each, nameOf(each), wanted));
  if (first === undefined && candidates.length > 0) {
    findings.addError(what, `there is no ${wanted}`, `Choose one of ${format(candidates)}.`);
    return undefined;
  }
  if (first === undefined) {
    findings.addError(what, 'missing', none);
    return undefined;
  }
  if (others.length > 0) {
    const remedy = option === undefined ? 'Delete or rename the others.' : `Choose one with ${option}.`;
    findings.addError(what, `ambiguous: ${format([first, ...others])}`, remedy);
    return undefined;
  }
  findings.add(`${what} ${nameOf(first)}`, first.id);
  return first;
}

/** Whether the user chose an entity by name or id. Without a choice all are wanted. */
export function isWanted(entity: Entity, name: string, wanted: string | undefined): boolean {
  return wanted === undefined || entity.id === wanted || name === wanted;
}
