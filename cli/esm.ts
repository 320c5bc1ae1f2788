import { runInThisContext } from 'node:vm';

interface BuiltIns {
  getBuiltinModule(name: 'node:module'): typeof import('node:module');
}

/**
 * Imports a package that is an ES module only. Node itself does it, and not whoever has put himself in the place of
 * `import` and `require`: in a test that runs under jest, both refuse such a package.
 *
 * @param name package, of those that this one depends on
 */
export async function importEsm<T>(name: string): Promise<T> {
  const { createRequire } = (runInThisContext('process') as BuiltIns).getBuiltinModule('node:module');
  return createRequire(__filename)(name) as T;
}
