import type { KyInstance, Options, RetryOptions } from 'ky';
import type { Console } from './console';
import { importEsm } from './esm';

const TIMEOUT_MS = 10_000;
const MAX_RETRIES = 4;
/** Upper limit of a pause between two attempts, also if the server asks for more. */
const MAX_PAUSE_MS = 60_000;
/** Network errors that a retry cannot fix. */
const PERMANENT_ERRORS = ['ENOTFOUND', 'ERR_INVALID_URL'];

/** Settings that all requests of an HTTP client share. */
interface HttpOptions {
  readonly console: Console;

  /** `Authorization` header. */
  readonly authorization?: string;

  /** Base URL of relative paths. */
  readonly url?: string;
}

/** For requests that create something: retries on 429 only. After any other failure the entity may exist. */
export const RETRY_ON_429: RetryOptions = {
  methods: ['post'],
  shouldRetry: ({ error }) => (responseOf(error)?.status === 429 ? undefined : false),
};

/** For requests that can be repeated with any method. */
export const RETRY_ALWAYS: RetryOptions = { methods: ['get', 'post', 'put', 'patch', 'delete'] };

/**
 * Creates an HTTP client with a time-out. It retries on 429 and 5xx after a growing pause, or after the time that
 * `Retry-After` or Okta's `X-Rate-Limit-Reset` names.
 */
export async function createHttp({ console, authorization, url }: HttpOptions): Promise<KyInstance> {
  const { default: ky } = await importEsm<typeof import('ky')>('ky');
  const options: Options = {
    prefixUrl: url,
    timeout: TIMEOUT_MS,
    headers: {
      accept: 'application/json',
      'user-agent': 'okta-dev-portal-oidc',
      ...(authorization && { authorization }),
    },
    redirect: 'manual',
    retry: {
      limit: MAX_RETRIES,
      methods: ['get', 'put', 'patch', 'delete'],
      statusCodes: [429, 500, 502, 503, 504],
      afterStatusCodes: [429, 503],
      backoffLimit: MAX_PAUSE_MS,
      maxRetryAfter: MAX_PAUSE_MS,
      shouldRetry: ({ error }) =>
        PERMANENT_ERRORS.some((code) => causeOf(error).includes(code)) ? false : undefined,
      ...(console.io.retryDelay && { delay: console.io.retryDelay }),
    },
    hooks: {
      beforeRequest: [(request) => console.debug(`${request.method} ${request.url}`)],
      beforeRetry: [
        ({ request, error, retryCount }) => {
          const response = responseOf(error);
          const reason = response ? `answered ${response.status}` : causeOf(error);
          console.note(
            `${request.method} ${request.url}: ${reason}; attempt ${retryCount + 1} of ${MAX_RETRIES + 1}`,
          );
        },
      ],
      afterResponse: [
        (request, _options, response) => {
          console.debug(`${request.method} ${request.url} answered ${response.status}`);
          return withRetryAfter(response);
        },
      ],
    },
  };
  return ky.create(options);
}

/**
 * Turns Okta's `X-Rate-Limit-Reset`, a time of Okta's clock, into `Retry-After`. The clock of this machine may be
 * ahead: then the pause would be zero.
 */
function withRetryAfter(response: Response): Response {
  const reset = Number(response.headers.get('x-rate-limit-reset') ?? Number.NaN);
  const date = Date.parse(response.headers.get('date') ?? '');
  if (response.status !== 429 || Number.isNaN(reset + date) || response.headers.has('retry-after')) {
    return response;
  }
  const headers = new Headers(response.headers);
  headers.set('retry-after', String(Math.max(reset - Math.floor(date / 1000), 0)));
  return new Response(response.body, { status: response.status, headers });
}

/** The response that a request failed with, or undefined when there was none. */
export function responseOf(error: unknown): Response | undefined {
  return (error as { readonly response?: Response }).response;
}

/** The innermost reason why a request got no response. */
export function causeOf(error: unknown): string {
  const { name, message, cause, code } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly cause?: unknown;
    readonly code?: string;
  };
  if (name === 'TimeoutError') {
    return `no answer within ${TIMEOUT_MS / 1000} s`;
  }
  return cause === undefined ? [code, message].filter(Boolean).join(' ') : causeOf(cause);
}
