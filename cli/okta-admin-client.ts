import type { KyInstance } from 'ky';
import type { Console } from './console';
import { CommandError } from './exit';
import { causeOf, createHttp, responseOf } from './http';
import type { Entity } from './konnect-client';

/** Okta's Management API, read only. It takes the variables that the Terraform provider takes. */
export class OktaAdminClient {
  /** @throws CommandError when the org or the token is missing */
  public static async create(console: Console): Promise<OktaAdminClient> {
    const { OKTA_ORG_NAME, OKTA_BASE_URL, OKTA_HTTP_PROXY, OKTA_API_TOKEN, OKTA_ACCESS_TOKEN } =
      console.io.env;
    const org = OKTA_ORG_NAME && OKTA_BASE_URL ? `https://${OKTA_ORG_NAME}.${OKTA_BASE_URL}` : undefined;
    const url = OKTA_HTTP_PROXY ?? org;
    if (!url || !URL.canParse(url)) {
      throw CommandError.usage(
        'OKTA_ORG_NAME or OKTA_BASE_URL is not set',
        'For https://dev-1.okta.com set OKTA_ORG_NAME=dev-1 and OKTA_BASE_URL=okta.com, as the Terraform provider takes them.',
      );
    }
    const authorization = OKTA_API_TOKEN
      ? `SSWS ${OKTA_API_TOKEN}`
      : OKTA_ACCESS_TOKEN && `Bearer ${OKTA_ACCESS_TOKEN}`;
    if (!authorization) {
      throw CommandError.usage(
        'OKTA_API_TOKEN is not set',
        'Set it to an API token of an administrator, or OKTA_ACCESS_TOKEN to an OAuth 2.0 access token.',
      );
    }
    console.redactor.add(OKTA_API_TOKEN);
    console.redactor.add(OKTA_ACCESS_TOKEN);
    return new OktaAdminClient(url, await createHttp({ console, authorization }));
  }

  private constructor(
    private readonly url: string,
    private readonly http: KyInstance,
  ) {}

  /** All entities of a list, page by page. */
  public async list(path: string): Promise<Entity[]> {
    const entities: Entity[] = [];
    let next: string | undefined = `${this.url}/api/v1${path}`;
    while (next !== undefined) {
      const response = await this.get(next, path);
      entities.push(...((await response.json()) as Entity[]));
      next = nextPage(response.headers.get('link'));
    }
    return entities;
  }

  private async get(url: string, path: string): Promise<Response> {
    try {
      return await this.http(url);
    } catch (error) {
      const status = responseOf(error)?.status;
      if (status === undefined) {
        throw CommandError.unreachable(
          `Okta cannot be reached at ${this.url}: ${causeOf(error)}`,
          'Check OKTA_ORG_NAME and OKTA_BASE_URL, and the way there: proxy, firewall, certificates.',
        );
      }
      throw CommandError.unreachable(
        `Okta answers GET /api/v1${path} with ${status}`,
        status === 401 || status === 403
          ? 'The token must be valid in this org, and its user an administrator of authorization servers and applications.'
          : 'Try again later.',
      );
    }
  }
}

/** Okta names the next page in a Link header. */
function nextPage(links: string | null): string | undefined {
  return /<([^>]+)>;\s*rel="next"/.exec(links ?? '')?.[1];
}
