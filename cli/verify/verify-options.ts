import type { ClientOptions } from '../select-client';
import type { StateOptions } from '../state';

/** Options of `verify`. */
export interface VerifyOptions extends ClientOptions, StateOptions {
  /** Name or id of the API. Default: all. */
  readonly api?: string;

  /** Name or id of the portal. Default: all. */
  readonly portal?: string;

  /** Path of the requests. Default: the path of a route. */
  readonly path?: string;

  /** Whether to send POST, PUT, PATCH or DELETE if the routes take neither GET nor HEAD. */
  readonly unsafeMethods: boolean;

  /** Client id of a client without a registration. */
  readonly unregisteredClientId?: string;

  /** Whether a link that was not checked counts as broken. */
  readonly requireAll: boolean;

  /** How long the gateway may take to accept the credentials, in seconds. */
  readonly wait: number;
  readonly json: boolean;

  /** File to write a JUnit report to. */
  readonly junit?: string;

  /** File to write a Markdown table to. */
  readonly markdown?: string;
}
