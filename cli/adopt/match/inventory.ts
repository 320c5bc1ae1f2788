import type { Entity } from '../../entity';
import type { KonnectClient } from '../../konnect-client';
import type { OktaAdminClient } from '../../okta-admin-client';

/** Creates the clients of both tenants. A stack with resources of one of them needs no access to the other. */
interface TenantClients {
  okta(): Promise<OktaAdminClient>;
  konnect(): Promise<KonnectClient>;
}

/** The entities of an Okta org and a Konnect region. Reads each list once. */
export class Inventory {
  private readonly lists = new Map<string, Promise<Entity[]>>();
  private oktaClient?: Promise<OktaAdminClient>;
  private konnectClient?: Promise<KonnectClient>;

  public constructor(private readonly clients: TenantClients) {}

  /** A list of Okta's Management API. */
  public okta(path: string): Promise<Entity[]> {
    return this.once(`okta ${path}`, async () => (await this.oktaOrg()).list(path));
  }

  /** A list of Konnect. */
  public konnect(path: string): Promise<Entity[]> {
    return this.once(`konnect ${path}`, async () => (await this.region()).list(path));
  }

  /** The services, routes or plugins of a control plane. */
  public coreEntities(controlPlaneId: string, path: string): Promise<Entity[]> {
    return this.once(`core ${controlPlaneId} ${path}`, async () =>
      (await this.region()).listCoreEntities(controlPlaneId, path),
    );
  }

  /** All pages of a portal or documents of an API, nested ones too, without their content. */
  public konnectTree(path: string): Promise<Entity[]> {
    return this.once(`tree ${path}`, async () => (await this.region()).listTree(path));
  }

  private oktaOrg(): Promise<OktaAdminClient> {
    this.oktaClient ??= this.clients.okta();
    return this.oktaClient;
  }

  private region(): Promise<KonnectClient> {
    this.konnectClient ??= this.clients.konnect();
    return this.konnectClient;
  }

  private once(key: string, read: () => Promise<Entity[]>): Promise<Entity[]> {
    const known = this.lists.get(key) ?? read();
    this.lists.set(key, known);
    return known;
  }
}
