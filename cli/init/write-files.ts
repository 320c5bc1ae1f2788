import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../exit';
import type { ProjectFile } from './template';

/**
 * Writes new files into a folder, all or none of them.
 *
 * @throws CommandError if one of them exists or cannot be written
 */
export function writeNewFiles(folder: string, files: readonly ProjectFile[]): void {
  const existing = files.filter(({ path }) => existsSync(join(folder, path)));
  if (existing.length > 0) {
    throw CommandError.usage(
      `${folder} already has ${existing.map(({ path }) => path).join(', ')}`,
      'Name another folder, or move these files away. Nothing was written.',
    );
  }
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
