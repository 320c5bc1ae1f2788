/**
 * The pause before a retry that a response asks for, in milliseconds; undefined without one. Okta's rate limit sends no
 * Retry-After but the time of its reset. The real okta/okta ignores that by default and waits 30 seconds or more,
 * longer than a window of the sandbox.
 */
export function askedPause({ status, headers }: Response): number | undefined {
  const after = numberIn(headers, 'retry-after');
  if (after !== undefined) {
    return after * 1000;
  }
  const reset = numberIn(headers, 'x-rate-limit-reset');
  const date = Date.parse(headers.get('date') ?? '') / 1000;
  if (status !== 429 || reset === undefined || Number.isNaN(date)) {
    return undefined;
  }
  // Both are whole seconds of the server's clock: one more is never too early.
  return Math.max(reset - date + 1, 0) * 1000;
}

function numberIn(headers: Headers, name: string): number | undefined {
  const value = Number(headers.get(name) ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
