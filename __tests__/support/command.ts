import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { run } from '../../cli/program';
import { requireOutputSchema } from './output-schema';

/** Output and exit code of a run. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command `okta-dev-portal-oidc` in this process, with its own environment variables. Every output of `--json`
 * must match the schema in the package.
 */
export class CommandRunner {
  /** Folder that the command runs in. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'command-'));
  private printed = '';

  public constructor(private readonly env: { readonly [name: string]: string | undefined }) {}

  /** Uses the environment of a sandbox with changes. `undefined` removes a variable. */
  public static forSandbox(
    sandbox: Sandbox,
    changes: { readonly [name: string]: string | undefined } = {},
  ): CommandRunner {
    return new CommandRunner({ PATH: process.env.PATH, ...sandbox.environment(), ...changes });
  }

  public writeState(state: object): void {
    writeFileSync(join(this.folder, 'state.json'), JSON.stringify(state));
  }

  /** The state file. */
  public get state(): string {
    return readFileSync(join(this.folder, 'state.json'), 'utf8');
  }

  public async run(...argv: string[]): Promise<CommandResult> {
    let stdout = '';
    let stderr = '';
    const exitCode = await run(argv, {
      env: this.env,
      cwd: this.folder,
      isTerminal: false,
      retryDelay: () => 1,
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
    });
    this.printed += stdout + stderr;
    const [command = ''] = argv;
    if (argv.includes('--json') && !argv.includes('--help')) {
      const { ok } = requireOutputSchema(command, stdout);
      if (ok !== (exitCode === 0)) {
        throw new Error(`${command} --json: ok is ${ok}, but the exit code is ${exitCode}`);
      }
    }
    return { exitCode, stdout, stderr };
  }

  /** Output of all runs. */
  public get everything(): string {
    return this.printed;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
