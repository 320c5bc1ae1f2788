import { describeOutcome, Outcome, StepStatus } from '../progress';
import type { AdoptFinding } from './output';

/** A result of the search for one entity. */
interface Finding {
  /** The entity, with its name or its path in the stack. */
  readonly what: string;
  readonly outcome: Outcome;
}

/** The findings of one run, in order. */
export class Findings {
  private readonly found: Finding[] = [];

  /** Whether one of the findings is an error. */
  public get hasErrors(): boolean {
    return this.found.some(({ outcome }) => outcome.status === StepStatus.FAILED);
  }

  public add(what: string, detail: string): void {
    this.found.push({ what, outcome: Outcome.ok(detail) });
  }

  /** Adds an entity that the command does not change. */
  public addSkipped(what: string, reason: string): void {
    this.found.push({ what, outcome: Outcome.skipped(reason) });
  }

  /** Adds a task for the user. */
  public addWarning(what: string, detail: string, remedy: string): void {
    this.found.push({ what, outcome: Outcome.warning(detail, remedy) });
  }

  public addError(what: string, detail: string, remedy: string): void {
    this.found.push({ what, outcome: Outcome.failed(detail, remedy) });
  }

  /** The findings as lines for people. */
  public get lines(): string[] {
    return this.found.flatMap(({ what, outcome }) => describeOutcome(what, outcome));
  }

  /** The findings as `--json` prints them. */
  public get results(): AdoptFinding[] {
    return this.found.map(({ what, outcome: { status, detail, remedy } }) => ({
      what,
      status,
      detail,
      remedy,
    }));
  }
}
