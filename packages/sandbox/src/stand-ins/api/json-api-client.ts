import { type ApiClient, ApiError, type ApiResponse } from '../../providers/definition';
import { type Retries, retrying } from './retries';

/** An API of the sandbox, as a provider sees it. */
export interface JsonApi {
  /** Base URL. */
  readonly url: string;

  /** Value of the Authorization header. */
  readonly authorization: string;

  /** What an error body says, in the words of the API. */
  readonly describe: (body: unknown) => string;

  /** Which requests are sent again. */
  readonly retries: Retries;
}

/** Speaks JSON with one API of the sandbox. */
export class JsonApiClient implements ApiClient {
  /** @param signal says when nobody waits for answers any more */
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
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) {
      const message = `${method} ${path}: ${response.status} ${describe(answer)}`;
      throw new ApiError(message, response.status, answer);
    }
    return { status: response.status, body: answer, headers: response.headers };
  }
}

/** The answer, or undefined when there is no such thing. */
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
