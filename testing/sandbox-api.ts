import type { Sandbox } from 'okta-dev-portal-oidc-sandbox';

/** An entity in a response of Okta or Konnect. */
export interface Entity {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Konnect's maximum page size. */
const PAGE_SIZE = 100;

/** The admin APIs of a sandbox. */
export class SandboxApi {
  public constructor(private readonly sandbox: Sandbox) {}

  /** Sends a request to Okta. @param path below /api/v1 */
  public async okta<T = Entity>(method: string, path: string, body?: object): Promise<T> {
    const { url, apiToken } = this.sandbox.okta;
    return send<T>(method, `${url}/api/v1${path}`, `SSWS ${apiToken}`, body);
  }

  /** Sends a request to Konnect. */
  public async konnect<T = Entity>(method: string, path: string, body?: object): Promise<T> {
    const { url, token } = this.sandbox.konnect;
    return send<T>(method, `${url}${path}`, `Bearer ${token}`, body);
  }

  /** All entities of a list of Konnect. */
  public async konnectList(path: string): Promise<Entity[]> {
    const entities: Entity[] = [];
    for (let number = 1; ; number += 1) {
      const { data, meta } = await this.konnect<{
        readonly data: readonly Entity[];
        readonly meta: { readonly page: { readonly total: number } };
      }>('GET', `${path}?page[size]=${PAGE_SIZE}&page[number]=${number}`);
      entities.push(...data);
      if (data.length === 0 || entities.length >= meta.page.total) {
        return entities;
      }
    }
  }
}

async function send<T>(method: string, url: string, authorization: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${text}`);
  }
  return (text === '' ? {} : JSON.parse(text)) as T;
}
