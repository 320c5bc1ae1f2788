import type { Entity, KonnectClient } from '../konnect-client';
import { fieldOf } from './finding';
import type { FoundApi, FoundControlPlane, FoundPortal, FoundService, Implementation } from './pieces';

/** What belongs to what in a Konnect region. */
export class KonnectReader {
  public constructor(private readonly konnect: KonnectClient) {}

  /** All portals. */
  public portals(): Promise<Entity[]> {
    return this.konnect.list('v3/portals');
  }

  /** All auth strategies with OpenID Connect. */
  public async strategies(): Promise<Entity[]> {
    const all = await this.konnect.list('v2/application-auth-strategies');
    return all.filter(({ strategy_type: type }) => type === 'openid_connect');
  }

  /** All APIs. */
  public apis(): Promise<Entity[]> {
    return this.konnect.list('v3/apis');
  }

  /** All control planes. */
  public controlPlanes(): Promise<Entity[]> {
    return this.konnect.list('v2/control-planes');
  }

  /** The publications of APIs on one portal, or on all. */
  public async publications(portalId?: string): Promise<Entity[]> {
    const filter = portalId === undefined ? '' : `?filter[portal_id][eq]=${portalId}`;
    const found = await this.konnect.list(`v3/api-publications${filter}`);
    return found.filter(({ portal_id: id }) => portalId === undefined || id === portalId);
  }

  /** All links of APIs to gateway services. */
  public async implementations(): Promise<Implementation[]> {
    const all = (await this.konnect.list('v3/api-implementations')) as Implementation[];
    return all.filter(({ service }) => service);
  }

  /** A portal with the pages that lie below no other, without their content. */
  public async withPages(portal: Entity): Promise<FoundPortal> {
    // A tree, which is one answer: it takes no paging.
    const tree = await this.konnect.find(`v3/portals/${portal.id}/pages`);
    return { entity: portal, pages: (tree?.data ?? []) as Entity[] };
  }

  /** A portal whose pages have their content. */
  public async withContent({ entity, pages }: FoundPortal): Promise<FoundPortal> {
    const whole: Entity[] = [];
    for (const page of pages) {
      const found = await this.konnect.find(`v3/portals/${entity.id}/pages/${page.id}`);
      whole.push({ ...page, ...found });
    }
    return { entity, pages: whole };
  }

  /** An API with its versions, without their specifications, and with those links and publications that are its own. */
  public async apiWith(
    api: Entity,
    publications: readonly Entity[],
    implementations: readonly Implementation[],
  ): Promise<FoundApi> {
    return {
      entity: api,
      versions: await this.konnect.list(`v3/apis/${api.id}/versions`),
      implementation: implementations.find((each) => each.api_id === api.id),
      publications: publications.filter((each) => each.api_id === api.id),
    };
  }

  /** An API whose own version has its specification; the construct takes no other one over. */
  public async withSpecification(api: FoundApi): Promise<FoundApi> {
    const versions: Entity[] = [];
    for (const each of api.versions.filter(({ version }) => version === api.entity.version)) {
      const found = await this.konnect.find(`v3/apis/${api.entity.id}/versions/${each.id}`);
      versions.push({ ...each, ...found });
    }
    return { ...api, versions: versions.filter((each) => fieldOf(each, 'spec', 'content')) };
  }

  /** A control plane with its services and their routes. */
  public async withServices(plane: Entity): Promise<FoundControlPlane> {
    const services = await this.konnect.listCoreEntities(plane.id, 'services');
    const routes = await this.konnect.listCoreEntities(plane.id, 'routes');
    const found = services.map((service): FoundService => {
      return {
        entity: service,
        routes: routes.filter((each) => fieldOf(each, 'service', 'id') === service.id),
      };
    });
    return { entity: plane, services: found };
  }
}
