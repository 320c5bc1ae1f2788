import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageDir = fileURLToPath(new URL('..', import.meta.url));
export const rootDir = join(packageDir, '..', '..');
export const schemaDir = join(packageDir, 'schema');
export const generatedDir = join(rootDir, '.gen', 'providers', 'konnect');
export const libDir = join(packageDir, 'lib');
export const buildDir = join(packageDir, 'build');

export const inNodeModules = (...parts) => join(rootDir, 'node_modules', ...parts);
