import { AccessProof } from './proof';
import type { SchemaOptions } from './schema/versions';
import { schemaViolations } from './schema/violations';
import { writtenSecrets } from './secrets';
import { configurations } from './synthesized';
import { TestKitError } from './test-kit-error';

interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers, for `expect.extend` where there is no global `expect`. */
export const matchers = {
  toBeValidTerraform(received: unknown, options?: SchemaOptions): Result {
    const found = configurations(received).flatMap((each) => schemaViolations(each, options));
    return result('be valid by the pinned provider schemas', found);
  },

  toKeepSecretsOut(received: unknown): Result {
    return result(
      'keep secrets out of its JSON',
      configurations(received).flatMap((each) => writtenSecrets(each)),
    );
  },

  toOpenForItsClientOnly(received: unknown): Result {
    if (!(received instanceof AccessProof)) {
      throw new TestKitError('toOpenForItsClientOnly takes what StackTester.prove returned, awaited');
    }
    const broken = received.opensForClientOnly ? [] : [String(received)];
    return result('open the API for its client only', broken);
  },
};

function result(what: string, found: readonly string[]): Result {
  const pass = found.length === 0;
  const message = () => (pass ? `expected not to ${what}` : `expected to ${what}:\n${found.join('\n')}`);
  return { pass, message };
}

/** What `expect` of jest has more. */
export interface KitMatchers<R> {
  /**
   * An app, a stack or Terraform JSON has no attribute that the pinned schemas of okta/okta and kong/konnect
   * don't know, lacks none that they require, and refers to nothing that is not there.
   */
  toBeValidTerraform(options?: SchemaOptions): R;

  /**
   * An app, a stack or Terraform JSON holds no literal value of a sensitive attribute, variable or output or of a
   * credential, and no value of an environment variable called …TOKEN, …SECRET, …PASSWORD, …PRIVATE_KEY, …API_KEY and
   * the like.
   */
  toKeepSecretsOut(): R;

  /** What `StackTester.prove` saw: 200 for the client, 401 or 403 for everybody else. */
  toOpenForItsClientOnly(): R;
}

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: @types/jest has this default, and all declarations must have the same
    interface Matchers<R, T = {}> extends KitMatchers<R> {}
  }
}

const { expect } = globalThis as { expect?: { extend(matchers: object): void } };
expect?.extend(matchers);
