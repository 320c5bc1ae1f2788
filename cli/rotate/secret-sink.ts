import { spawn } from 'node:child_process';
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Console } from '../console';
import type { Client } from '../deployment';
import { CommandError } from '../exit';
import type { RotateOptions } from './rotate-options';

/** The target that the client reads its secret from. */
export interface SecretSink {
  /** Description of the delivery, for example `to secret.txt`. */
  readonly target: string;

  /** Delivers a secret. @throws CommandError when it cannot */
  deliver(secret: string): Promise<void>;
}

/** @throws CommandError unless there is exactly one of `--exec` and `--file` */
export function createSink({ exec, file }: RotateOptions, client: Client, console: Console): SecretSink {
  if ((exec === undefined) === (file === undefined)) {
    throw CommandError.usage(
      exec === undefined ? 'Neither --exec nor --file is set' : '--exec and --file are both set',
      "Name one place for the new secret: --exec 'command that reads it from standard input', or --file <file>.",
    );
  }
  return exec === undefined ? fileSink(String(file), console) : commandSink(exec, client, console);
}

/** Replaces the file at once, so that a reader never finds a part of a secret. */
function fileSink(file: string, console: Console): SecretSink {
  return {
    target: `to ${file}`,
    deliver: async (secret) => {
      const path = resolve(console.io.cwd, file);
      const temporary = `${path}.${process.pid}.tmp`;
      try {
        writeFileSync(temporary, secret, { mode: 0o600 });
        // writeFileSync does not change the mode of an existing file.
        chmodSync(temporary, 0o600);
        renameSync(temporary, path);
      } catch (error) {
        throw CommandError.failed(
          `${file} cannot be written: ${(error as Error).message}`,
          'Name a file in a writable folder with --file. The old secret stays active.',
        );
      }
    },
  };
}

/** Hands the secret over on standard input. Arguments and variables would show it in the list of processes. */
function commandSink(command: string, { clientId }: Client, console: Console): SecretSink {
  return {
    target: 'to the command of --exec',
    deliver: async (secret) => {
      const { env, cwd } = console.io;
      const child = spawn(command, {
        shell: true,
        cwd,
        env: { ...env, OKTA_CLIENT_ID: clientId } as NodeJS.ProcessEnv,
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      const ended = new Promise<number | null>((resolveCode) => {
        child.on('close', resolveCode).on('error', () => resolveCode(null));
      });
      // A command that does not read its input closes the pipe. Its exit code decides.
      child.stdin.on('error', () => undefined).end(secret);
      const code = await ended;
      if (code !== 0) {
        throw CommandError.failed(
          `the command of --exec ended with ${code ?? 'a signal'}${output && `: ${output.trim()}`}`,
          'Fix the command, and run rotate again: it delivers the same new secret. The old secret stays active.',
        );
      }
    },
  };
}
