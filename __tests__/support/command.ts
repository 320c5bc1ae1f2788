import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { run } from '../../cli/program';

/** What a run of the command printed, and its exit code. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command `okta-dev-portal-oidc` in this process, in an environment of its own. */
export class CommandRunner {
  /** Folder that the command runs in. */
  public readonly folder = mkdtempSync(join(tmpdir(), 'command-'));
  private printed = '';

  public constructor(private readonly env: { readonly [name: string]: string | undefined }) {}

  /** With the environment that a sandbox prints, changed as given; undefined takes a variable out. */
  public static forSandbox(
    sandbox: Sandbox,
    changes: { readonly [name: string]: string | undefined } = {},
  ): CommandRunner {
    return new CommandRunner({ PATH: process.env.PATH, ...sandbox.environment(), ...changes });
  }

  public writeState(state: object): void {
    writeFileSync(join(this.folder, 'state.json'), JSON.stringify(state));
  }

  /** What was written last. */
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
    return { exitCode, stdout, stderr };
  }

  /** Everything that all runs printed. */
  public get everything(): string {
    return this.printed;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
