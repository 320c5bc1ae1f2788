import { readdirSync, readFileSync } from 'node:fs';
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

  /**
   * What to do about new states with resources of the sandbox. `undefined` without one.
   *
   * @param tenants everything in the sandbox's tenants. Another sandbox may write states to the same folder
   */
  public remedy(tenants: object): string | undefined {
    const text = JSON.stringify(tenants);
    const written = this.list().filter(
      (file) => !this.before.includes(file) && idsIn(file).some((id) => text.includes(JSON.stringify(id))),
    );
    return written.length === 0
      ? undefined
      : `State of this sandbox: ${written.join(', ')}. Delete it, or the next deployment plans to destroy what was in the sandbox.`;
  }

  private list(): string[] {
    return readdirSync(this.folder)
      .filter((name) => STATE_FILE.test(name))
      .map((name) => join(this.folder, name));
  }
}

/** Random ids of the resources in a state file. */
function idsIn(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/"id": ?"([\w-]{16,})"/g)].map(([, id]) => id);
}
