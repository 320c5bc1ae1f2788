import { runInThisContext } from 'node:vm';

interface BuiltIns {
  getBuiltinModule(name: 'node:module'): typeof import('node:module');
}

/**
 * Requires a package that has only an ES module, with the `require` of Node itself. Jest replaces `require` with one
 * that refuses such a package.
 *
 * @param name a dependency of this package
 */
export function requireEsm<T>(name: string): T {
  const { createRequire } = (runInThisContext('process') as BuiltIns).getBuiltinModule('node:module');
  return createRequire(__filename)(name) as T;
}
