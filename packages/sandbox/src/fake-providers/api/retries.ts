import { setTimeout as pause } from 'node:timers/promises';
import { askedPause } from './asked-pause';

/** Which requests a provider sends again by itself. */
export interface Retries {
  /** How often a request is sent at most. */
  readonly attempts: number;

  /** Whether an answer is none. */
  readonly ofStatus: (status: number) => boolean;

  /** Whether a request is sent again whose connection broke; it may have been done. */
  readonly ofBrokenConnection: (method: string) => boolean;
}

/** okta/okta 4.20.0 with its default `max_retries`: everything that may be temporary except 500, for every method. */
export const OKTA_RETRIES: Retries = {
  attempts: 6,
  ofStatus: (status) => status === 429 || (status > 500 && status !== 501),
  ofBrokenConnection: () => true,
};

/** kong/konnect 3.19.0: rate limits, and broken connections of what may be repeated. The real one goes on for an hour. */
export const KONNECT_RETRIES: Retries = {
  attempts: 20,
  ofStatus: (status) => status === 429,
  ofBrokenConnection: (method) => ['GET', 'PUT', 'DELETE'].includes(method),
};

/** Where no server says how long; the real ones begin with half a minute (okta) and half a second (konnect). */
const PAUSE_MS = 20;

/**
 * Sends a request until there is an answer, and returns the last one.
 *
 * @param signal says when nobody waits for the answer any more
 */
export async function retrying(
  { attempts, ofStatus, ofBrokenConnection }: Retries,
  method: string,
  signal: AbortSignal,
  request: () => Promise<Response>,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === attempts;
    let milliseconds = PAUSE_MS;
    try {
      const response = await request();
      if (last || !ofStatus(response.status)) {
        return response;
      }
      milliseconds = askedPause(response) ?? PAUSE_MS;
    } catch (error) {
      if (last || signal.aborted || !ofBrokenConnection(method)) {
        throw error;
      }
    }
    await pause(milliseconds, undefined, { signal });
  }
}
