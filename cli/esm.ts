import { runInThisContext } from 'node:vm';

interface BuiltIns {
  getBuiltinModule(name: 'node:module'): typeof import('node:module');
}

/**
 * Imports a package that has no CommonJS build. Uses Node's own `require`, because jest replaces `import` and `require`
 * with versions that cannot load ES modules.
 *
 * @param name name of a dependency of this package
 */
export async function importEsm<T>(name: string): Promise<T> {
  const { createRequire } = (runInThisContext('process') as BuiltIns).getBuiltinModule('node:module');
  return createRequire(__filename)(name) as T;
}
