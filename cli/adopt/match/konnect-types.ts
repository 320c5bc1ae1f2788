import { findAccessControlPlugin } from '../../access-control';
import { type Entity, fieldOf } from '../../entity';
import type { ParentIds, ResourceType } from './resource-type';

const NAME = { name: ['name'] };

/** Arguments of the two kinds of links of an API. */
const SERVICE = 'service_reference.service.id';
const CONTROL_PLANE = 'control_plane_reference.control_plane.id';

/** Konnect resources that a stack may adopt, by type. */
export const KONNECT_TYPES: { readonly [type: string]: ResourceType } = {
  konnect_application_auth_strategy: {
    label: 'OpenID Connect auth strategy',
    names: { 'openid_connect.name': ['name'] },
    parents: [],
    list: async (inventory) =>
      (await inventory.konnect('v2/application-auth-strategies')).filter(
        ({ strategy_type: type }) => type === 'openid_connect',
      ),
    importId: ({ id }) => id,
  },
  konnect_portal: topLevel('portal', 'v3/portals'),
  konnect_portal_page: {
    label: 'page',
    names: { slug: ['slug'] },
    parents: ['portal_id'],
    optionalParents: ['parent_page_id'],
    list: async (inventory, { portal_id: portal, parent_page_id: parent }) =>
      (await inventory.konnectTree(`v3/portals/${portal}/pages`)).filter(
        ({ parent_page_id: id }) => (id ?? undefined) === parent,
      ),
    importId: ({ id }, { portal_id }) => JSON.stringify({ id, portal_id }),
  },
  konnect_portal_team: {
    label: 'team',
    names: NAME,
    parents: ['portal_id'],
    list: (inventory, { portal_id: portal }) => inventory.konnect(`v3/portals/${portal}/teams`),
    importId: ({ id }, { portal_id }) => JSON.stringify({ id, portal_id }),
  },
  konnect_api: { ...topLevel('API', 'v3/apis'), names: { name: ['name'], version: ['version'] } },
  konnect_api_version: {
    label: 'API version',
    names: { version: ['version'] },
    parents: ['api_id'],
    list: (inventory, { api_id: api }) => inventory.konnect(`v3/apis/${api}/versions`),
    importId: ({ id }, { api_id }) => JSON.stringify({ api_id, id }),
  },
  konnect_api_document: {
    label: 'document',
    names: { slug: ['slug'] },
    parents: ['api_id'],
    optionalParents: ['parent_document_id'],
    list: async (inventory, { api_id: api, parent_document_id: parent }) =>
      (await inventory.konnectTree(`v3/apis/${api}/documents`)).filter(
        ({ parent_document_id: id }) => (id ?? undefined) === parent,
      ),
    importId: ({ id }, { api_id }) => JSON.stringify({ api_id, id }),
  },
  konnect_api_implementation: {
    label: 'link of the API to this gateway service or control plane',
    names: {},
    parents: ['api_id'],
    optionalParents: [SERVICE, CONTROL_PLANE],
    list: async (inventory, { api_id: api, [SERVICE]: service, [CONTROL_PLANE]: plane }) =>
      (await inventory.konnect('v3/api-implementations')).filter(
        (each) =>
          each.api_id === api &&
          fieldOf(each, 'service', 'id') === service &&
          fieldOf(each, 'control_plane', 'control_plane_id') === plane,
      ),
    findObstacle: async (inventory, { api_id: api }) => {
      const link = (await inventory.konnect('v3/api-implementations')).find((each) => each.api_id === api);
      const service = fieldOf(link, 'service', 'id');
      const plane = fieldOf(link, 'control_plane', 'control_plane_id');
      return (
        link &&
        (service
          ? {
              detail: `the API is linked to the gateway service ${String(service)}`,
              remedy: 'Link the API to that service.',
            }
          : {
              detail: `the API is linked to the control plane ${String(plane)}, which enforces access control`,
              remedy: 'Link the API to that control plane, and to no gateway service.',
            })
      );
    },
    importId: ({ id }, { api_id }) => JSON.stringify({ api_id, id }),
  },
  konnect_api_publication: {
    label: 'publication of the API on this portal',
    names: {},
    parents: ['api_id', 'portal_id'],
    list: async (inventory, { api_id: api, portal_id: portal }) =>
      (await inventory.konnect('v3/api-publications')).filter(
        (each) => each.api_id === api && each.portal_id === portal,
      ),
    importId: (_, { api_id, portal_id }) => JSON.stringify({ api_id, portal_id }),
  },
  konnect_gateway_control_plane: topLevel('control plane', 'v2/control-planes'),
  konnect_gateway_service: {
    label: 'gateway service',
    names: NAME,
    parents: ['control_plane_id'],
    list: (inventory, { control_plane_id: plane }) => inventory.coreEntities(plane, 'services'),
    importId: coreEntityId,
  },
  konnect_gateway_plugin_ace: {
    label: 'plugin ace of the control plane',
    names: {},
    parents: ['control_plane_id'],
    list: async (inventory, { control_plane_id: plane }) => {
      const plugin = findAccessControlPlugin(await inventory.coreEntities(plane, 'plugins'));
      return plugin ? [plugin] : [];
    },
    importId: coreEntityId,
  },
  konnect_gateway_route: {
    label: 'route',
    names: NAME,
    parents: ['control_plane_id', 'service.id'],
    list: async (inventory, { control_plane_id: plane, 'service.id': service }) =>
      (await inventory.coreEntities(plane, 'routes')).filter(
        (each) => fieldOf(each, 'service', 'id') === service,
      ),
    importId: coreEntityId,
  },
};

function topLevel(label: string, path: string): ResourceType {
  return {
    label,
    names: NAME,
    parents: [],
    list: (inventory) => inventory.konnect(path),
    importId: ({ id }) => id,
  };
}

function coreEntityId({ id }: Entity, { control_plane_id }: ParentIds): string {
  return JSON.stringify({ id, control_plane_id });
}
