import { setTimeout as pause } from 'node:timers/promises';
import { askedPause } from './asked-pause';

/** Which requests a provider retries. */
export interface Retries {
  /** Maximum number of attempts. */
  readonly attempts: number;

  /** Whether to retry a request with this response status. */
  readonly ofStatus: (status: number) => boolean;

  /** Whether to retry a request whose connection broke. The server may have processed it. */
  readonly ofBrokenConnection: (method: string) => boolean;
}

/** okta/okta 4.20.0 with its default `max_retries`: everything that may be temporary except 500, for every method. */
export const OKTA_RETRIES: Retries = {
  attempts: 6,
  ofStatus: (status) => status === 429 || (status > 500 && status !== 501),
  ofBrokenConnection: () => true,
};

/**
 * kong/konnect 3.19.0: rate limits, and broken connections of idempotent requests. The real provider retries for an
 * hour.
 */
export const KONNECT_RETRIES: Retries = {
  attempts: 20,
  ofStatus: (status) => status === 429,
  ofBrokenConnection: (method) => ['GET', 'PUT', 'DELETE'].includes(method),
};

/** Pause without a request by the server. The real providers start with 30 s (okta) and 0.5 s (konnect). */
const PAUSE_MS = 20;

/**
 * Sends a request, with retries, and returns the last response.
 *
 * @param signal aborted when nobody waits for the response
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
