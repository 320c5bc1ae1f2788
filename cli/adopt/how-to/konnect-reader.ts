import { type AccessControlPlugin, type ApiOperation, findAccessControlPlugin } from '../../access-control';
import { type Entity, fieldOf } from '../../entity';
import type { KonnectClient } from '../../konnect-client';
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

  /** Operations of the APIs that are linked to control planes. */
  public async operations(links: readonly Implementation[]): Promise<ApiOperation[]> {
    const operations: Entity[] = [];
    for (const { api_id: api } of links.filter(({ control_plane: plane }) => plane)) {
      operations.push(...((await this.konnect.findList(`v3/apis/${api}/operations`)) ?? []));
    }
    return operations as ApiOperation[];
  }

  /** A portal with its pages and their content. */
  public async withPages(portal: Entity): Promise<FoundPortal> {
    const path = `v3/portals/${portal.id}/pages`;
    return { entity: portal, pages: await this.readEach(path, await this.konnect.listTree(path)) };
  }

  /** An API with its link and its publications, without versions and documents. */
  public withLink(
    api: Entity,
    publications: readonly Entity[],
    implementations: readonly Implementation[],
  ): FoundApi {
    return {
      entity: api,
      versions: [],
      documents: [],
      implementation: implementations.find((each) => each.api_id === api.id),
      publications: publications.filter((each) => each.api_id === api.id),
    };
  }

  /** An API with its versions and their specifications, and its documents. */
  public async withTexts(api: FoundApi): Promise<FoundApi> {
    const [versions, documents] = ['versions', 'documents'].map((each) => `v3/apis/${api.entity.id}/${each}`);
    return {
      ...api,
      versions: await this.readEach(versions, await this.konnect.list(versions)),
      documents: await this.readEach(documents, await this.konnect.listTree(documents)),
    };
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

  /** The plugin for access control of a control plane. */
  public async accessControl(plane: Entity): Promise<AccessControlPlugin | undefined> {
    return findAccessControlPlugin(await this.konnect.listCoreEntities(plane.id, 'plugins'));
  }

  /** Reads each entity of a list, because lists omit some fields. */
  private async readEach(path: string, entities: readonly Entity[]): Promise<Entity[]> {
    const found: Entity[] = [];
    for (const entity of entities) {
      found.push({ ...entity, ...(await this.konnect.find(`${path}/${entity.id}`)) });
    }
    return found;
  }
}
