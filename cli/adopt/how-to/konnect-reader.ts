import type { Entity, KonnectClient } from '../../konnect-client';
import { fieldOf } from '../entity';
import type { FoundApi, FoundControlPlane, FoundPortal, FoundService, Implementation } from './how-to';

/** Reads a Konnect region. */
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

  /** All links of APIs to gateway services and control planes. */
  public async implementations(): Promise<Implementation[]> {
    return (await this.konnect.list('v3/api-implementations')) as Implementation[];
  }

  /** A portal with its pages and their content. */
  public async withPages(portal: Entity): Promise<FoundPortal> {
    const pages: Entity[] = [];
    for (const page of await this.konnect.listPages(portal.id)) {
      const whole = await this.konnect.find(`v3/portals/${portal.id}/pages/${page.id}`);
      pages.push({ ...page, ...whole });
    }
    return { entity: portal, pages };
  }

  /** An API with its link, its publications, and its versions without their specifications. */
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

  /** An API with the specification of its current version, the only one that the construct has. */
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
