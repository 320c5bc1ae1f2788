import { ApiPublication as ApiPublicationResource } from '@kong/konnect-cdktf-bindings/lib/api-publication';
import { TerraformElement, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { literalInput } from '../private/literal-input';
import type { AdoptedIds } from './adopted-ids';

/** What of the configuration tells one resource from another. */
export interface ResourceName {
  /** The argument that names it. */
  readonly prop: string;
  readonly value: string | undefined;

  /** Id for `terraform import`, undefined when nothing of that name is to be taken over. */
  readonly importId: string | undefined;

  /** Names of this type that are to be taken over. */
  readonly known: readonly string[];
}

type Inputs = { readonly [input: string]: unknown };
type Finder = (resource: TerraformResource, ids: AdoptedIds) => ResourceName;

/** Import ids as the providers want them: measured with okta/okta 4.20.0 and kong/konnect 3.19.0. */
const FINDERS: { readonly [type: string]: Finder } = {
  okta_auth_server: (resource, { okta: { authorizationServer: server } }) =>
    named('name', literalInput(resource, 'name'), { [server.name]: server.id }),
  okta_auth_server_claim: (resource, { okta }) =>
    named(
      'name',
      literalInput(resource, 'name'),
      okta.claims,
      (id) => `${okta.authorizationServer.id}/${id}`,
    ),
  okta_auth_server_scope: (resource, { okta }) =>
    named(
      'name',
      literalInput(resource, 'name'),
      okta.scopes,
      (id) => `${okta.authorizationServer.id}/${id}`,
    ),
  okta_auth_server_policy: (resource, { okta }) =>
    named(
      'name',
      literalInput(resource, 'name'),
      idsOf(okta.policies),
      (id) => `${okta.authorizationServer.id}/${id}`,
    ),
  okta_auth_server_policy_rule: (resource, { okta }) => {
    const policy = okta.policies[nameOfParent(resource, 'okta_auth_server_policy') ?? ''];
    return named(
      'name',
      literalInput(resource, 'name'),
      policy?.rules ?? {},
      (id) => `${okta.authorizationServer.id}/${policy.id}/${id}`,
    );
  },
  okta_app_oauth: (resource, { okta }) => named('label', literalInput(resource, 'label'), okta.applications),
  konnect_application_auth_strategy: (resource, { konnect }) => {
    const { name } = (inputsOf(resource).openidConnectInput ?? {}) as { name?: string };
    return named('openid_connect.name', name, konnect.authStrategies);
  },
  konnect_portal: (resource, { konnect }) =>
    named('name', literalInput(resource, 'name'), idsOf(konnect.portals)),
  konnect_portal_page: (resource, { konnect }) => {
    const portal = konnect.portals[nameOfParent(resource, 'konnect_portal') ?? ''];
    return named('slug', literalInput(resource, 'slug'), portal?.pages ?? {}, (id) =>
      JSON.stringify({ id, portal_id: portal.id }),
    );
  },
  konnect_api: (resource, { konnect }) => named('name', literalInput(resource, 'name'), idsOf(konnect.apis)),
  konnect_api_implementation: (resource, { konnect }) => {
    const name = nameOfParent(resource, 'konnect_api') ?? '';
    const api = konnect.apis[name];
    const links = api?.implementation ? { [name]: api.implementation } : {};
    return named('api_id', name, links as { [name: string]: string }, (id) =>
      JSON.stringify({ api_id: api.id, id }),
    );
  },
  konnect_api_publication: (resource, { konnect }) => {
    const { apiName, portalName } = publicationOf(resource);
    const api = konnect.apis[apiName ?? ''];
    const published = (api?.publishedTo ?? []).map((name) => [name, konnect.portals[name]?.id]);
    return named('portal_id', portalName, Object.fromEntries(published), (id) =>
      JSON.stringify({ api_id: api.id, portal_id: id }),
    );
  },
  konnect_gateway_control_plane: (resource, { konnect: { controlPlane } }) =>
    named('name', literalInput(resource, 'name'), { [controlPlane.name]: controlPlane.id }),
  konnect_gateway_service: (resource, { konnect }) =>
    named('name', literalInput(resource, 'name'), idsOf(konnect.services), (id) =>
      JSON.stringify({ id, control_plane_id: konnect.controlPlane.id }),
    ),
  konnect_gateway_route: (resource, { konnect }) => {
    const service = konnect.services[nameOfParent(resource, 'konnect_gateway_service') ?? ''];
    return named('name', literalInput(resource, 'name'), service?.routes ?? {}, (id) =>
      JSON.stringify({ id, control_plane_id: konnect.controlPlane.id }),
    );
  },
};

/** What a resource is called and imported by; undefined for types that have nothing to do with the how-to. */
export function resourceName(resource: TerraformResource, ids: AdoptedIds): ResourceName | undefined {
  return FINDERS[resource.terraformResourceType]?.(resource, ids);
}

function named(
  prop: string,
  value: string | undefined,
  known: { readonly [name: string]: string },
  importId: (id: string) => string = (id) => id,
): ResourceName {
  const found = value !== undefined && Object.hasOwn(known, value) ? importId(known[value]) : undefined;
  return { prop, value, importId: found, known: Object.keys(known) };
}

function idsOf(entities: { readonly [name: string]: { readonly id: string } }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(entities).map(([name, { id }]) => [name, id]));
}

function inputsOf(resource: TerraformResource): Inputs {
  return resource as unknown as Inputs;
}

/** The name of the resource that a construct around this one manages. */
function nameOfParent(resource: TerraformResource, type: string): string | undefined {
  for (const scope of [...resource.node.scopes].reverse()) {
    const parent = scope.node.children.find((child) => isResourceOfType(child, type));
    if (parent) {
      return literalInput(parent as TerraformResource, 'name');
    }
  }
  return undefined;
}

function isResourceOfType(construct: IConstruct, type: string): boolean {
  return (
    TerraformElement.isTerraformElement(construct) &&
    (construct as TerraformResource).terraformResourceType === type
  );
}

/** API and portal of a publication by name; only `ApiPublication` knows them. */
function publicationOf(resource: TerraformResource): { apiName?: string; portalName?: string } {
  const publication = resource.node.scope as unknown as {
    readonly api?: { readonly resource?: TerraformResource };
    readonly portal?: { readonly resource?: TerraformResource };
  };
  const nameOf = (part?: { readonly resource?: TerraformResource }) =>
    part?.resource && literalInput(part.resource, 'name');
  return ApiPublicationResource.isTerraformResource(resource)
    ? { apiName: nameOf(publication?.api), portalName: nameOf(publication?.portal) }
    : {};
}
