import { runInThisContext } from 'node:vm';

interface BuiltIns {
  getBuiltinModule(name: 'node:module'): typeof import('node:module');
}

/**
 * Requires a package that has only ES modules, with Node's own `require`. Jest replaces `require` with a version that
 * cannot load it.
 *
 * @param name a dependency of this package
 */
export function requireEsm<T>(name: string): T {
  const { createRequire } = (runInThisContext('process') as BuiltIns).getBuiltinModule('node:module');
  return createRequire(__filename)(name) as T;
}
