import { type ApiClient, ApiError, type ApiResponse } from '../../providers/definition';

/** Speaks JSON with one API of the sandbox. */
export class JsonApiClient implements ApiClient {
  /**
   * @param url base URL
   * @param authorization value of the Authorization header
   * @param describe what an error body says, in the words of that API
   */
  public constructor(
    private readonly url: string,
    private readonly authorization: string,
    private readonly describe: (body: unknown) => string,
  ) {}

  public async send(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: this.authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) {
      const message = `${method} ${path}: ${response.status} ${this.describe(answer)}`;
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
