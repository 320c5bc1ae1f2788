import { type Entity, nameOf, textOf } from '../../entity';
import type { Findings } from '../findings';
import { findApis, usesStrategy } from './apis';
import { findControlPlanes } from './control-planes';
import type { FoundPortal, KonnectHowTo } from './how-to';
import type { KonnectReader } from './konnect-reader';
import { selectOne } from './selection';
import { checkStrategy } from './strategy';

/** Names or ids that the user chose. */
export interface KonnectSearch {
  readonly portal?: string;
  readonly apis: readonly string[];
  readonly strategy?: string;
}

/** Finds portal, pages, strategy, APIs with their publications and links, services and routes. `undefined` if one is missing. */
export async function findKonnectHowTo(
  konnect: KonnectReader,
  search: KonnectSearch,
  findings: Findings,
): Promise<KonnectHowTo | undefined> {
  const portal = await selectPortal(konnect, search.portal, findings);
  if (!portal) {
    return undefined;
  }
  const withPages = await findPages(konnect, portal, findings);
  const publications = await konnect.publications(portal.id);
  const strategy = selectOne(
    findings,
    (await konnect.strategies()).filter(({ id }) => publications.some((each) => usesStrategy(each, id))),
    {
      what: 'Auth strategy',
      nameOf,
      wanted: search.strategy,
      option: '--strategy',
      none: `Publish an API to ${nameOf(portal)} with an OpenID Connect auth strategy.`,
    },
  );
  if (!strategy) {
    return undefined;
  }
  checkStrategy(strategy, findings);
  const apis = await findApis(
    konnect,
    publications.filter((each) => usesStrategy(each, strategy.id)),
    search.apis,
    `published to ${nameOf(portal)} with ${nameOf(strategy)}`,
    findings,
  );
  const controlPlanes = await findControlPlanes(konnect, apis, findings);
  return findings.hasErrors
    ? undefined
    : { authStrategies: [strategy], portals: [withPages], apis, controlPlanes };
}

/** Selects the portal that the user chose, or the only one. */
export async function selectPortal(
  konnect: KonnectReader,
  wanted: string | undefined,
  findings: Findings,
): Promise<Entity | undefined> {
  return selectOne(findings, await konnect.portals(), {
    what: 'Portal',
    nameOf,
    wanted,
    option: '--portal',
    none: 'Create one, or check KONNECT_SERVER_URL: portals live in a region.',
  });
}

/** The portal with its pages. */
export async function findPages(
  konnect: KonnectReader,
  portal: Entity,
  findings: Findings,
): Promise<FoundPortal> {
  const withPages = await konnect.withPages(portal);
  for (const page of withPages.pages) {
    findings.add(`Page ${textOf(page, 'slug')}`, page.id);
  }
  return withPages;
}
