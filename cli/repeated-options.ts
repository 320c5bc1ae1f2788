import type { Command } from 'commander';
import { CommandError } from './exit';

/** Rejects an option with one value that is set twice: only the last value would have an effect. */
export function rejectRepeatedOptions(command: Command): void {
  const singles = command.options.filter(
    ({ required, variadic, parseArg }) => required && !variadic && parseArg !== collect,
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
