import { type ExecFileOptions, execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Sandbox } from '../sandbox';
import type { ChainCheck, ChainLink } from './chain-pages';

const PACKAGE = 'okta-dev-portal-oidc';
const LIMIT_MS = 60_000;

/**
 * Checks the deployed stacks of a folder with the command `okta-dev-portal-oidc verify`, if it is installed there. The
 * secret of the client is passed on, because the state has none by default.
 *
 * @param folder where cdktf runs
 * @param signal ends a running check
 */
export function verifyCheck(sandbox: Sandbox, folder: string, signal?: AbortSignal): ChainCheck {
  return async (client) => {
    const script = commandIn(folder);
    // Nobody reads the log, and it would grow with each check.
    sandbox.requests.clear();
    const env = {
      ...process.env,
      ...sandbox.environment(),
      ...(client && { OKTA_CLIENT_SECRET: client.clientSecret }),
    };
    const args = [
      script,
      'verify',
      '--json',
      '--wait',
      '0',
      ...(client ? ['--client', client.clientId] : []),
    ];
    return linksIn(await run(args, { cwd: folder, env, signal, timeout: LIMIT_MS }));
  };
}

/** What `verify --json` prints: the links, or why it checked none. */
type VerifyOutput =
  | { readonly links: readonly ChainLink[] }
  | { readonly error: string; readonly remedy: string };

/** @throws Error with the message of the command if it checked nothing */
function linksIn({ stdout, message }: CommandRun): readonly ChainLink[] {
  if (stdout === '') {
    throw new Error(message);
  }
  const output = JSON.parse(stdout) as VerifyOutput;
  if ('error' in output) {
    throw new Error(`${output.error}\n    → ${output.remedy}`);
  }
  return output.links;
}

/** @throws Error if the package is not installed */
function commandIn(folder: string): string {
  let manifest: string;
  try {
    manifest = createRequire(join(folder, 'package.json')).resolve(`${PACKAGE}/package.json`);
  } catch {
    throw new Error(`${PACKAGE} is not installed in ${folder}. Start the sandbox in the folder of your app.`);
  }
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { readonly [name: string]: string } };
  return join(dirname(manifest), bin[PACKAGE]);
}

interface CommandRun {
  readonly stdout: string;
  /** What the command printed to stderr, or how it ended. */
  readonly message: string;
}

/** Runs a script with Node. A broken link is an exit code, not a failure. */
function run(args: readonly string[], options: ExecFileOptions): Promise<CommandRun> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) =>
      resolve({ stdout, message: stderr.trim() || (error?.message ?? 'The command printed nothing.') }),
    );
  });
}
