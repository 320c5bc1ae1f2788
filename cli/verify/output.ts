import type { CommandFailure } from '../command-failure';
import type { StepStatus } from '../progress';

/** Output of `okta-dev-portal-oidc verify --json`. */
export type VerifyOutput = VerifyResult | CommandFailure;

/** Result of a run that checked the chain. */
export interface VerifyResult {
  /** Whether no link is broken and at least one is OK; with `--require-all` also whether all were checked. The exit code is 0 then. */
  readonly ok: boolean;

  /** Every link of the chain, in order. */
  readonly links: readonly VerifiedLink[];
}

/** A link of the chain from the credentials of a client to the API. */
export interface VerifiedLink {
  /** Name of the link, for example `token`, or `token:2` for a second strategy. Unique. */
  readonly name: string;

  /** Name for people. */
  readonly title: string;
  readonly status: StepStatus;

  /** What was observed, or the cause of the failure. */
  readonly detail: string;

  /** How to fix it. With the status `ok` it is a warning. */
  readonly remedy?: string;

  /** Duration of the check. */
  readonly milliseconds: number;
}
