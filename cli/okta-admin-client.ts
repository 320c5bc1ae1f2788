import type { KyInstance } from 'ky';
import type { Console } from './console';
import { CommandError } from './exit';
import { causeOf, createHttp, responseOf } from './http';
import type { Entity } from './konnect-client';

interface Page {
  readonly entities: readonly Entity[];

  /** URL of the next one, undefined for the last. */
  readonly next: string | undefined;
}

/** Okta's Management API, read only. It takes the variables that the Terraform provider takes. */
export class OktaAdminClient {
  /** @throws CommandError when the org or the token is missing */
  public static async create(console: Console): Promise<OktaAdminClient> {
    const { OKTA_ORG_NAME, OKTA_BASE_URL, OKTA_HTTP_PROXY, OKTA_API_TOKEN, OKTA_ACCESS_TOKEN } =
      console.io.env;
    const org = OKTA_ORG_NAME && OKTA_BASE_URL ? `https://${OKTA_ORG_NAME}.${OKTA_BASE_URL}` : undefined;
    const url = OKTA_HTTP_PROXY || org;
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
    return new OktaAdminClient(url.replace(/\/+$/, ''), await createHttp({ console, authorization }));
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
      const page = await this.page(next, path);
      entities.push(...page.entities);
      next = page.next;
    }
    return entities;
  }

  private async page(url: string, path: string): Promise<Page> {
    try {
      const response = await this.http(url);
      return {
        entities: (await response.json()) as Entity[],
        next: nextPage(response.headers.get('link'), this.url),
      };
    } catch (error) {
      if (error instanceof SyntaxError) {
        throw CommandError.unreachable(
          `The answer to GET /api/v1${path} of ${this.url} is no JSON`,
          'Check that OKTA_ORG_NAME and OKTA_BASE_URL name the org, and that no proxy cuts answers off.',
        );
      }
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

/** Okta names the next page in a Link header. Whatever host that names, the token is for this org only. */
function nextPage(links: string | null, org: string): string | undefined {
  const [, link] = /<([^>]+)>;\s*rel="next"/.exec(links ?? '') ?? [];
  if (link === undefined) {
    return undefined;
  }
  const { pathname, search } = new URL(link, org);
  return `${org}${pathname.slice(Math.max(pathname.indexOf('/api/v1'), 0))}${search}`;
}
