import type { JsonObject } from './schema/types';
import type { SynthesizedStack } from './synthesized';

/** The stacks without their `import` blocks: a new sandbox has nothing to import, so it creates the resources. */
export function removeImportBlocks(stacks: readonly SynthesizedStack[]): SynthesizedStack[] {
  return stacks.map((stack) => {
    const { import: imports, ...rest } = JSON.parse(stack.json) as JsonObject;
    return imports === undefined ? stack : { ...stack, json: JSON.stringify(rest) };
  });
}
