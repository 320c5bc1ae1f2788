import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { type CommandFailure, isCommandFailure } from '../cli/command-failure';
import { CommandError, ExitCode } from '../cli/exit';
import { run } from '../cli/program';
import { TestKitError } from './test-kit-error';

/** A stack and its state as `terraform show -json` prints it. */
export interface StackState {
  readonly stack: string;
  readonly state: unknown;
}

/** The JSON output of the command. `ok` is whether it succeeded. */
export interface CommandResult {
  readonly ok: boolean;
}

type Options = { readonly [name: string]: string | undefined };

/**
 * Runs the command `okta-dev-portal-oidc` in the environment of a sandbox.
 *
 * @param args name and arguments of the command
 * @param options options with a value. `undefined` leaves an option out
 * @param secrets more environment variables
 * @throws TestKitError with the command's message if it prints no result
 */
export async function runCommand<T extends CommandResult>(
  sandbox: Sandbox,
  states: readonly StackState[],
  args: readonly string[],
  options: Options,
  secrets: { readonly [variable: string]: string | undefined } = {},
): Promise<T> {
  const files = states.map(({ stack, state }) => {
    const file = join(sandbox.folder, `${stack}.state.json`);
    writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    return file;
  });
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  let stdout = '';
  let stderr = '';
  const exitCode = await run([...args, ...flags, '--json', '--state', ...files], {
    env: { ...process.env, ...sandbox.environment(), OKTA_CLIENT_SECRET: undefined, ...secrets },
    cwd: sandbox.folder,
    isTerminal: false,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  const result = parseJson(stdout) as T | CommandFailure | undefined;
  if (!result || isCommandFailure(result) || ![ExitCode.OK, ExitCode.FAILED].includes(exitCode)) {
    // The message of a failure is on stderr too.
    const output = result && isCommandFailure(result) ? stderr : stderr + stdout;
    throw new TestKitError(
      `okta-dev-portal-oidc ${args[0]} exited with code ${exitCode}:\n${withKitOptions(output)}`,
    );
  }
  return result;
}

/** An error of the command as an error of the kit. Other errors stay as they are. */
export function asKitError(error: unknown): unknown {
  return error instanceof CommandError
    ? new TestKitError(withKitOptions(`${error.message}\n    → ${error.remedy}`))
    : error;
}

/** A sentence that names an option of the command. It may have periods inside of words, as in an e-mail address. */
const OPTION_SENTENCE = / *(?:[^.\n]|\.(?=\S))* --[a-z](?:[^.\n]|\.(?=\S))*\.?/g;

/**
 * A message of the command with the names of the kit's options, which have no dashes. Sentences about other options are
 * left out.
 */
export function withKitOptions(text: string): string {
  return text.replace(/--(client|api|portal|path)(?![\w-])/g, '$1').replace(OPTION_SENTENCE, '');
}

function parseJson(stdout: string): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}
