import { spawnSync } from 'node:child_process';

/** A failure whose message says everything: printed without a stack trace. */
export class BuildError extends Error {}

/**
 * Runs a script under this Node. What it prints is kept back, because the tools are noisy even when all is
 * well, and becomes the message of the error when it fails.
 */
export function runNode(title, args, { cwd, env } = {}) {
  const done = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status === 0) return;
  const how = done.error?.message ?? (done.signal ? `killed by ${done.signal}` : `exit code ${done.status}`);
  throw new BuildError([`${title} failed (${how})`, done.stdout, done.stderr].filter(Boolean).join('\n'));
}
