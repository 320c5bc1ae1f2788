import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import { OktaError } from './errors';

/** Rate limit of an Okta org. */
export interface OktaRateLimit {
  /**
   * Requests within a window, at least 1. As in Okta, three groups of endpoints of the Management API are counted
   * separately: one application, `/api/v1/apps/{id}`; the other endpoints of `/api/v1/apps`; and all others.
   */
  readonly requests: number;

  /** Length of a window in whole seconds, at least 1; Okta's is 60. It begins with the first request after the last one. */
  readonly seconds: number;
}

interface Window {
  /** When it ends, in seconds since 1970-01-01T00:00:00Z. */
  readonly reset: number;
  /** Requests that it answered. */
  answered: number;
}

/** Limit that Okta reports for most endpoints. Without an explicit limit nothing is counted. */
const DEFAULT_LIMIT: OktaRateLimit = { requests: 600, seconds: 60 };

/**
 * Adds the remaining number of requests to each response of the Management API, and rejects requests above the limit.
 *
 * @throws RangeError for an invalid limit
 */
export function addRateLimit(server: FastifyInstance, clock: Clock, limit?: OktaRateLimit): void {
  const { requests, seconds } = limit ?? DEFAULT_LIMIT;
  check({ requests, seconds });
  const windows = new Map<string, Window>();
  server.addHook('onRequest', async (request, reply) => {
    const route = managementRoute(request);
    if (!route) {
      return;
    }
    const bucket = bucketOf(route);
    const date = clock.now();
    const now = Math.floor(date.getTime() / 1000);
    let window = windows.get(bucket);
    if (!limit || !window || window.reset <= now) {
      window = { reset: now + seconds, answered: 0 };
      windows.set(bucket, window);
    }
    const isRefused = window.answered >= requests;
    window.answered += isRefused ? 0 : 1;
    reply.headers({
      // Clients compare it with the reset, which is a time of the sandbox's clock.
      date: date.toUTCString(),
      'x-rate-limit-limit': requests,
      'x-rate-limit-remaining': requests - window.answered,
      'x-rate-limit-reset': window.reset,
    });
    if (isRefused) {
      throw OktaError.tooManyRequests();
    }
  });
}

/** The route of a request to the Management API, undefined for others. Not the path, which may be written with escapes. */
export function managementRoute(request: FastifyRequest): string | undefined {
  const route = request.routeOptions.url ?? request.url;
  return route.startsWith('/api/') ? route : undefined;
}

/** Which endpoints are counted together. */
function bucketOf(route: string): string {
  const one = '/api/v1/apps/:app';
  return route === one ? one : (/^\/api\/v1\/apps(?=\/|$)/.exec(route)?.[0] ?? '/api/v1');
}

function check(limit: OktaRateLimit): void {
  for (const name of ['requests', 'seconds'] as const) {
    if (!Number.isInteger(limit[name]) || limit[name] < 1) {
      throw new RangeError(`oktaRateLimit.${name} must be a whole number of at least 1, got ${limit[name]}`);
    }
  }
}
