import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../exit';

/** A file to write. */
export interface NewFile {
  /** Path in the folder. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** How many of the files in a folder a message names. */
const NAMED = 3;

/**
 * Writes files into a folder, all or none of them.
 *
 * @throws CommandError if the folder is not empty or cannot be written
 */
export function writeNewFiles(folder: string, files: readonly NewFile[]): void {
  requireEmpty(folder);
  const created: string[] = [];
  try {
    for (const { path, content } of files) {
      const file = join(folder, path);
      const parent = mkdirSync(dirname(file), { recursive: true });
      created.push(...(parent === undefined ? [] : [parent]));
      closeSync(openSync(file, 'wx'));
      // It exists from now on, even if the disk is full.
      created.push(file);
      writeFileSync(file, content);
    }
  } catch (error) {
    for (const path of created.reverse()) {
      rmSync(path, { recursive: true, force: true });
    }
    throw CommandError.failed(
      `${folder} cannot be written: ${(error as Error).message}`,
      'Name a writable folder. Nothing was written.',
    );
  }
}

/** Requires that a folder does not exist or is empty, apart from the data of Git. */
function requireEmpty(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return;
  }
  const names = readdirSync(folder).filter((name) => name !== '.git');
  if (names.length > 0) {
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    throw CommandError.usage(
      `${folder} is not empty, it has ${names.slice(0, NAMED).join(', ')}${more}`,
      'Name a new folder. Nothing was written.',
    );
  }
}
