/** Exit codes of the command. */
export enum ExitCode {
  /** Everything that was asked for holds. */
  OK = 0,
  /** A link of the chain is broken, or something waits for an approval. */
  FAILED = 1,
  /** The command was called wrongly, or nothing is deployed. */
  USAGE = 2,
  /** Konnect or Terraform cannot be reached, or refuses the token. */
  UNREACHABLE = 3,
}

/** Ends the command with a message and the remedy; it is printed without a stack trace. */
export class CommandError extends Error {
  public static usage(message: string, remedy: string): CommandError {
    return new CommandError(ExitCode.USAGE, message, remedy);
  }

  public static failed(message: string, remedy: string, status?: number): CommandError {
    return new CommandError(ExitCode.FAILED, message, remedy, status);
  }

  public static unreachable(message: string, remedy: string): CommandError {
    return new CommandError(ExitCode.UNREACHABLE, message, remedy);
  }

  /** The same error, with more about what it leaves behind. */
  public leaving(what: string): CommandError {
    return new CommandError(this.exitCode, `${this.message}; ${what}`, this.remedy, this.status);
  }

  private constructor(
    public readonly exitCode: ExitCode,
    message: string,
    /** What to do about it. */
    public readonly remedy: string,
    /** HTTP status that an API refused something with. */
    public readonly status?: number,
  ) {
    super(message);
    this.name = 'CommandError';
  }
}
