import type { Command } from 'commander';
import { CommandError } from './exit';
import { seconds } from './options';

/**
 * Rejects an option that takes one name or file and is set twice: only the last would count, although the user may expect
 * both to. A time may override an earlier one.
 */
export function rejectRepeatedOptions(command: Command): void {
  const singles = command.options.filter(
    ({ required, variadic, parseArg }) =>
      required && !variadic && parseArg !== collect && parseArg !== seconds,
  );
  for (const option of singles) {
    let isSet = false;
    command.on(`option:${option.name()}`, () => {
      if (isSet) {
        throw CommandError.usage(`${option.long} is set twice`, 'Set it once. It takes one value.');
      }
      isSet = true;
    });
  }
}

/** Collects the values of an option that can be set several times. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
