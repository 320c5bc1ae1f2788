import type { KyInstance, Options } from 'ky';
import type { Console } from './console';
import type { Entity } from './entity';
import { CommandError } from './exit';
import { causeOf, createHttp, RETRY_ALWAYS, RETRY_ON_429, responseOf } from './http';
import { describeOktaError, type OktaErrorBody } from './okta-error-body';

interface Page {
  readonly entities: readonly Entity[];

  /** URL of the next page, or undefined on the last one. */
  readonly next: string | undefined;
}

/** Okta's Management API. Configured by the variables of the Terraform provider. */
export class OktaAdminClient {
  /** @throws CommandError when the org or the token is missing */
  public static async create(console: Console): Promise<OktaAdminClient> {
    const { OKTA_API_TOKEN, OKTA_ACCESS_TOKEN } = console.io.env;
    const url = orgUrl(console);
    if (!url || !URL.canParse(url)) {
      throw CommandError.usage(
        'OKTA_ORG_NAME or OKTA_BASE_URL is not set',
        'For https://dev-1.okta.com set OKTA_ORG_NAME=dev-1 and OKTA_BASE_URL=okta.com, as for the Terraform provider.',
      );
    }
    const authorization = OKTA_API_TOKEN
      ? `SSWS ${OKTA_API_TOKEN}`
      : OKTA_ACCESS_TOKEN && `Bearer ${OKTA_ACCESS_TOKEN}`;
    if (!authorization) {
      throw CommandError.usage(
        'OKTA_API_TOKEN is not set',
        'Set it to an API token of an administrator, or set OKTA_ACCESS_TOKEN to an OAuth 2.0 access token.',
      );
    }
    console.redactor.add(OKTA_API_TOKEN);
    console.redactor.add(OKTA_ACCESS_TOKEN);
    return new OktaAdminClient(url.replace(/\/+$/, ''), await createHttp({ console, authorization }));
  }

  private constructor(
    private readonly url: string,
    private readonly http: KyInstance,
  ) {}

  /** Host of the org. */
  public get host(): string {
    return new URL(this.url).host;
  }

  /** All entities of a list, page by page. */
  public async list(path: string): Promise<Entity[]> {
    const entities: Entity[] = [];
    let next: string | undefined = `${this.url}/api/v1${path}`;
    while (next !== undefined) {
      const page = await this.page(next, path);
      entities.push(...page.entities);
      next = page.next;
    }
    return entities;
  }

  /** One entity, or undefined when it does not exist. */
  public async find(path: string): Promise<Entity | undefined> {
    try {
      return await this.http(`${this.url}/api/v1${path}`).json<Entity>();
    } catch (error) {
      if (responseOf(error)?.status === 404) {
        return undefined;
      }
      throw await this.explain(error, `GET /api/v1${path}`);
    }
  }

  /** Creates an entity. */
  public async create(path: string, body: object): Promise<Entity> {
    return (await this.send(path, { json: body, retry: RETRY_ON_429 })) as Entity;
  }

  /** Sends a lifecycle operation, which can be repeated. */
  public async operate(path: string): Promise<void> {
    await this.send(path, { retry: RETRY_ALWAYS });
  }

  /** Deletes an entity. A missing one is no error: an earlier attempt may have deleted it. */
  public async delete(path: string): Promise<void> {
    try {
      await this.http.delete(`${this.url}/api/v1${path}`);
    } catch (error) {
      if (responseOf(error)?.status !== 404) {
        throw await this.explain(error, `DELETE /api/v1${path}`);
      }
    }
  }

  private async send(path: string, options: Options): Promise<unknown> {
    try {
      const text = await this.http.post(`${this.url}/api/v1${path}`, options).text();
      return text === '' ? undefined : JSON.parse(text);
    } catch (error) {
      throw await this.explain(error, `POST /api/v1${path}`);
    }
  }

  private async page(url: string, path: string): Promise<Page> {
    try {
      const response = await this.http(url);
      return {
        entities: (await response.json()) as Entity[],
        next: nextPage(response.headers.get('link'), this.url),
      };
    } catch (error) {
      throw await this.explain(error, `GET /api/v1${path}`);
    }
  }

  private async explain(error: unknown, request: string): Promise<CommandError> {
    if (error instanceof SyntaxError) {
      return CommandError.unreachable(
        `The answer to ${request} of ${this.url} is not JSON`,
        'Check that OKTA_ORG_NAME and OKTA_BASE_URL name the org, and that no proxy truncates answers.',
      );
    }
    const response = responseOf(error);
    if (response === undefined) {
      return CommandError.unreachable(
        `Okta cannot be reached at ${this.url}: ${causeOf(error)}`,
        'Check OKTA_ORG_NAME and OKTA_BASE_URL, and the network: proxy, firewall, certificates.',
      );
    }
    const body = ((await response.json().catch(() => undefined)) ?? {}) as OktaErrorBody;
    const reason = describeOktaError(body);
    return explainRefusal(response.status, `${request} with ${response.status}${reason && `: ${reason}`}`);
  }
}

function explainRefusal(status: number, refusal: string): CommandError {
  if (status === 401 || status === 403) {
    return CommandError.unreachable(
      `Okta answers ${refusal}`,
      'Use a valid token of this org, of a user who administers authorization servers and applications.',
    );
  }
  return status === 429 || status >= 500
    ? CommandError.unreachable(`Okta answers ${refusal}`, 'Try again later.')
    : CommandError.failed(
        `Okta refuses ${refusal}`,
        'Fix what the message names, and run the command again.',
      );
}

function orgUrl({ io: { env } }: Console): string | undefined {
  const { OKTA_ORG_NAME, OKTA_BASE_URL, OKTA_HTTP_PROXY } = env;
  return (
    OKTA_HTTP_PROXY ||
    (OKTA_ORG_NAME && OKTA_BASE_URL ? `https://${OKTA_ORG_NAME}.${OKTA_BASE_URL}` : undefined)
  );
}

/** URL of the next page in Okta's Link header, on the org's own host: the token must not go elsewhere. */
function nextPage(links: string | null, org: string): string | undefined {
  const [, link] = /<([^>]+)>;\s*rel="next"/.exec(links ?? '') ?? [];
  if (link === undefined) {
    return undefined;
  }
  const { pathname, search } = new URL(link, org);
  return `${org}${pathname.slice(Math.max(pathname.indexOf('/api/v1'), 0))}${search}`;
}
