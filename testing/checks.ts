import { AccessProof } from './proof';
import type { SchemaOptions } from './schema/versions';
import { schemaViolations } from './schema/violations';
import { writtenSecrets } from './secrets';
import { configurations } from './synthesized';
import { TestKitError } from './test-kit-error';

/** The result of a check, for matchers and assertions. */
export interface CheckResult {
  /** The expectation, as a verb: `match the schemas`. */
  readonly expectation: string;

  /** The violations. Empty if the expectation is met. */
  readonly failures: readonly string[];
}

export function checkSchemas(source: unknown, options?: SchemaOptions): CheckResult {
  return {
    expectation: 'match the pinned provider schemas',
    failures: configurations(source).flatMap((each) => schemaViolations(each, options)),
  };
}

export function checkSecrets(source: unknown): CheckResult {
  return {
    expectation: 'keep secrets out of its JSON',
    failures: configurations(source).flatMap((each) => writtenSecrets(each)),
  };
}

export function checkAccess(proof: unknown): CheckResult {
  if (!(proof instanceof AccessProof)) {
    throw new TestKitError('Expected the awaited result of StackTester.prove');
  }
  return {
    expectation: 'open the API for its client only',
    failures: proof.opensForClientOnly ? [] : [String(proof)],
  };
}

/** The message of a check that failed. */
export function formatFailures({ expectation, failures }: CheckResult): string {
  return `expected to ${expectation}:\n${failures.join('\n')}`;
}
