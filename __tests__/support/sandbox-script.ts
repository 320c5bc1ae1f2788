import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const SCRIPT = join(ROOT, 'templates', 'common', 'sandbox.mjs');

/** A shell command that runs an app of the repository. */
export function appCommand(...path: readonly string[]): string {
  const hook = join(ROOT, 'node_modules', 'sucrase', 'register', 'ts.js');
  return `"${process.execPath}" --require "${hook}" "${join(ROOT, ...path)}"`;
}

/** `sandbox.mjs` of a project, in an empty folder. A shell command replaces cdktf, which takes seconds. */
export class SandboxScript {
  public readonly folder = mkdtempSync(join(tmpdir(), 'script-'));

  public constructor(synthesis: string) {
    const cdktf = join(this.folder, 'cdktf');
    writeFileSync(cdktf, `#!/bin/sh\n${synthesis}\n`);
    chmodSync(cdktf, 0o755);
  }

  public run(...args: readonly string[]) {
    return spawnSync(process.execPath, [SCRIPT, ...args], { ...this.options(), encoding: 'utf8' });
  }

  /** Starts the script without waiting for its end. */
  public start(...args: readonly string[]) {
    return spawn(process.execPath, [SCRIPT, ...args], {
      ...this.options(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  private options() {
    const { CI: _, CHECKPOINT_DISABLE: __, ...env } = process.env;
    return { cwd: this.folder, env: { ...env, PATH: [this.folder, process.env.PATH].join(delimiter) } };
  }

  public read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
