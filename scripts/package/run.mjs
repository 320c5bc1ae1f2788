import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const NODE_MODULES = join(ROOT, 'node_modules');

/** Runs a program, and throws what it prints if it fails. */
export function run(program, args, cwd) {
  // jsii warns of Node.js 20 at each start.
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) {
    const reason = error?.message ?? `exit code ${status}`;
    throw new Error([`${program} ${args.join(' ')}: ${reason}`, stdout, stderr].filter(Boolean).join('\n'));
  }
  return stdout;
}

/** Runs a script of an installed package. */
export function runTool(script, args, cwd) {
  return run(process.execPath, [join(NODE_MODULES, script), ...args], cwd);
}
