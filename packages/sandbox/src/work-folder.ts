import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'okta-dev-portal-oidc-sandbox-';
const OF_PROCESS = new RegExp(`^${PREFIX}(\\d+)-`);

/**
 * A temporary folder that only this user can read. Its name has the process id, so that a later sandbox removes it
 * after a crash.
 */
export function createWorkFolder(): string {
  removeAbandoned();
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

export function removeWorkFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Folders of processes that were killed before they could clean up. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(OF_PROCESS.exec(name)?.[1]);
    const folder = join(tmpdir(), name);
    if (pid && !isAlive(pid) && isMine(folder)) {
      removeWorkFolder(folder);
    }
  }
}

/** Whether it is a folder of this user. Folders of other users and links are not removed. */
function isMine(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid());
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
