import type { Attributes } from '../../providers/definition';

/** The parts of an import id `a/b/c`: the last one is the id, the others the parents. */
export function parseImportId(id: string, ...parents: readonly string[]): Attributes {
  const parts = id.split('/');
  if (parts.length !== parents.length + 1 || parts.some((part) => part === '')) {
    throw new Error(`invalid import id ${id}: expected ${[...parents, 'id'].join('/')}`);
  }
  return Object.fromEntries([...parents, 'id'].map((name, index) => [name, parts[index]]));
}
