import { runInThisContext } from 'node:vm';

interface BuiltIns {
  getBuiltinModule(name: 'node:module'): typeof import('node:module');
}

/**
 * Requires a package that is an ES module only. Node itself does it, and not whoever has put himself in the place of
 * `require`: in a test that runs under jest, that refuses such a package.
 *
 * @param name package, of those that this one depends on
 */
export function requireEsm<T>(name: string): T {
  const { createRequire } = (runInThisContext('process') as BuiltIns).getBuiltinModule('node:module');
  return createRequire(__filename)(name) as T;
}
