import { TestKitError } from './test-kit-error';

const REFUSED = /\b4\d\d\b|not\s+found|does\s+not\s+exist/i;

/**
 * Explains an error of Terraform if it can come from an entity that the stacks name by id and the sandbox does not have.
 * Returns other errors as they are.
 *
 * @param ids ids of the entities
 */
export function explainMissingEntities(error: unknown, ids: readonly string[]): unknown {
  if (!(error instanceof Error) || !REFUSED.test(error.message) || ids.length === 0) {
    return error;
  }
  const { message } = error;
  const named = ids.filter((id) => message.includes(id));
  const missing = (named.length > 0 ? named : ids).join(', ');
  return new TestKitError(
    `${message.trimEnd()}\n\nThe stacks refer to ${missing} by id, which the sandbox does not have. Create it in a stack of the test, or do not deploy this stack to the sandbox: "Stacks that refer to others by id" in docs/test-your-stack.md`,
    { cause: error },
  );
}
