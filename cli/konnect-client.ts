import type { KyInstance, Options } from 'ky';
import type { Console } from './console';
import { CommandError } from './exit';
import { CREATES, causeOf, createHttp, responseOf } from './http';

/** An entity as Konnect answers it. */
export interface Entity {
  readonly id: string;
  readonly [field: string]: unknown;
}

interface Page {
  readonly data: readonly Entity[];
  readonly meta?: { readonly page?: { readonly total?: number } };
  /** Where the next page begins, in the lists of control planes. */
  readonly offset?: string | null;
}

/** The most that Konnect puts on a page. */
const PAGE_SIZE = 100;

/** Konnect's APIs in one region. */
export class KonnectClient {
  /** @throws CommandError when KONNECT_SERVER_URL or KONNECT_TOKEN is missing or wrong */
  public static async create(console: Console): Promise<KonnectClient> {
    const { KONNECT_SERVER_URL: url, KONNECT_TOKEN: token } = console.io.env;
    if (!url || !URL.canParse(url)) {
      throw CommandError.usage(
        url ? `KONNECT_SERVER_URL is no URL: ${url}` : 'KONNECT_SERVER_URL is not set',
        'Set it to the URL of the region that the portal is in, for example https://eu.api.konghq.com.',
      );
    }
    if (new URL(url).hostname === 'global.api.konghq.com') {
      throw CommandError.usage(
        'KONNECT_SERVER_URL is the global URL, and portals and APIs live in a region',
        'Set it to the URL of the region, for example https://eu.api.konghq.com.',
      );
    }
    if (!token) {
      throw CommandError.usage(
        'KONNECT_TOKEN is not set',
        'Set it to a personal or system account access token of the Konnect organization.',
      );
    }
    console.redactor.add(token);
    return new KonnectClient(url, await createHttp({ console, url, authorization: `Bearer ${token}` }));
  }

  /** Why nothing more is sent: who cannot be reached once is not asked time and again. */
  private gone?: CommandError;

  private constructor(
    private readonly url: string,
    private readonly http: KyInstance,
  ) {}

  /** All entities of a list, page by page. */
  public async list(path: string): Promise<Entity[]> {
    const entities: Entity[] = [];
    for (let number = 1; ; number += 1) {
      const joint = path.includes('?') ? '&' : '?';
      const answer = await this.request<Page>(
        'get',
        `${path}${joint}page[size]=${PAGE_SIZE}&page[number]=${number}`,
      );
      entities.push(...answer.data);
      if (answer.data.length === 0 || entities.length >= (answer.meta?.page?.total ?? 0)) {
        return entities;
      }
    }
  }

  /** All entities of a control plane's list, which has offsets instead of page numbers. */
  public async listCoreEntities(controlPlaneId: string, path: string): Promise<Entity[]> {
    const entities: Entity[] = [];
    let offset: string | null | undefined;
    do {
      const query = `size=${PAGE_SIZE}${offset ? `&offset=${encodeURIComponent(offset)}` : ''}`;
      const answer = await this.request<Page>(
        'get',
        `v2/control-planes/${controlPlaneId}/core-entities/${path}?${query}`,
      );
      entities.push(...answer.data);
      offset = answer.offset;
    } while (offset);
    return entities;
  }

  /** One entity, or undefined when there is none. */
  public async find(path: string): Promise<Entity | undefined> {
    try {
      return await this.send<Entity>('get', path);
    } catch (error) {
      if (responseOf(error)?.status === 404) {
        return undefined;
      }
      throw await this.explained(error, 'get', path);
    }
  }

  /** Creates an entity. */
  public async create(path: string, body: object): Promise<Entity> {
    return this.request('post', path, { json: body, retry: CREATES });
  }

  /** Deletes an entity; one that is gone is no error, since the first of two attempts may have deleted it. */
  public async delete(path: string): Promise<void> {
    try {
      await this.send('delete', path);
    } catch (error) {
      if (responseOf(error)?.status !== 404) {
        throw await this.explained(error, 'delete', path);
      }
    }
  }

  private async request<T>(method: string, path: string, options: Options = {}): Promise<T> {
    try {
      return await this.send<T>(method, path, options);
    } catch (error) {
      throw await this.explained(error, method, path);
    }
  }

  private async send<T>(method: string, path: string, options: Options = {}): Promise<T> {
    if (this.gone) {
      throw this.gone;
    }
    const text = await this.http(path, { ...options, method }).text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  private async explained(error: unknown, method: string, path: string): Promise<CommandError> {
    if (error instanceof CommandError) {
      return error;
    }
    const response = responseOf(error);
    const asked = `${method.toUpperCase()} /${path.split('?')[0]}`;
    if (error instanceof SyntaxError) {
      return CommandError.unreachable(
        `The answer to ${asked} of ${this.url} is no JSON`,
        'Check that KONNECT_SERVER_URL is the URL of the API, and that no proxy cuts answers off.',
      );
    }
    if (!response) {
      this.gone = CommandError.unreachable(
        `Konnect cannot be reached at ${this.url}: ${causeOf(error)}`,
        'Check KONNECT_SERVER_URL and the way there: proxy, firewall, certificates.',
      );
      return this.gone;
    }
    const { status } = response;
    if (status === 401) {
      return CommandError.unreachable(
        `Konnect refuses the token (401) at ${this.url}`,
        'Set KONNECT_TOKEN to a valid access token of this organization; it may have expired or be cut off.',
      );
    }
    if (status === 403) {
      return CommandError.unreachable(
        `KONNECT_TOKEN may not send ${asked} (403)`,
        'Give its user or system account a role for it: Portal Admin for portals, API Viewer for APIs.',
      );
    }
    if (status === 404) {
      return CommandError.failed(
        `Konnect does not know /${path.split('?')[0]} at ${this.url} (404)`,
        'If it exists, KONNECT_SERVER_URL is the URL of another region; otherwise deploy the stack.',
      );
    }
    const detail = await detailOf(response);
    return status >= 500 || status === 429
      ? CommandError.unreachable(
          `Konnect answers ${asked} with ${status} time and again${detail}`,
          'Try again later; what was done so far stays, and is not done twice.',
        )
      : CommandError.failed(`Konnect refuses ${asked} with ${status}${detail}`, remedyFor(status), status);
  }
}

function remedyFor(status: number): string {
  return status >= 300 && status < 400
    ? 'Set KONNECT_SERVER_URL to the URL of the API, not to that of the console.'
    : 'Correct what it names.';
}

/** What the problem+json of an answer says. */
async function detailOf(response: Response): Promise<string> {
  try {
    const { detail, message } = (await response.json()) as { detail?: string; message?: string };
    return detail || message ? `: ${detail ?? message}` : '';
  } catch {
    return '';
  }
}
