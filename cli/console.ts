import { Redactor } from './redactor';

/** Input and output of a command. */
export interface Io {
  readonly env: { readonly [name: string]: string | undefined };

  /** Working folder, for relative paths. */
  readonly cwd: string;

  /** Whether progress is shown live instead of line by line. */
  readonly isTerminal: boolean;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;

  /**
   * Pause before a retry in milliseconds, unless the server asks for a longer one.
   *
   * @default - 300 ms, doubled with each attempt
   */
  readonly retryDelay?: (attempt: number) => number;
}

/** The environment of the current process. */
export function processIo(): Io {
  return {
    env: process.env,
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY === true && process.env.CI === undefined,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  };
}

/** Prints the output of a command, with secrets redacted. */
export class Console {
  public readonly redactor = new Redactor();

  public constructor(
    public readonly io: Io,
    private readonly debugging: boolean,
  ) {
    this.redactor.addEnvironment(io.env);
  }

  /** Prints text to stdout. */
  public out(text: string): void {
    this.io.stdout(this.redactor.redact(text));
  }

  /** Prints text to stderr. */
  public err(text: string): void {
    this.io.stderr(this.redactor.redact(text));
  }

  /** Prints a line to stdout. */
  public print(line: string): void {
    this.out(`${line}\n`);
  }

  /** Prints the result of a command with `--json`. */
  public printJson(result: object): void {
    this.print(JSON.stringify(result, null, 2));
  }

  /** Prints a line to stderr. */
  public note(line: string): void {
    this.err(`${line}\n`);
  }

  /** Prints a line to stderr if `--debug` is set. */
  public debug(line: string): void {
    if (this.debugging) {
      this.note(`debug: ${line}`);
    }
  }
}
