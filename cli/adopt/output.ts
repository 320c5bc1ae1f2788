import type { CommandFailure } from '../command-failure';
import type { StepStatus } from '../progress';

/** Output of `okta-dev-portal-oidc adopt --json`. */
export type AdoptOutput = AdoptResult | PrintAppResult | CommandFailure;

/** Result of `adopt`. */
export interface AdoptResult {
  /** Whether no finding failed. The exit code is 0 then. */
  readonly ok: boolean;

  /** What was found for each resource. */
  readonly findings: readonly AdoptFinding[];

  /** Path of the file that was written. Only if `ok` is true. */
  readonly file?: string;
}

/** Result of `adopt --print-app` and `adopt --write-app`. */
export interface PrintAppResult {
  /** Whether an app was generated. The exit code is 0 then. */
  readonly ok: boolean;

  /** What was found, and what needs attention. */
  readonly findings: readonly AdoptFinding[];

  /** TypeScript of the app. Only if `ok` is true. */
  readonly app?: string;

  /** Paths of the files that the app reads, for example specifications. Only if `ok` is true. */
  readonly files?: readonly string[];

  /** Path of the file that the app was written to. Only with `--write-app`, and if `ok` is true. */
  readonly file?: string;
}

/** Result of the search for one entity. */
export interface AdoptFinding {
  /** The entity, with its name or its path in the stack. */
  readonly what: string;
  readonly status: StepStatus;

  /** The id, what was found, or the cause of the failure. */
  readonly detail: string;

  /** How to fix it. With the status `ok` it is a warning. */
  readonly remedy?: string;
}
