import type { SynthesizedStack } from './synthesized';
import { TestKitError } from './test-kit-error';

/** Ids of Konnect, and of Okta. */
const ID = /\b([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|0[0-9a-zA-Z]{19})\b/g;

const NOT_FOUND = /\b404\b|not\s+found|does\s+not\s+exist/i;

/**
 * Explains an error of Terraform if an entity is missing that the stack names by id, as one of another repository.
 * Returns other errors as they are.
 */
export function explainMissingEntities(error: unknown, { name, json }: SynthesizedStack): unknown {
  if (!(error instanceof Error) || !NOT_FOUND.test(error.message)) {
    return error;
  }
  const written = new Set(json.match(ID));
  const missing = [...new Set(error.message.match(ID))].filter((id) => written.has(id));
  return missing.length === 0
    ? error
    : new TestKitError(
        `${error.message.trimEnd()}\n\nThe sandbox starts empty, and stack ${name} refers to ${missing.join(', ')} by id. Do not deploy this stack to it, or create what it refers to in a stack of the test: "Stacks that refer to others by id" in docs/test-your-stack.md`,
        { cause: error },
      );
}
