import type { Entity } from '../../entity';
import { KonnectError } from '../../konnect/errors';

/** Address and token of the Konnect API. */
export interface KonnectAccess {
  readonly url: string;
  readonly token: string;
}

/** A developer or registration that waits for an approval. */
interface Pending {
  /** E-mail address, or names of application and API. */
  readonly name: string;
  /** Ids of the entity and its parents, as form fields. */
  readonly fields: { readonly [field: string]: string };
}

/** What waits for an approval on a portal. */
interface PendingOnPortal {
  readonly portal: string;
  readonly developers: readonly Pending[];
  readonly registrations: readonly Pending[];
}

/** Ids of a developer, or of a registration and its application. */
export interface Approval {
  readonly portal: string;
  readonly developer?: string;
  readonly application?: string;
  readonly registration?: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** "Access and approvals" of Konnect, through its API. */
export class KonnectConsole {
  public constructor(private readonly konnect: KonnectAccess) {}

  /** Portals with pending developers or registrations, the first 1000 of each. */
  public async pending(): Promise<PendingOnPortal[]> {
    const pending: PendingOnPortal[] = [];
    for (const { id: portal, name } of await this.list('/v3/portals')) {
      const ofPortal = (list: string) =>
        this.list(`/v3/portals/${portal}/${list}`, '&filter[status]=pending');
      const developers = (await ofPortal('developers')).map(({ id, email, full_name }) => ({
        name: `${full_name}, ${email}`,
        fields: { portal, developer: id },
      }));
      const registrations = (await ofPortal('application-registrations')).map((registration) => {
        const { application, api } = registration as unknown as { application: Named; api: Named };
        return {
          name: `${application.name} for ${api.name}`,
          fields: { portal, application: application.id, registration: registration.id },
        };
      });
      if (developers.length + registrations.length > 0) {
        pending.push({ portal: String(name), developers, registrations });
      }
    }
    return pending;
  }

  /** @throws KonnectError if Konnect refuses it */
  public async approve({ portal, developer, application, registration }: Approval): Promise<void> {
    const path =
      developer === undefined
        ? ['applications', application, 'registrations', registration]
        : ['developers', developer];
    const segments = [portal, ...path].map((segment) => encodeURIComponent(segment ?? ''));
    await this.send('PATCH', `/v3/portals/${segments.join('/')}`, { status: 'approved' });
  }

  private async list(path: string, filter = ''): Promise<readonly Entity[]> {
    const response = await this.send('GET', `${path}?page[size]=1000${filter}`);
    return ((await response.json()) as { readonly data: readonly Entity[] }).data;
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.konnect.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.konnect.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      const { detail } = (await response.json()) as { readonly detail: string };
      throw new KonnectError(response.status, detail);
    }
    return response;
  }
}
