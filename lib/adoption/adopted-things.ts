import type { AdoptedControlPlane, AdoptedIds, AdoptedNamed, AdoptedServer } from './adopted-ids';

/** Something that exists, and what tells a stack's resource that it is meant. */
export interface AdoptedThing {
  /** Type of the resource. */
  readonly type: string;

  /** What a reference to it stands for. */
  readonly id: string;

  /** Id as its provider takes it for an import: measured with okta/okta 4.20.0 and kong/konnect 3.19.0. */
  readonly importId: string;

  /** Arguments that name it, and what they say; null for one that is left out. */
  readonly names: { readonly [argument: string]: string | null };

  /** Arguments that hold ids of other things. */
  readonly parents: { readonly [argument: string]: string };

  /** Client ids that a policy is for. */
  readonly clients?: readonly string[];

  /** Client id of an application. */
  readonly clientId?: string;
}

/** What tells resources of a type apart. */
export interface AdoptedType {
  /** Arguments that name one, the path to a nested one with dots. */
  readonly names: readonly string[];

  /** Arguments with ids of what it belongs to. */
  readonly parents: readonly string[];
}

/** The types of what a file can have. */
export const ADOPTED_TYPES: { readonly [type: string]: AdoptedType } = {
  okta_auth_server: { names: ['name'], parents: [] },
  okta_auth_server_claim: { names: ['name'], parents: ['auth_server_id'] },
  okta_auth_server_scope: { names: ['name'], parents: ['auth_server_id'] },
  okta_auth_server_policy: { names: ['name'], parents: ['auth_server_id'] },
  okta_auth_server_policy_rule: { names: ['name'], parents: ['auth_server_id', 'policy_id'] },
  okta_app_oauth: { names: ['label'], parents: [] },
  konnect_application_auth_strategy: { names: ['openid_connect.name'], parents: [] },
  konnect_portal: { names: ['name'], parents: [] },
  konnect_portal_page: { names: ['slug'], parents: ['portal_id'] },
  konnect_api: { names: ['name', 'version'], parents: [] },
  konnect_api_version: { names: ['version'], parents: ['api_id'] },
  konnect_api_implementation: { names: [], parents: ['api_id'] },
  konnect_api_publication: { names: [], parents: ['portal_id', 'api_id'] },
  konnect_gateway_control_plane: { names: ['name'], parents: [] },
  konnect_gateway_service: { names: ['name'], parents: ['control_plane_id'] },
  konnect_gateway_route: { names: ['name'], parents: ['control_plane_id', 'service.id'] },
};

/** Everything in a file. */
export function thingsOf({ okta, konnect }: AdoptedIds): AdoptedThing[] {
  return [
    ...okta.authorizationServers.flatMap(serverThings),
    ...okta.applications.map(({ id, clientId, label }) => ({
      ...thing('okta_app_oauth', id, { label }),
      clientId,
    })),
    ...konnect.authStrategies.map(({ id, name }) =>
      thing('konnect_application_auth_strategy', id, { 'openid_connect.name': name }),
    ),
    ...konnect.portals.flatMap(({ id, name, pages }) => [
      thing('konnect_portal', id, { name }),
      ...pages.map((page) =>
        child('konnect_portal_page', { id: page.id, portal_id: id }, { slug: page.slug }),
      ),
    ]),
    ...konnect.apis.flatMap(({ id, name, version, versions, implementation, publishedTo }) => [
      thing('konnect_api', id, { name, version }),
      ...versions.map((each) =>
        child('konnect_api_version', { api_id: id, id: each.id }, { version: each.version }),
      ),
      ...(implementation === null
        ? []
        : [child('konnect_api_implementation', { api_id: id, id: implementation })]),
      ...publishedTo.map((portal) => child('konnect_api_publication', { api_id: id, portal_id: portal })),
    ]),
    ...konnect.controlPlanes.flatMap(controlPlaneThings),
  ];
}

function serverThings({ id, name, claims, scopes, policies }: AdoptedServer): AdoptedThing[] {
  const member = (type: string, each: AdoptedNamed): AdoptedThing => ({
    ...thing(type, each.id, { name: each.name }),
    importId: `${id}/${each.id}`,
    parents: { auth_server_id: id },
  });
  return [
    thing('okta_auth_server', id, { name }),
    ...claims.map((claim) => member('okta_auth_server_claim', claim)),
    ...scopes.map((scope) => member('okta_auth_server_scope', scope)),
    ...policies.flatMap(({ clients, rules, ...policy }) => [
      { ...member('okta_auth_server_policy', policy), clients },
      ...rules.map((rule) => ({
        ...member('okta_auth_server_policy_rule', rule),
        importId: `${id}/${policy.id}/${rule.id}`,
        parents: { auth_server_id: id, policy_id: policy.id },
      })),
    ]),
  ];
}

function controlPlaneThings({ id: plane, name, services }: AdoptedControlPlane): AdoptedThing[] {
  return [
    thing('konnect_gateway_control_plane', plane, { name }),
    ...services.flatMap((service) => [
      child('konnect_gateway_service', { id: service.id, control_plane_id: plane }, { name: service.name }),
      ...service.routes.map((route) => {
        const ids = { id: route.id, control_plane_id: plane };
        const found = child('konnect_gateway_route', ids, { name: route.name });
        return { ...found, parents: { ...found.parents, 'service.id': service.id } };
      }),
    ]),
  ];
}

function thing(type: string, id: string, names: AdoptedThing['names']): AdoptedThing {
  return { type, id, importId: id, names, parents: {} };
}

/** A thing that Konnect knows by its own id, if it has one, and those of what it belongs to. */
function child(
  type: string,
  ids: { readonly [argument: string]: string },
  names: AdoptedThing['names'] = {},
): AdoptedThing {
  const { id = '', ...parents } = ids;
  return { type, id, importId: JSON.stringify(ids), names, parents };
}
