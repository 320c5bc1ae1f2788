import type { ChainOptions } from '../chain/create-links';
import type { ClientOptions } from '../select-client';
import type { StateOptions } from '../state';

/** Options of `verify`. */
export interface VerifyOptions extends ChainOptions, ClientOptions, StateOptions {
  /** Name or id of the API. Default: all. */
  readonly api?: string;

  /** Name or id of the portal. Default: all. */
  readonly portal?: string;

  /** Client id of a client without a registration. */
  readonly unregisteredClientId?: string;

  /** Whether a link that was not checked counts as broken. */
  readonly requireAll: boolean;
  readonly json: boolean;

  /** File to write a JUnit report to. */
  readonly junit?: string;

  /** File to write a Markdown table to. */
  readonly markdown?: string;
}
