import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isModule } from './compile.mjs';
import { buildDir, inNodeModules, rootDir } from './paths.mjs';

const STAMP = '.stamp.json';
const TOOLS = ['cdktf-cli', 'cdktf', 'typescript'];

/** A hash over everything that the output depends on. */
export function fingerprint(schemas) {
  const hash = createHash('sha256');
  const scripts = readdirSync(buildDir)
    .sort()
    .map((file) => join(buildDir, file));
  for (const file of [...schemas, join(rootDir, 'cdktf.json'), ...scripts])
    hash.update(readFileSync(file)).update('\0');
  for (const tool of TOOLS) {
    const { version } = JSON.parse(readFileSync(inNodeModules(tool, 'package.json'), 'utf8'));
    hash.update(`${tool}@${version}\0`);
  }
  return hash.digest('hex');
}

/** Kept inside the output, so that the two can only appear together. */
export function writeStamp(lib, inputs, modules) {
  writeFileSync(join(lib, STAMP), JSON.stringify({ inputs, modules }));
}

export function isUpToDate(lib, inputs) {
  const file = join(lib, STAMP);
  if (!existsSync(file)) return false;
  const stamp = JSON.parse(readFileSync(file, 'utf8'));
  return stamp.inputs === inputs && ['.', ...stamp.modules].every((dir) => isModule(lib, dir));
}
