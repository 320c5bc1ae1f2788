import { type CheckResult, checkAccess, checkSchemas, checkSecrets, formatFailures } from './checks';
import type { SchemaOptions } from './schema/versions';

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers, for `expect.extend` of Jest, Vitest and others. */
export const matchers = {
  toMatchProviderSchemas(received: unknown, options?: SchemaOptions): MatcherResult {
    return toMatcherResult(checkSchemas(received, options));
  },

  toKeepSecretsOut(received: unknown): MatcherResult {
    return toMatcherResult(checkSecrets(received));
  },

  toOpenForItsClientOnly(received: unknown): MatcherResult {
    return toMatcherResult(checkAccess(received));
  },
};

function toMatcherResult(check: CheckResult): MatcherResult {
  const pass = check.failures.length === 0;
  return {
    pass,
    message: () => (pass ? `expected not to ${check.expectation}` : formatFailures(check)),
  };
}

/** Matchers that are added to `expect`. */
export interface KitMatchers<R> {
  /**
   * An app, a stack or Terraform JSON matches the pinned schemas of okta/okta and kong/konnect, and has no reference
   * to a resource, data source, variable, local value or module that does not exist.
   */
  toMatchProviderSchemas(options?: SchemaOptions): R;

  /**
   * An app, a stack or Terraform JSON contains no secret: no literal value of a sensitive attribute, variable, output
   * or credential, and no value of an environment variable that is called a token, secret, password or key.
   */
  toKeepSecretsOut(): R;

  /** The result of `StackTester.prove`: 200 for the client, 401 or 403 for all others. */
  toOpenForItsClientOnly(): R;
}
