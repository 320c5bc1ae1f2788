import type { KyInstance, Options, RetryOptions } from 'ky';
import type { Console } from './console';
import { importEsm } from './esm';

/** How long one attempt may take, in milliseconds. */
const TIMEOUT = 10_000;
/** Attempts after the first. */
const RETRIES = 4;
/** The longest pause before another attempt, also when a server asks for more, in milliseconds. */
const LONGEST_PAUSE = 60_000;
/** Errors of the network that another attempt does not mend. */
const LASTING = ['ENOTFOUND', 'ERR_INVALID_URL'];

/** What all requests of a client have in common. */
export interface HttpOptions {
  readonly console: Console;

  /** `Authorization` of every request. */
  readonly authorization?: string;

  /** Base URL of the paths that are asked for. */
  readonly url?: string;
}

/**
 * For requests that create something: sent again on 429 only, because after any other failure nobody knows
 * whether it was created.
 */
export const CREATES: RetryOptions = {
  methods: ['post'],
  shouldRetry: ({ error }) => (responseOf(error)?.status === 429 ? undefined : false),
};

/** For requests that may be sent as often as it takes, whatever their method is. */
export const REPEATABLE: RetryOptions = { methods: ['get', 'post', 'put', 'patch', 'delete'] };

/**
 * An HTTP client with a time-out. It tries again on 429 and 5xx, with a growing pause, or as long as
 * Retry-After or Okta's X-Rate-Limit-Reset ask for.
 */
export async function createHttp({ console, authorization, url }: HttpOptions): Promise<KyInstance> {
  const { default: ky } = await importEsm<typeof import('ky')>('ky');
  const options: Options = {
    prefixUrl: url,
    timeout: TIMEOUT,
    headers: {
      accept: 'application/json',
      'user-agent': 'okta-dev-portal-oidc',
      ...(authorization && { authorization }),
    },
    redirect: 'manual',
    retry: {
      limit: RETRIES,
      methods: ['get', 'put', 'patch', 'delete'],
      statusCodes: [429, 500, 502, 503, 504],
      afterStatusCodes: [429, 503],
      backoffLimit: LONGEST_PAUSE,
      maxRetryAfter: LONGEST_PAUSE,
      shouldRetry: ({ error }) => (LASTING.some((code) => causeOf(error).includes(code)) ? false : undefined),
      ...(console.io.retryDelay && { delay: console.io.retryDelay }),
    },
    hooks: {
      beforeRequest: [(request) => console.debug(`${request.method} ${request.url}`)],
      beforeRetry: [
        ({ request, error, retryCount }) => {
          const response = responseOf(error);
          const reason = response ? `answered ${response.status}` : causeOf(error);
          console.note(
            `${request.method} ${request.url}: ${reason}; attempt ${retryCount + 1} of ${RETRIES + 1}`,
          );
        },
      ],
      afterResponse: [
        (request, _options, response) => {
          console.debug(`${request.method} ${request.url} answered ${response.status}`);
        },
      ],
    },
  };
  return ky.create(options);
}

/** The answer that made a request fail, undefined when there was none. */
export function responseOf(error: unknown): Response | undefined {
  return (error as { readonly response?: Response }).response;
}

/** Why a request got no answer, without what wraps the reason. */
export function causeOf(error: unknown): string {
  const { name, message, cause, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly cause?: unknown;
    readonly code?: string;
  };
  if (name === 'TimeoutError') {
    return `no answer within ${TIMEOUT / 1000} s`;
  }
  return cause === undefined ? [code, message].filter(Boolean).join(' ') : causeOf(cause);
}
