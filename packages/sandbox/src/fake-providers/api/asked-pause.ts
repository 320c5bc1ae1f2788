/**
 * How long a server asks to wait until a request is sent again, in milliseconds; undefined where it does not say.
 * Okta sends no Retry-After when its rate limit is reached, but the second in which it begins to count anew. The real
 * okta/okta does not look at that by default: it waits from half a minute on, longer than a sandbox's window takes.
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
