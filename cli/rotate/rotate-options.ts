import type { StateOptions } from '../state';

/** Options of `rotate`. */
export interface RotateOptions extends StateOptions {
  /** Label or client id of the Okta application. Default: the only one. */
  readonly client?: string;

  /** Name or id of the API that proves the new secret. Default: all. */
  readonly api?: string;

  /** Name or id of the portal. Default: all. */
  readonly portal?: string;

  /** Path of the requests. Default: the path of a route. */
  readonly path?: string;

  /** Shell command that reads the new secret from standard input. */
  readonly exec?: string;

  /** File to write the new secret to. */
  readonly file?: string;

  /** How long the old secret stays active after the proof, in seconds. Default: the lifetime of an access token. */
  readonly grace?: number;

  /** Whether to delete the old secret instead of leaving that to the next run. */
  readonly deleteOld: boolean;

  /** How long the gateway may take to accept the new secret, in seconds. */
  readonly wait: number;

  /** Whether to change nothing. */
  readonly dryRun: boolean;
  readonly json: boolean;
}
