import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageDir = fileURLToPath(new URL('..', import.meta.url));
export const rootDir = join(packageDir, '..', '..');
export const schemaDir = join(packageDir, 'schema');
export const libDir = join(packageDir, 'lib');
export const buildDir = join(packageDir, 'build');

export const inNodeModules = (...parts) => join(rootDir, 'node_modules', ...parts);

/** Folder of the modules that `cdktf get` writes for a provider, in the folder of a cdktf.json. */
export const treeOf = (project, provider) => join(project, '.gen', 'providers', provider);
