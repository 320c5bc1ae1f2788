import type { Entity, KonnectClient } from '../konnect-client';
import { type Findings, textOf } from './finding';

/** What narrows the search. */
export interface KonnectSearch {
  readonly portal?: string;
  readonly apis: readonly string[];
  readonly strategy?: string;
}

/** The Konnect half of a how-to, with ids by name. */
export interface KonnectPieces {
  readonly authStrategies: { readonly [name: string]: string };
  readonly portals: {
    readonly [name: string]: { readonly id: string; readonly pages: { readonly [slug: string]: string } };
  };
  readonly apis: { readonly [name: string]: AdoptedApi };
  readonly controlPlane: { readonly id: string; readonly name: string };
  readonly services: {
    readonly [name: string]: { readonly id: string; readonly routes: { readonly [name: string]: string } };
  };
}

interface AdoptedApi {
  readonly id: string;
  readonly implementation: string | null;
  readonly publishedTo: readonly string[];
}

/** The Konnect half, and what leads to the Okta half. */
export interface KonnectSide {
  readonly pieces: KonnectPieces;
  readonly issuer: string;
  readonly credentialClaim: string;
  readonly scopes: readonly string[];
}

interface Implementation extends Entity {
  readonly api_id: string;
  readonly service?: { readonly id: string; readonly control_plane_id: string };
}

/** Finds portal, pages, APIs, publications, strategy, implementations, services and routes; undefined when not all are found. */
export async function findKonnectPieces(
  konnect: KonnectClient,
  search: KonnectSearch,
  findings: Findings,
): Promise<KonnectSide | undefined> {
  const name = (entity: Entity) => textOf(entity, 'name');
  const meant = (entity: Entity, wanted?: string) =>
    wanted === undefined || entity.id === wanted || name(entity) === wanted;

  const portals = (await konnect.list('v3/portals')).filter((each) => meant(each, search.portal));
  const portal = findings.theOnly(
    'Portal',
    portals,
    name,
    '--portal',
    'Create one, or check KONNECT_SERVER_URL: portals live in a region.',
  );
  if (!portal) {
    return undefined;
  }
  const pages = await findPages(konnect, portal, findings);

  const publications = (await konnect.list(`v3/api-publications?filter[portal_id][eq]=${portal.id}`)).filter(
    ({ portal_id: id }) => id === portal.id,
  );
  const strategies = (await konnect.list('v2/application-auth-strategies')).filter(
    ({ id, strategy_type: type }) =>
      type === 'openid_connect' && publications.some((each) => strategyIds(each).includes(id)),
  );
  const strategy = findings.theOnly(
    'Auth strategy',
    strategies.filter((each) => meant(each, search.strategy)),
    name,
    '--strategy',
    `Publish an API to ${name(portal)} with an OpenID Connect auth strategy.`,
  );
  if (!strategy) {
    return undefined;
  }
  const all = await konnect.list('v3/apis');
  const published = all.filter((api) =>
    publications.some((each) => each.api_id === api.id && strategyIds(each).includes(strategy.id)),
  );
  for (const wanted of search.apis.filter((each) => !published.some((api) => meant(api, each)))) {
    findings.lack(
      `API ${wanted}`,
      'missing',
      `It must be published to ${name(portal)} with ${name(strategy)}.`,
    );
  }
  const apis = published.filter(
    (api) => search.apis.length === 0 || search.apis.some((each) => meant(api, each)),
  );
  const services = await findServices(konnect, apis, findings);
  if (!services || findings.incomplete) {
    return undefined;
  }
  for (const api of apis) {
    findings.add(`API ${name(api)}`, `${api.id}, published to ${name(portal)}`);
  }
  const { 'openid-connect': config } = strategy.configs as {
    'openid-connect': { issuer: string; credential_claim: string[]; scopes: string[] };
  };
  return {
    issuer: config.issuer,
    credentialClaim: config.credential_claim[0],
    scopes: config.scopes,
    pieces: {
      authStrategies: { [name(strategy)]: strategy.id },
      portals: { [name(portal)]: { id: portal.id, pages } },
      apis: Object.fromEntries(
        apis.map((api) => {
          const implementation = services.implementations.find((each) => each.api_id === api.id)?.id ?? null;
          return [name(api), { id: api.id, implementation, publishedTo: [name(portal)] }];
        }),
      ),
      controlPlane: services.controlPlane,
      services: services.services,
    },
  };
}

async function findPages(konnect: KonnectClient, portal: Entity, findings: Findings) {
  const pages = await konnect.list(`v3/portals/${portal.id}/pages`);
  const top = pages.filter(({ parent_page_id: parent }) => !parent);
  for (const page of top) {
    findings.add(`Page ${textOf(page, 'slug')}`, page.id);
  }
  return Object.fromEntries(top.map((page) => [textOf(page, 'slug'), page.id]));
}

async function findServices(konnect: KonnectClient, apis: readonly Entity[], findings: Findings) {
  const implementations = ((await konnect.list('v3/api-implementations')) as Implementation[]).filter(
    ({ api_id: id, service }) => service && apis.some((api) => api.id === id),
  );
  const linked = implementations.flatMap(({ service }) => service ?? []);
  for (const api of apis.filter(({ id }) => !implementations.some((each) => each.api_id === id))) {
    findings.lack(
      `Gateway service of ${textOf(api, 'name')}`,
      'missing',
      'Link the API to a gateway service in Konnect; without one its strategy is enforced nowhere.',
    );
  }
  const planes = [...new Set(linked.map((service) => service.control_plane_id))];
  const known = (await konnect.list('v2/control-planes')).filter(({ id }) => planes.includes(id));
  const controlPlane = findings.theOnly(
    'Control plane',
    known,
    (each) => textOf(each, 'name'),
    '--api, so that all services are in one',
    'Create it, with a gateway service for the API.',
  );
  if (!controlPlane) {
    return undefined;
  }
  const routes = await konnect.listCoreEntities(controlPlane.id, 'routes');
  const services = (await konnect.listCoreEntities(controlPlane.id, 'services')).filter(({ id }) =>
    linked.some((each) => each.id === id),
  );
  const found = services.map((service) => {
    const mine = routes.filter((route) => (route.service as { id?: string } | null)?.id === service.id);
    findings.add(`Gateway service ${textOf(service, 'name')}`, service.id);
    for (const route of mine) {
      findings.add(`Route ${textOf(route, 'name')}`, route.id);
    }
    const ids = Object.fromEntries(mine.map((route) => [textOf(route, 'name'), route.id]));
    return [textOf(service, 'name'), { id: service.id, routes: ids }] as const;
  });
  return {
    implementations,
    controlPlane: { id: controlPlane.id, name: textOf(controlPlane, 'name') },
    services: Object.fromEntries(found),
  };
}

function strategyIds({ auth_strategy_ids: ids }: Entity): string[] {
  return (ids ?? []) as string[];
}
