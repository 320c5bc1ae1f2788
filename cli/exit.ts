import { joinTexts } from './join-texts';

/** Exit codes of the commands. */
export enum ExitCode {
  /** Success. */
  OK = 0,
  /** A link is broken, nothing was checked, an approval is pending, or something to adopt is missing. */
  FAILED = 1,
  /** Wrong usage, or nothing is deployed. */
  USAGE = 2,
  /** Okta, Konnect, the gateway or Terraform cannot be reached, or a token is refused. */
  UNREACHABLE = 3,
}

/** Ends the command with a message and a remedy, printed without a stack trace. */
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

  /** The same error with a sentence about the state that it leaves behind. */
  public withNote(note: string): CommandError {
    return new CommandError(this.exitCode, joinTexts([this.message, note], '. '), this.remedy, this.status);
  }

  private constructor(
    public readonly exitCode: ExitCode,
    message: string,
    /** How to fix it. */
    public readonly remedy: string,
    /** HTTP status of the refused request. */
    public readonly status?: number,
  ) {
    super(message);
    this.name = 'CommandError';
  }
}
