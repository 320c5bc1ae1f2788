import type { CommandFailure } from '../command-failure';

/** Output of `okta-dev-portal-oidc register --json`. */
export type RegisterOutput = RegisterResult | CommandFailure;

/** Result of a run that reached Konnect. */
export interface RegisterResult {
  /** Whether the client is registered for all APIs. The exit code is 0 then. */
  readonly ok: boolean;

  /** Developer, applications and registrations, in this order. Leaves out what depends on a failed one. */
  readonly results: readonly RegistrationResult[];

  /** Why something failed or is pending. Only if `ok` is false. */
  readonly error?: string;
}

/** A developer, an application or a registration. */
export interface RegistrationResult {
  /** What it is. */
  readonly kind: 'developer' | 'application' | 'registration';

  /** E-mail address of the developer, name of the application, or name of the API. */
  readonly name: string;

  /** Id in Konnect. Absent if it does not exist. */
  readonly id?: string;

  /** Status in Konnect, for example `approved` or `pending`. */
  readonly status?: string;

  /** What the command did, or would do without `--dry-run`. */
  readonly change: 'none' | 'created' | 'replaced' | 'would be created' | 'would be replaced' | 'skipped';

  /** Why it was skipped, or why the developer does not see the API in the portal. */
  readonly warning?: string;
}
