import type { Command } from 'commander';
import { CommandError } from './exit';

/** Name of the arguments of a command among the names of its options. */
export const STACK_NAMES = 'A stack name';

/** Names of the options on the command line, without those that have a default or come from the environment. */
export function givenOptions(command: Command): string[] {
  const options = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map(({ long }) => String(long));
  return command.args.length > 0 ? [...options, STACK_NAMES] : options;
}

/**
 * Rejects options that another one makes ineffective.
 *
 * @param given options on the command line
 * @param option option that others have no effect with
 * @throws CommandError for the first of the others that is given with it
 */
export function rejectConflicts(given: readonly string[], option: string, others: readonly string[]): void {
  const found = given.includes(option) && others.find((each) => given.includes(each));
  if (found) {
    throw CommandError.usage(`${found} has no effect with ${option}`, 'Leave one of them out.');
  }
}
