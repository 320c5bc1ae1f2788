import { type Entity, nameOf, textsOf } from '../../entity';
import type { Findings } from '../findings';
import { PARTS_WITH_APIS, Part, type Parts } from '../parts';
import { apiName, findApis, selectApis, usesStrategy } from './apis';
import { findControlPlanes } from './control-planes';
import type { FoundApi, FoundControlPlane, FoundPortal } from './how-to';
import { findPages, type KonnectSearch, selectPortal } from './konnect-how-to';
import type { KonnectReader } from './konnect-reader';
import { selectOne } from './selection';

/** An API with the strategy of its publication; `undefined` if no construct can publish it like that. */
export interface PublishedApi extends FoundApi {
  readonly strategy?: Entity;
}

/** The Konnect half of a partial app: what it takes over, and what it references. */
export interface FoundParts {
  /** The portal. Without pages if it is referenced. */
  readonly portal: FoundPortal;
  readonly apis: readonly PublishedApi[];

  /** Empty if control planes are referenced. */
  readonly controlPlanes: readonly FoundControlPlane[];
}

/** Finds a portal, the APIs on it, and the services that they are linked to, as far as the parts need them. */
export async function findKonnectParts(
  konnect: KonnectReader,
  search: KonnectSearch,
  parts: Parts,
  findings: Findings,
): Promise<FoundParts | undefined> {
  const entity = await selectPortal(konnect, search.portal, findings);
  if (!entity) {
    return undefined;
  }
  const portal = parts.has(Part.PORTAL) ? await findPages(konnect, entity, findings) : { entity, pages: [] };
  const needsApis = PARTS_WITH_APIS.some((part) => parts.has(part));
  const apis = needsApis ? await findPublishedApis(konnect, entity, search, parts, findings) : [];
  const controlPlanes = parts.has(Part.GATEWAY) ? await findControlPlanes(konnect, apis, findings) : [];
  return findings.hasErrors ? undefined : { portal, apis, controlPlanes };
}

async function findPublishedApis(
  konnect: KonnectReader,
  portal: Entity,
  search: KonnectSearch,
  parts: Parts,
  findings: Findings,
): Promise<PublishedApi[]> {
  const strategies = await konnect.strategies();
  const strategy =
    search.strategy === undefined
      ? undefined
      : selectOne(findings, strategies, {
          what: 'Auth strategy',
          nameOf,
          wanted: search.strategy,
          none: 'Create one, or leave --strategy out.',
        });
  const publications = (await konnect.publications(portal.id)).filter(
    (each) => strategy === undefined || usesStrategy(each, strategy.id),
  );
  const where = `published to ${nameOf(portal)}${strategy ? ` with ${nameOf(strategy)}` : ''}`;
  const apis = parts.has(Part.APIS)
    ? await findApis(konnect, publications, search.apis, where, findings)
    : await readApis(konnect, publications, search.apis, where, findings);
  return parts.has(Part.PUBLICATIONS) ? apis.map((api) => withStrategy(api, strategies, findings)) : apis;
}

/** APIs that are referenced: only their links and publications are needed. */
async function readApis(
  konnect: KonnectReader,
  publications: readonly Entity[],
  wanted: readonly string[],
  where: string,
  findings: Findings,
): Promise<FoundApi[]> {
  const implementations = await konnect.implementations();
  const apis: FoundApi[] = [];
  for (const api of await selectApis(konnect, publications, wanted, where, findings)) {
    apis.push(await konnect.withLink(api, publications, implementations));
  }
  return apis;
}

/** Adds the strategy of the publication, and a finding for the publication. */
function withStrategy(api: FoundApi, strategies: readonly Entity[], findings: Findings): PublishedApi {
  const what = `Publication of ${apiName(api.entity)}`;
  const [publication] = api.publications;
  const ids = publication ? textsOf(publication, 'auth_strategy_ids') : [];
  const strategy = strategies.find(({ id }) => id === ids[0]);
  if (strategy && ids.length === 1) {
    findings.add(what, `${String(publication?.visibility)}, with auth strategy ${nameOf(strategy)}`);
    return { ...api, strategy };
  }
  const strategiesOfIt =
    ids.length === 1 ? 'an auth strategy without OpenID Connect' : `${ids.length || 'no'} auth strategies`;
  findings.addSkipped(
    what,
    `stays as it is: it has ${strategiesOfIt}, and the construct takes one with OpenID Connect`,
  );
  return api;
}
