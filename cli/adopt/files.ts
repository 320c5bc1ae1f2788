import { randomUUID } from 'node:crypto';
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError } from '../exit';

/** Checks that a file can be written, before a long search. @throws CommandError if it cannot */
export function checkWritable(file: string): void {
  const folder = dirname(file);
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw CommandError.usage(
      `${file} cannot be written: ${(error as Error).message}`,
      'Choose a file in a folder that exists and may be written to.',
    );
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw CommandError.usage(`${file} is a folder`, 'Name a file in it.');
  }
}

/** Writes a file completely or not at all, even if the command is killed. */
export function writeWhole(file: string, content: string): void {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw CommandError.failed(
      `${file} cannot be written: ${(error as Error).message}`,
      'Choose another file.',
    );
  }
}
