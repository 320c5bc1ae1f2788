import type { KyInstance } from 'ky';
import type { Console } from './console';
import { causeOf, createHttp, REPEATABLE, responseOf } from './http';

/** What an issuer says about itself. */
export interface Discovery {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
}

/** Why an issuer gave no answer, or refused. */
export class OktaError extends Error {
  public constructor(
    /** HTTP status, undefined when there was no answer. */
    public readonly status: number | undefined,
    /** The OAuth error, for example `invalid_scope`. */
    public readonly code: string | undefined,
    message: string,
  ) {
    super(message);
    this.name = 'OktaError';
  }
}

/** The OAuth endpoints of an authorization server. */
export class OktaClient {
  public static async create(console: Console): Promise<OktaClient> {
    return new OktaClient(console, await createHttp({ console }));
  }

  private constructor(
    private readonly console: Console,
    private readonly http: KyInstance,
  ) {}

  /** @throws OktaError */
  public async discover(issuer: string): Promise<Discovery> {
    return this.answer<Discovery>(
      this.http(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`).text(),
    );
  }

  /** The keys that tokens are signed with. @throws OktaError */
  public async keys(url: string): Promise<{ readonly keys: object[] }> {
    return this.answer<{ keys: object[] }>(this.http(url).text());
  }

  /**
   * An access token for client credentials.
   *
   * @throws OktaError
   */
  public async token(
    endpoint: string,
    clientId: string,
    clientSecret: string,
    scopes: readonly string[],
  ): Promise<string> {
    const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':');
    const authorization = Buffer.from(credentials).toString('base64');
    this.console.redactor.add(authorization);
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') });
    const { access_token: token } = await this.answer<{ access_token: string }>(
      this.http
        .post(endpoint, { body, headers: { authorization: `Basic ${authorization}` }, retry: REPEATABLE })
        .text(),
    );
    this.console.redactor.add(token);
    return token;
  }

  private async answer<T>(text: Promise<string>): Promise<T> {
    try {
      return JSON.parse(await text) as T;
    } catch (error) {
      throw error instanceof SyntaxError
        ? new OktaError(undefined, undefined, 'the answer is no JSON')
        : await refusal(error);
    }
  }
}

async function refusal(error: unknown): Promise<OktaError> {
  const response = responseOf(error);
  if (!response) {
    return new OktaError(undefined, undefined, causeOf(error));
  }
  const {
    error: code,
    error_description: description,
    errorSummary,
  } = (await response.json().catch(() => ({}))) as {
    error?: string;
    error_description?: string;
    errorSummary?: string;
  };
  const said = [code, description ?? errorSummary].filter(Boolean).join(': ');
  return new OktaError(response.status, code, `${response.status}${said ? ` ${said}` : ''}`);
}
