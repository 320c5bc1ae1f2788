import { CommanderError } from 'commander';
import { CommandError } from './exit';

/** What `--json` prints when the command ended before it had a result. */
export interface CommandFailure {
  /** Always false. The exit code is not 0. */
  readonly ok: false;

  /** What is wrong, with the value. */
  readonly error: string;

  /** How to fix it. */
  readonly remedy: string;
}

/** Whether the parsed output of `--json` is a failure instead of a result. */
export function isCommandFailure(output: object): output is CommandFailure {
  return 'error' in output && 'remedy' in output;
}

/** The failure of a command that threw. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandError) {
    return { ok: false, error: error.message, remedy: error.remedy };
  }
  if (error instanceof CommanderError) {
    return { ok: false, error: error.message.replace(/^error: /, ''), remedy: 'See --help.' };
  }
  return { ok: false, error: String(error), remedy: 'This is a bug. Report it with the trace on stderr.' };
}
