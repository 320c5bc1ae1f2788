import { AssertionError } from 'node:assert';
import { type CheckResult, checkAccess, checkSchemas, checkSecrets, formatFailures } from './checks';
import type { SchemaOptions } from './schema/versions';

/**
 * Asserts that an app, a stack or Terraform JSON matches the pinned provider schemas, as the matcher
 * `toMatchProviderSchemas`. For `node:test` and scripts.
 *
 * @throws AssertionError with every violation
 * @throws TestKitError if there is no schema of a version, or `source` is something else
 */
export function assertMatchesProviderSchemas(source: unknown, options?: SchemaOptions): void {
  requireNoFailures(checkSchemas(source, options));
}

/**
 * Asserts that an app, a stack or Terraform JSON contains no secret, as the matcher `toKeepSecretsOut`. For `node:test`
 * and scripts.
 *
 * @throws AssertionError with the place of every secret
 * @throws TestKitError if `source` is something else
 */
export function assertKeepsSecretsOut(source: unknown): void {
  requireNoFailures(checkSecrets(source));
}

/**
 * Asserts that only the registered client can call the API, as the matcher `toOpenForItsClientOnly`. For `node:test`
 * and scripts.
 *
 * @param proof the awaited result of `StackTester.prove`
 * @throws AssertionError with every link of the proof
 * @throws TestKitError if `proof` is something else
 */
export function assertOpensForItsClientOnly(proof: unknown): void {
  requireNoFailures(checkAccess(proof));
}

function requireNoFailures(check: CheckResult): void {
  if (check.failures.length > 0) {
    throw new AssertionError({ message: formatFailures(check) });
  }
}
