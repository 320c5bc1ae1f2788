import type { Entity, KonnectClient } from '../../konnect-client';
import type { OktaAdminClient } from '../../okta-admin-client';

/** What exists in an Okta org and in a Konnect region. Reads each list once. */
export class Inventory {
  private readonly lists = new Map<string, Promise<Entity[]>>();

  public constructor(
    private readonly oktaClient: OktaAdminClient,
    private readonly konnectClient: KonnectClient,
  ) {}

  /** A list of Okta's Management API. */
  public okta(path: string): Promise<Entity[]> {
    return this.once(`okta ${path}`, () => this.oktaClient.list(path));
  }

  /** A list of Konnect. */
  public konnect(path: string): Promise<Entity[]> {
    return this.once(`konnect ${path}`, () => this.konnectClient.list(path));
  }

  /** The services or routes of a control plane. */
  public coreEntities(controlPlaneId: string, path: string): Promise<Entity[]> {
    return this.once(`core ${controlPlaneId} ${path}`, () =>
      this.konnectClient.listCoreEntities(controlPlaneId, path),
    );
  }

  /** All pages of a portal, nested ones too, without their content. */
  public pages(portalId: string): Promise<Entity[]> {
    return this.once(`pages ${portalId}`, () => this.konnectClient.listPages(portalId));
  }

  private once(key: string, read: () => Promise<Entity[]>): Promise<Entity[]> {
    const known = this.lists.get(key) ?? read();
    this.lists.set(key, known);
    return known;
  }
}
