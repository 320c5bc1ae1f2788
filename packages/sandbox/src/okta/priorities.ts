import { integer } from '../http/json-schema';
import type { OktaEntity } from './model';

/** A priority; the first is 1. */
export const PRIORITY = integer(1);

/** Something whose place in a list is its priority. */
export interface Ranked {
  entity: OktaEntity;
}

/**
 * Puts an item where its priority says, the first being 1, or last without one. Okta keeps priorities
 * without gaps: those behind it move on.
 */
export function place<T extends Ranked>(items: T[], item: T, priority: unknown): void {
  remove(items, item);
  const wanted = typeof priority === 'number' ? Math.max(Math.floor(priority) - 1, 0) : items.length;
  items.splice(wanted, 0, item);
  renumber(items);
}

/** Takes an item out; those behind it move up. */
export function remove<T extends Ranked>(items: T[], item: T): void {
  const index = items.indexOf(item);
  if (index >= 0) {
    items.splice(index, 1);
  }
  renumber(items);
}

/** Names of all but one of a list. */
export function namesBut(items: readonly Ranked[], self?: Ranked): { readonly name: string }[] {
  return items.filter((item) => item !== self).map(({ entity }) => entity);
}

function renumber(items: readonly Ranked[]): void {
  for (const [index, item] of items.entries()) {
    item.entity = { ...item.entity, priority: index + 1 };
  }
}
