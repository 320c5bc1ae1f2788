import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** State files of stacks without a backend, and their backups. */
const STATE_FILE = /^terraform\..+\.tfstate(\.backup)?$/;

/** State files of an app, which cdktf writes to the folder that it runs in. */
export class StateFiles {
  private readonly before: readonly string[];

  public constructor(private readonly folder: string) {
    this.before = this.list();
  }

  /** What to do about states of earlier deployments. `undefined` without one. */
  public get warning(): string | undefined {
    return this.before.length === 0
      ? undefined
      : `${this.before.join(', ')} has the state of an earlier deployment, whose resources are not in this sandbox. Move it away before you deploy.`;
  }

  /** What to do about new states. `undefined` without one. */
  public get remedy(): string | undefined {
    const written = this.list().filter((file) => !this.before.includes(file));
    return written.length === 0
      ? undefined
      : `${written.join(', ')} has the state of this sandbox. Delete it, or the next deployment plans to destroy what was in the sandbox.`;
  }

  private list(): string[] {
    return readdirSync(this.folder)
      .filter((name) => STATE_FILE.test(name))
      .map((name) => join(this.folder, name));
  }
}
