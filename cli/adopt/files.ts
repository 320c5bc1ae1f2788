import { randomUUID } from 'node:crypto';
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommandError } from '../exit';

/** @throws CommandError when a file cannot be written: better before a long search than after it */
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

/** Writes a file whole or not at all, whatever ends the command meanwhile. */
export function writeWhole(file: string, content: string): void {
  const beside = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw CommandError.failed(
      `${file} cannot be written: ${(error as Error).message}`,
      'Choose another file with --file.',
    );
  }
}
