import { type Command, InvalidArgumentError, Option } from 'commander';
import { givenOptions, rejectConflicts, STACK_NAMES } from './conflicts';

/** Options of all commands. Listr2 reads `--no-color` from the arguments of the process. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--json', 'print the result as JSON', false)
    .option('--debug', 'print every request to stderr, with secrets redacted')
    .option('--no-color', 'print without colors');
}

/** Options of the commands that read deployed stacks. */
export function addStateOptions(command: Command): Command {
  return command
    .argument('[stacks...]', 'deployed stacks (default: all of the app)')
    .addOption(outputOption())
    .option('--chdir <folder>', 'folder of a Terraform configuration, for stacks without cdktf')
    .option('--state <file...>', 'output of terraform show -json, instead of running it')
    .hook('preAction', (_, action) => {
      const given = givenOptions(action);
      rejectConflicts(given, '--chdir', ['--state', '--output', STACK_NAMES]);
      rejectConflicts(given, '--state', ['--output', STACK_NAMES]);
    });
}

/** Options that name a client, of the commands that take clients of other issuers. */
export function addClientOptions(command: Command): Command {
  return command
    .option('--client <label or id>', 'Okta application (default: the only one)')
    .option('--client-id <id>', 'client of another issuer, or of no stack')
    .hook('preAction', (_, action) => rejectConflicts(givenOptions(action), '--client-id', ['--client']));
}

/** Folder of the synthesized app. */
export function outputOption(): Option {
  return new Option('--output <folder>', 'folder of the synthesized app')
    .default('cdktf.out')
    .env('CDKTF_OUTDIR');
}

/** Rejects an empty value, as an unset variable of a shell leaves it. @throws InvalidArgumentError */
export function nonEmpty(value: string): string {
  if (value === '') {
    throw new InvalidArgumentError('It is empty. Set it, or leave the option out.');
  }
  return value;
}

/** The longest time that a timer of Node.js can wait. It would not wait at all for a longer one. */
const MAX_SECONDS = Math.floor((2 ** 31 - 1) / 1000);

/** Parses a number of seconds. @throws InvalidArgumentError for other texts */
export function seconds(value: string): number {
  const parsed = Number(value);
  if (!(parsed >= 0 && parsed <= MAX_SECONDS)) {
    throw new InvalidArgumentError(`It must be a number of seconds, 0 to ${MAX_SECONDS}.`);
  }
  return parsed;
}
