import type { CommandFailure } from '../command-failure';
import type { StepStatus } from '../progress';

/** Output of `okta-dev-portal-oidc rotate --json`. */
export type RotateOutput = RotateResult | CommandFailure;

/** Result of a run that read the secrets in Okta. */
export interface RotateResult {
  /** Whether all steps succeeded. The exit code is 0 then. */
  readonly ok: boolean;

  /** Every step, in order. */
  readonly steps: readonly RotationStep[];
}

/** A step of a rotation. */
export interface RotationStep {
  /** Name of the step. */
  readonly name: 'secrets' | 'create' | 'deliver' | 'prove' | 'wait' | 'deactivate';
  readonly status: StepStatus;

  /** What was done, or the cause of the failure. */
  readonly detail: string;

  /** How to fix it. With the status `ok` it is a warning. */
  readonly remedy?: string;
}
