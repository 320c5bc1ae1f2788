import { integer } from '../http/json-schema';
import type { OktaEntity } from './model';

/** A priority; the first is 1. */
export const PRIORITY = integer(1);

/** An item whose position in a list is its priority. */
interface Ranked {
  entity: OktaEntity;
}

/**
 * Inserts an item at its priority, from 1, or at the end without one. Okta keeps priorities without gaps, so later
 * items move down.
 */
export function place<T extends Ranked>(items: T[], item: T, priority: unknown): void {
  remove(items, item);
  const wanted = typeof priority === 'number' ? Math.max(Math.floor(priority) - 1, 0) : items.length;
  items.splice(wanted, 0, item);
  renumber(items);
}

/** Removes an item. Later items move up. */
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
