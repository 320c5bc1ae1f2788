import type { FastifyInstance } from 'fastify';
import type { Body, Entity } from '../entity';
import { KonnectError } from '../konnect/errors';
import { listQuery, page } from '../konnect/lists';
import { type KonnectModel, type Publication, paramsOf } from '../konnect/model';
import { hasRole, PortalRole } from '../konnect/team-roles';
import { developerVisitOf, ROOT, type Visit, visitOf } from './visit';

const API = `${ROOT}/apis/:api`;
const LIST_APIS = listQuery({
  filters: {
    id: 'text',
    name: 'text',
    description: 'text',
    version: 'text',
    created_at: 'date',
    updated_at: 'date',
  },
  maps: ['attributes'],
});
const LIST_STRATEGIES = listQuery({
  filters: { name: ['', 'eq', 'contains'], credential_type: ['eq'] },
  isSorted: false,
});

/** Content of a portal: its settings, APIs and auth strategies. */
export function addCatalogRoutes(http: FastifyInstance, model: KonnectModel): void {
  http.get(`${ROOT}/portal`, async (request) => {
    const { portal } = visitOf(model, request);
    const { id: portal_id, name, canonical_domain, authentication_enabled, rbac_enabled } = portal;
    const methods = { basic_auth_enabled: true, oidc_auth_enabled: false, saml_auth_enabled: false };
    return { portal_id, name, canonical_domain, authentication_enabled, rbac_enabled, ...methods };
  });
  http.get(`${ROOT}/apis`, { schema: { querystring: LIST_APIS } }, async (request) => {
    const visit = visitOf(model, request);
    const seen = publicationsOf(model, visit.portal).filter((each) => seesApi(model, visit, each));
    return page(
      request,
      seen.map((each) => apiAnswer(model, each)),
    );
  });
  http.get(API, async (request) =>
    apiAnswer(model, findPublication(model, visitOf(model, request), paramsOf(request).api)),
  );
  http.get(`${API}/actions`, async (request) => {
    const visit = visitOf(model, request);
    const publication = findPublication(model, visit, paramsOf(request).api);
    return {
      actions: { view: true, register: mayRegister(model, visit, publication), view_documentation: true },
    };
  });
  http.get(
    `${ROOT}/application-auth-strategies`,
    { schema: { querystring: LIST_STRATEGIES } },
    async (request) => {
      const { portal } = developerVisitOf(model, request);
      return page(
        request,
        strategiesOf(model, portal).map((strategy) => strategyAnswer(strategy)),
      );
    },
  );
}

/**
 * The API that a visitor sees under an id or a slug.
 *
 * @throws KonnectError with status 404 if the visitor may not see it or it does not exist
 */
export function findPublication(model: KonnectModel, visit: Visit, idOrSlug: string): Publication {
  const found = publicationsOf(model, visit.portal).find((publication) => {
    const api = model.apis.get(publication.api_id);
    return (api.id === idOrSlug || slugOf(api) === idOrSlug) && seesApi(model, visit, publication);
  });
  if (!found) {
    throw KonnectError.notFound(model.apis.type, idOrSlug);
  }
  return found;
}

/**
 * Whether a visitor may register an application for an API: with RBAC one of the developer's teams needs the role API
 * Consumer.
 */
export function mayRegister(
  model: KonnectModel,
  { portal, developer }: Visit,
  { api_id: api, auth_strategy_ids: strategies }: Publication,
): boolean {
  if (!developer || ((strategies ?? []) as string[]).length === 0) {
    return false;
  }
  return portal.rbac_enabled !== true || hasRole(model, developer.id, api, [PortalRole.CONSUMER]);
}

/** The strategies that APIs on the portal are published with, and its default. */
export function strategiesOf(model: KonnectModel, portal: Entity): Entity[] {
  const ids = publicationsOf(model, portal).flatMap(({ auth_strategy_ids: of }) => (of ?? []) as string[]);
  const used = new Set([...ids, portal.default_application_auth_strategy_id]);
  return model.strategies.all().filter(({ id }) => used.has(id));
}

/** A strategy as developers see it, without the gateway's settings. */
export function strategyAnswer({ id, display_name: name, strategy_type, configs }: Entity): Body {
  const config = configs as { readonly 'openid-connect'?: Body; readonly 'key-auth'?: Body };
  const common = { id, name, supports_multiple_credentials: true };
  return strategy_type === 'key_auth'
    ? { ...common, credential_type: 'key_auth', key_names: config['key-auth']?.key_names ?? [] }
    : {
        ...common,
        credential_type: 'self_managed_client_credentials',
        auth_methods: config['openid-connect']?.auth_methods ?? [],
      };
}

/** The slug that Konnect generates for an API without one. */
export function slugOf({ slug, name, version }: Entity): string {
  const parts = [name, version].filter((part) => typeof part === 'string');
  return typeof slug === 'string'
    ? slug
    : parts
        .join('-')
        .toLowerCase()
        .replace(/[^\w-]+/g, '-');
}

function publicationsOf(model: KonnectModel, portal: Entity): Publication[] {
  return model.publications.all().filter(({ portal_id }) => portal_id === portal.id);
}

/** Public APIs are visible to everyone, private ones to developers. With RBAC a team of the developer needs a role. */
function seesApi(
  model: KonnectModel,
  { portal, developer }: Visit,
  { api_id, visibility }: Publication,
): boolean {
  if (visibility === 'public') {
    return true;
  }
  const roles = [PortalRole.VIEWER, PortalRole.CONSUMER];
  return (
    developer !== undefined && (portal.rbac_enabled !== true || hasRole(model, developer.id, api_id, roles))
  );
}

function apiAnswer(model: KonnectModel, { api_id, visibility, auth_strategy_ids: ids }: Publication): Body {
  const api = model.apis.get(api_id);
  const { id, name, version, description, attributes, current_version_summary, created_at, updated_at } = api;
  const strategies = ((ids ?? []) as string[]).flatMap((each) => model.strategies.find(each) ?? []);
  return {
    ...{ id, name, version, description, visibility, slug: slugOf(api), attributes, current_version_summary },
    ...{ auth_strategies: strategies.map(withoutCount), specifications: [], created_at, updated_at },
  };
}

/** A strategy in the list of an API, which omits `supports_multiple_credentials`. */
function withoutCount(strategy: Entity): Body {
  const { supports_multiple_credentials: _, ...answer } = strategyAnswer(strategy);
  return answer;
}
