import type { KyInstance, Options } from 'ky';
import type { Console } from './console';
import type { Entity } from './entity';
import { CommandError } from './exit';
import { causeOf, createHttp, RETRY_ON_429, responseOf } from './http';
import { explainRefusal } from './konnect-refusal';

interface Page {
  readonly data: readonly Entity[];
  readonly meta?: { readonly page?: { readonly total?: number } };
  /** Start of the next page in lists of a control plane. */
  readonly offset?: string | null;
}

/** Maximum that Konnect allows. */
const PAGE_SIZE = 100;

/** Messages omit ids. `--debug` prints whole URLs. */
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Konnect's APIs in one region. */
export class KonnectClient {
  /** @throws CommandError when KONNECT_SERVER_URL or KONNECT_TOKEN is missing or invalid */
  public static async create(console: Console): Promise<KonnectClient> {
    const { KONNECT_SERVER_URL: url, KONNECT_TOKEN: token } = console.io.env;
    if (!url || !URL.canParse(url)) {
      throw CommandError.usage(
        url ? `KONNECT_SERVER_URL is not a URL: ${url}` : 'KONNECT_SERVER_URL is not set',
        'Set it to the URL of the region that the portal is in, for example https://eu.api.konghq.com.',
      );
    }
    if (new URL(url).hostname === 'global.api.konghq.com') {
      throw CommandError.usage(
        'KONNECT_SERVER_URL is the global URL, but portals and APIs live in a region',
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

  /** Set after a request got no response. Later requests fail with it at once. */
  private unreachable?: CommandError;

  private constructor(
    private readonly url: string,
    private readonly http: KyInstance,
  ) {}

  /** All entities of a list, page by page. */
  public async list(path: string): Promise<Entity[]> {
    try {
      return await this.sendForPages(path);
    } catch (error) {
      throw await this.explain(error, 'get', path);
    }
  }

  /** All entities of a list, or undefined when the list does not exist. */
  public async findList(path: string): Promise<Entity[] | undefined> {
    try {
      return await this.sendForPages(path);
    } catch (error) {
      if (responseOf(error)?.status === 404) {
        return undefined;
      }
      throw await this.explain(error, 'get', path);
    }
  }

  /** All entities of a control plane's list. These lists page by offset instead of page number. */
  public async listCoreEntities(controlPlaneId: string, path: string): Promise<Entity[]> {
    const entities: Entity[] = [];
    let offset: string | null | undefined;
    do {
      const query = `size=${PAGE_SIZE}${offset ? `&offset=${encodeURIComponent(offset)}` : ''}`;
      const page = await this.request<Page>(
        'get',
        `v2/control-planes/${controlPlaneId}/core-entities/${path}?${query}`,
      );
      entities.push(...page.data);
      offset = page.offset;
    } while (offset);
    return entities;
  }

  /** All entities of a tree, parents first, without their content. Konnect returns a tree whole, without paging. */
  public async listTree(path: string): Promise<Entity[]> {
    const { data } = await this.request<Page>('get', path);
    return data.flatMap(withChildren);
  }

  /** One entity, or undefined when it does not exist. */
  public async find(path: string): Promise<Entity | undefined> {
    try {
      return await this.send<Entity>('get', path);
    } catch (error) {
      if (responseOf(error)?.status === 404) {
        return undefined;
      }
      throw await this.explain(error, 'get', path);
    }
  }

  /** Creates an entity. */
  public async create(path: string, body: object): Promise<Entity> {
    return this.request('post', path, { json: body, retry: RETRY_ON_429 });
  }

  /** Deletes an entity. A missing one is no error: an earlier attempt may have deleted it. */
  public async delete(path: string): Promise<void> {
    try {
      await this.send('delete', path);
    } catch (error) {
      if (responseOf(error)?.status !== 404) {
        throw await this.explain(error, 'delete', path);
      }
    }
  }

  private async request<T>(method: string, path: string, options: Options = {}): Promise<T> {
    try {
      return await this.send<T>(method, path, options);
    } catch (error) {
      throw await this.explain(error, method, path);
    }
  }

  private async send<T>(method: string, path: string, options: Options = {}): Promise<T> {
    if (this.unreachable) {
      throw this.unreachable;
    }
    const text = await this.http(path, { ...options, method }).text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Sends a request for each page of a list. */
  private async sendForPages(path: string): Promise<Entity[]> {
    const entities: Entity[] = [];
    for (let number = 1; ; number += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const page = await this.send<Page>(
        'get',
        `${path}${separator}page[size]=${PAGE_SIZE}&page[number]=${number}`,
      );
      entities.push(...page.data);
      if (page.data.length === 0 || entities.length >= (page.meta?.page?.total ?? 0)) {
        return entities;
      }
    }
  }

  private async explain(error: unknown, method: string, path: string): Promise<CommandError> {
    if (error instanceof CommandError) {
      return error;
    }
    const request = `${method.toUpperCase()} /${path.split('?')[0].replace(UUID, '…')}`;
    if (error instanceof SyntaxError) {
      return CommandError.unreachable(
        `The answer to ${request} of ${this.url} is not JSON`,
        'Check that KONNECT_SERVER_URL is the URL of the API, and that no proxy truncates answers.',
      );
    }
    const response = responseOf(error);
    if (!response) {
      this.unreachable = CommandError.unreachable(
        `Konnect cannot be reached at ${this.url}: ${causeOf(error)}`,
        'Check KONNECT_SERVER_URL and the network: proxy, firewall, certificates.',
      );
      return this.unreachable;
    }
    return explainRefusal(response, request, this.url);
  }
}

/** An entity of a tree, followed by those below it. */
function withChildren(entity: Entity): Entity[] {
  const { children } = entity;
  return [entity, ...(Array.isArray(children) ? children.flatMap(withChildren) : [])];
}
