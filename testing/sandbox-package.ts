import { dirname, join } from 'node:path';
import { TestKitError } from './test-kit-error';

const NAME = 'okta-dev-portal-oidc-sandbox';

/** The message of Node and Jest if the package itself is missing, not one of its dependencies. */
const MISSING = new RegExp(`^Cannot find module '${NAME}(/package\\.json)?'`);

type SandboxPackage = typeof import('okta-dev-portal-oidc-sandbox');

/**
 * The sandbox, an optional dependency that only tests need.
 *
 * @throws TestKitError if it is not installed
 */
export function sandboxPackage(): SandboxPackage {
  return installed(() => require(NAME) as SandboxPackage);
}

/**
 * Path of a pinned schema in the sandbox's package.
 *
 * @throws TestKitError if the sandbox is not installed
 */
export function schemaFile(name: string): string {
  return join(dirname(installed(() => require.resolve(`${NAME}/package.json`))), 'schema', name);
}

function installed<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND' && MISSING.test(message)) {
      throw new TestKitError(`The tests need ${NAME}: npm install --save-dev ${NAME}`);
    }
    throw error;
  }
}
