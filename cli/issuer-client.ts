import type { JSONWebKeySet } from 'jose';
import type { KyInstance } from 'ky';
import type { Console } from './console';
import { causeOf, createHttp, RETRY_ALWAYS, responseOf } from './http';
import { describeOktaError, type OktaErrorBody } from './okta-error-body';

/** Discovery document of an issuer. */
export interface Discovery {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
}

/** A request that got no answer from the issuer, or was refused. */
export class IssuerError extends Error {
  public constructor(
    /** HTTP status, or undefined when there was no answer. */
    public readonly status: number | undefined,
    /** OAuth error code, for example `invalid_scope`. */
    public readonly code: string | undefined,
    message: string,
  ) {
    super(message);
    this.name = 'IssuerError';
  }
}

/** The OAuth endpoints of an authorization server. */
export class IssuerClient {
  public static async create(console: Console): Promise<IssuerClient> {
    return new IssuerClient(console, await createHttp({ console }));
  }

  private constructor(
    private readonly console: Console,
    private readonly http: KyInstance,
  ) {}

  /** @throws IssuerError */
  public async discover(issuer: string): Promise<Discovery> {
    return this.parse<Discovery>(
      this.http(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`).text(),
    );
  }

  /** The issuer's signing keys. @throws IssuerError */
  public async keys(url: string): Promise<JSONWebKeySet> {
    return this.parse<JSONWebKeySet>(this.http(url).text());
  }

  /**
   * Requests an access token with client credentials.
   *
   * @throws IssuerError
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
    const { access_token: token } = await this.parse<{ access_token: string }>(
      this.http
        .post(endpoint, { body, headers: { authorization: `Basic ${authorization}` }, retry: RETRY_ALWAYS })
        .text(),
    );
    this.console.redactor.add(token);
    return token;
  }

  private async parse<T>(text: Promise<string>): Promise<T> {
    try {
      return JSON.parse(await text) as T;
    } catch (error) {
      throw error instanceof SyntaxError
        ? new IssuerError(undefined, undefined, 'the answer is not JSON')
        : await toIssuerError(error);
    }
  }
}

async function toIssuerError(error: unknown): Promise<IssuerError> {
  const response = responseOf(error);
  if (!response) {
    return new IssuerError(undefined, undefined, causeOf(error));
  }
  const body = ((await response.json().catch(() => undefined)) ?? {}) as OktaErrorBody;
  const message = [response.status, describeOktaError(body)].filter(Boolean).join(' ');
  return new IssuerError(response.status, body.error, message);
}
