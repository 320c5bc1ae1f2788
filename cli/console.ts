import { Redactor } from './redactor';

/** Where a command runs: what it reads, and where it writes. */
export interface Io {
  readonly env: { readonly [name: string]: string | undefined };

  /** Folder that relative paths start from. */
  readonly cwd: string;

  /** Whether somebody watches: progress is live then, otherwise plain lines. */
  readonly isTerminal: boolean;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;

  /**
   * Pause before an attempt, in milliseconds, where no server says how long.
   *
   * @default - 300 ms, doubled with each attempt
   */
  readonly retryDelay?: (attempt: number) => number;
}

/** The process itself. */
export function processIo(): Io {
  return {
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY === true && process.env.CI === undefined,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  };
}

/** The only way out for text: nothing passes it with a secret in it. */
export class Console {
  public readonly redactor = new Redactor();

  public constructor(
    public readonly io: Io,
    private readonly debugging: boolean,
  ) {
    this.redactor.addEnvironment(io.env);
  }

  /** Text of the result. */
  public out(text: string): void {
    this.io.stdout(this.redactor.redact(text));
  }

  /** Text about the way to it. */
  public err(text: string): void {
    this.io.stderr(this.redactor.redact(text));
  }

  /** A line of the result. */
  public print(line: string): void {
    this.out(`${line}\n`);
  }

  /** A line about the way to the result. */
  public note(line: string): void {
    this.err(`${line}\n`);
  }

  /** A line that only `--debug` shows. */
  public debug(line: string): void {
    if (this.debugging) {
      this.note(`debug: ${line}`);
    }
  }
}
