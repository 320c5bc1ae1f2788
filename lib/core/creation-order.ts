import { Lazy, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addressOf, isDetached, isInSameStack } from './elements';

/**
 * Creates a resource after others of its stack, where no attribute references them. Call it once for a resource.
 *
 * @param others evaluated at synthesis, because they may be created or released later. A released one exists already
 */
export function createAfter(
  resource: TerraformResource,
  others: () => readonly (TerraformResource | undefined)[],
): void {
  const explicit = resource.dependsOn ?? [];
  const produce = () => [
    ...explicit,
    ...others().flatMap((each) => (each && isHere(each, resource) ? [addressOf(each)] : [])),
  ];
  resource.dependsOn = Lazy.listValue({ produce }, { omitEmpty: true });
}

/** The last construct before `construct` in a list that is in its stack and not released. */
export function findPrevious<T extends IConstruct>(list: readonly T[], construct: T): T | undefined {
  const earlier = list.slice(0, list.indexOf(construct));
  return earlier.filter((each) => isHere(each, construct)).at(-1);
}

function isHere(construct: IConstruct, other: IConstruct): boolean {
  return !isDetached(construct) && isInSameStack(construct, other);
}
