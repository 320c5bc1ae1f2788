import { type ApiClient, ApiError, type ApiResponse } from '../../providers/definition';
import { type Retries, retrying } from './retries';

/** An API of the sandbox, as a provider sees it. */
interface JsonApi {
  /** Base URL. */
  readonly url: string;

  /** Value of the Authorization header. */
  readonly authorization: string;

  /** Reads the message in an error body of the API. */
  readonly describe: (body: unknown) => string;

  /** Which requests are retried. */
  readonly retries: Retries;
}

/** Replacement for secrets in errors, and the names of fields with secrets. */
const MASK = '********';
const SECRET_NAME = /(secret|password)$/;

/** A JSON client for one API of the sandbox. */
export class JsonApiClient implements ApiClient {
  /** @param signal aborted when nobody waits for the response */
  public constructor(
    private readonly api: JsonApi,
    private readonly signal: AbortSignal,
  ) {}

  public async send(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    const { url, authorization, describe, retries } = this.api;
    const request = {
      method,
      headers: {
        accept: 'application/json',
        authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: this.signal,
    };
    const response = await retrying(retries, method, this.signal, () => fetch(`${url}${path}`, request));
    const { ok, status, headers } = response;
    const text = await response.text();
    const sent = ok ? [] : [...authorization.split(' ').slice(1), ...secretsIn(body)];
    let answer: unknown;
    try {
      answer = text === '' ? undefined : JSON.parse(text, (_name, value) => without(sent, value));
    } catch {
      // The parser's error would quote the text and its secrets.
      throw new Error(`${method} ${path}: ${status}, and the answer is no JSON`);
    }
    if (!ok) {
      throw new ApiError(`${method} ${path}: ${status} ${describe(answer)}`, status, answer);
    }
    return { status, body: answer, headers };
  }
}

function secretsIn(body: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(body, (name, value) => {
    if (SECRET_NAME.test(name) && typeof value === 'string' && value !== '') {
      found.push(value);
    }
    return value;
  });
  return found;
}

/** Redacts the secrets in a text, plain and in JSON. Returns other values unchanged. */
function without(secrets: readonly string[], value: unknown): unknown {
  return typeof value !== 'string'
    ? value
    : secrets
        .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
        .reduce((said, secret) => said.replaceAll(secret, MASK), value);
}

/** The result, or undefined for a 404. */
export async function ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
