import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** Terraform failed. The message is its output. */
export class TerraformError extends Error {
  public constructor(
    message: string,
    /** Exit code of Terraform; null if it did not run or was killed. */
    public readonly exitCode: number | null,
  ) {
    super(message);
    this.name = 'TerraformError';
  }
}

/** Undefined removes a variable from the environment. */
export type Environment = { readonly [name: string]: string | undefined };

/** Settings that must not come from the user's environment. */
const OWN = {
  TF_IN_AUTOMATION: '1',
  CHECKPOINT_DISABLE: '1',
  TF_WORKSPACE: undefined,
  TF_DATA_DIR: undefined,
};

/** Output of a command by stream. */
interface CommandOutput {
  readonly stdout: string;
  readonly exitCode: number;
}

/**
 * Finds the Terraform binary: TERRAFORM_BINARY_NAME, as for cdktf, or else `terraform` or `tofu` on the PATH. Returns
 * undefined if it is not installed.
 */
export function findTerraform(environment: Environment = process.env): string | undefined {
  const named = environment.TERRAFORM_BINARY_NAME;
  const env = { ...environment } as NodeJS.ProcessEnv;
  return (named ? [named] : ['terraform', 'tofu']).find(
    (binary) => spawnSync(binary, ['version'], { env, stdio: 'ignore' }).status === 0,
  );
}

/** Runs Terraform commands in the folder of one stack. */
export class Terraform {
  private readonly running = new Set<ChildProcess>();
  private killed = false;

  public constructor(
    private readonly binary: string,
    private readonly environment: Environment,
  ) {}

  /**
   * Runs one command to its end.
   *
   * @param folder where the configuration is
   * @param args command and options
   * @param accepted exit codes that are no error
   * @throws TerraformError with what Terraform printed, or after `kill`
   */
  public async run(
    folder: string,
    args: readonly string[],
    accepted: readonly number[] = [0],
  ): Promise<CommandOutput> {
    if (this.killed) {
      throw new TerraformError(`${this.binary} ${args[0]} was not run: the sandbox has been stopped`, null);
    }
    const env = { ...process.env, ...this.environment, ...OWN };
    const child = spawn(this.binary, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.running.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    try {
      const exitCode = await new Promise<number | null>((resolve, reject) => {
        child.on('error', reject).on('close', resolve);
      });
      if (exitCode === null || !accepted.includes(exitCode)) {
        throw new TerraformError(
          `${this.binary} ${args[0]} failed (exit code ${exitCode}):\n${readable(stdout)}${stderr}`.trim(),
          exitCode,
        );
      }
      return { stdout, exitCode };
    } finally {
      this.running.delete(child);
    }
  }

  /** Kills running commands without waiting. Later commands fail. */
  public kill(): void {
    this.killed = true;
    for (const child of this.running) {
      child.kill('SIGKILL');
    }
  }
}

/** Errors in Terraform's JSON lines. Other output is unchanged. */
function readable(stdout: string): string {
  const lines = stdout.split('\n').map((line) => {
    try {
      const {
        '@level': level,
        '@message': message,
        diagnostic,
      } = JSON.parse(line) as {
        '@level'?: string;
        '@message'?: string;
        diagnostic?: { detail?: string };
      };
      return level === 'error' ? `${message}\n${diagnostic?.detail ?? ''}` : undefined;
    } catch {
      return line;
    }
  });
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}
