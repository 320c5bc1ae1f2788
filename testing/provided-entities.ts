import { DEFAULT_SERVER, isUuid, PROVIDED_TYPES } from './provided-types';
import { type Reference, referencesIn } from './references';
import type { SandboxApi } from './sandbox-api';
import type { SynthesizedStack } from './synthesized';

/**
 * Creates the entities that the stacks name by id and do not create, such as those of another repository.
 *
 * @returns the stacks with the ids that the entities have in the sandbox, and the ids without an entity
 */
export async function provideEntities(
  api: SandboxApi,
  stacks: readonly SynthesizedStack[],
): Promise<{ readonly stacks: readonly SynthesizedStack[]; readonly missingIds: readonly string[] }> {
  const references = referencesIn(stacks);
  const ids = new Map<string, string>();
  const provided = new Set<string>();
  for (const type of PROVIDED_TYPES) {
    for (const { attribute, value, siblings } of references) {
      const parent = type.parent === undefined ? '' : parentId(siblings[type.parent], ids);
      const key = [type.attributes[0], parent, value].join(' ');
      if (
        type.attributes.includes(attribute) &&
        type.isId(value) &&
        parent !== undefined &&
        !provided.has(key)
      ) {
        provided.add(key);
        ids.set(value, await type.create(api, value, parent));
      }
    }
  }
  const missing = references.filter((each) => isId(each) && !ids.has(each.value));
  return {
    stacks: stacks.map((stack) => ({ ...stack, json: replaceTexts(stack.json, ids) })),
    missingIds: [...new Set(missing.map(({ value }) => value))],
  };
}

/** The id of a parent in the sandbox. `undefined` if a stack creates it: nothing can be in it before that. */
function parentId(value: unknown, ids: ReadonlyMap<string, string>): string | undefined {
  return value === DEFAULT_SERVER ? value : ids.get(String(value));
}

/** Whether the reference is by an id of Konnect. A client id is not: Konnect accepts any. */
function isId({ attribute, value }: Reference): boolean {
  return /(?<!client)[._]id$/.test(attribute) && isUuid(value);
}

/** Replaces texts that are an id. */
function replaceTexts(json: string, ids: ReadonlyMap<string, string>): string {
  const replace = (_: string, value: unknown) =>
    typeof value === 'string' ? (ids.get(value) ?? value) : value;
  return ids.size === 0 ? json : JSON.stringify(JSON.parse(json, replace));
}
