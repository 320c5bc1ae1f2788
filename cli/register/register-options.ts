import type { ClientOptions } from '../select-client';
import type { StateOptions } from '../state';

/** Options of `register`. */
export interface RegisterOptions extends ClientOptions, StateOptions {
  /** E-mail address of the developer. */
  readonly developer: string;

  /** Full name of a new developer. Default: the e-mail address. */
  readonly fullName?: string;

  /** Name of the application in the portal. Default: the label of the client. */
  readonly application?: string;

  /** Name or id of the API. Default: all that are published on the portal. */
  readonly api?: string;

  /** Name or id of the portal. Default: the only one. */
  readonly portal?: string;

  /** Whether to replace applications whose strategy no API uses any more. */
  readonly replace: boolean;

  /** Whether to change nothing. */
  readonly dryRun: boolean;

  /** How long to wait for approvals, in seconds. */
  readonly waitForApproval: number;
  readonly json: boolean;
}
