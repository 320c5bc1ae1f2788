import { dirname, join } from 'node:path';
import { TestKitError } from './test-kit-error';

const NAME = 'okta-dev-portal-oidc-sandbox';

/** What Node and jest say of the package itself, and not of something that it needs. */
const MISSING = new RegExp(`^Cannot find module '${NAME}(/package\\.json)?'`);

type SandboxPackage = typeof import('okta-dev-portal-oidc-sandbox');

/**
 * The sandbox, which only those need who test.
 *
 * @throws TestKitError when it is not installed
 */
export function sandboxPackage(): SandboxPackage {
  return installed(() => require(NAME) as SandboxPackage);
}

/**
 * Path of a pinned schema; the sandbox ships them.
 *
 * @throws TestKitError when the sandbox is not installed
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
