const Module = require('node:module');
const { join } = require('node:path');
const { compilerOptions } = require('../../tsconfig.json');

/*
 * Preloaded: imports of the library load its sources, as with the paths of tsconfig.json. The compiled files may be
 * older.
 */
const resolve = Module._resolveFilename;

Module._resolveFilename = (request, ...rest) => {
  const [source] = compilerOptions.paths[request] ?? [];
  return resolve(source === undefined ? request : join(__dirname, '..', '..', source), ...rest);
};
