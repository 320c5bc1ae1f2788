import type { AccessControlPlugin } from '../../access-control';
import { type Entity, fieldOf, nameOf, textOf, textsOf } from '../../entity';
import type { Findings } from '../findings';
import type { FoundApi, FoundControlPlane, FoundPortal, FoundService, KonnectHowTo } from './how-to';
import type { KonnectReader } from './konnect-reader';
import { isWanted, selectOne } from './selection';
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

/** Whether `GatewayRoute` has props for what a route matches. */
export function isExpressible(route: Entity): boolean {
  const paths = textsOf(route, 'paths');
  const criteria = [...paths, ...textsOf(route, 'hosts'), ...textsOf(route, 'methods')];
  return criteria.length > 0 && paths.every((path) => /^~?\//.test(path));
}

/** Selects the published APIs that the user chose, or all. */
export async function selectApis(
  konnect: KonnectReader,
  publications: readonly Entity[],
  wanted: readonly string[],
  where: string,
  findings: Findings,
): Promise<Entity[]> {
  const published = (await konnect.apis()).filter(({ id }) =>
    publications.some((each) => each.api_id === id),
  );
  for (const name of wanted.filter((each) => !published.some((api) => isWanted(api, nameOf(api), each)))) {
    const known = published.map(apiName).join(', ');
    findings.addError(`API ${name}`, `none of that name is ${where}`, `There are: ${known}.`);
  }
  return published.filter(
    (api) => wanted.length === 0 || wanted.some((each) => isWanted(api, nameOf(api), each)),
  );
}

/** Finds the versions, documents, links and publications of the selected APIs. */
export async function findApis(
  konnect: KonnectReader,
  publications: readonly Entity[],
  wanted: readonly string[],
  where: string,
  findings: Findings,
): Promise<FoundApi[]> {
  const meant = await selectApis(konnect, publications, wanted, where, findings);
  const implementations = await konnect.implementations();
  const apis: FoundApi[] = [];
  for (const api of meant) {
    const found = await konnect.withTexts(konnect.apiWith(api, publications, implementations));
    const [publication] = found.publications;
    findings.add(`API ${apiName(api)}`, `${api.id}, published (${String(publication?.visibility)})`);
    addLink(found, findings);
    apis.push({ ...found, versions: adoptableVersions(found, findings) });
    for (const document of found.documents) {
      findings.add(`Document ${textOf(document, 'slug')} of ${apiName(api)}`, document.id);
    }
  }
  return apis;
}

/** Versions that the constructs can express: those with a name and a specification, each name once. */
function adoptableVersions({ entity: api, versions }: FoundApi, findings: Findings): Entity[] {
  const usable = versions.filter(
    (each) => textOf(each, 'version') !== '' && fieldOf(each, 'spec', 'content'),
  );
  return versions.filter((version) => {
    const what = `Version ${textOf(version, 'version') || '(without a name)'} of ${apiName(api)}`;
    if (version === usable.find((each) => each.version === version.version)) {
      findings.add(what, version.id);
      return true;
    }
    const reason = usable.includes(version)
      ? 'another one has its name'
      : 'it has no name or no specification';
    findings.addSkipped(what, `${version.id}, stays as it is: ${reason}`);
    return false;
  });
}

/** Adds a finding for an API whose strategy nothing enforces. */
function addLink({ entity: api, implementation }: FoundApi, findings: Findings): void {
  if (!implementation) {
    findings.addSkipped(
      `API ${apiName(api)}`,
      'linked to no gateway service and no control plane, so nothing enforces its auth strategy',
    );
  }
}

/** Name and version together are unique. */
export function apiName(api: Entity): string {
  return api.version ? `${nameOf(api)} ${textOf(api, 'version')}` : nameOf(api);
}

/** The control planes that the APIs are linked to, with the services that their requests lead to. */
export async function findControlPlanes(
  konnect: KonnectReader,
  apis: readonly FoundApi[],
  findings: Findings,
): Promise<FoundControlPlane[]> {
  const links = apis.flatMap(({ implementation }) => implementation ?? []);
  const operations = await konnect.operations(links);
  const serviceIds = [
    ...links.map(({ service }) => service?.id),
    ...operations.map(({ implementation_status: status }) => status?.service?.id),
  ];
  const found: FoundControlPlane[] = [];
  for (const plane of await konnect.controlPlanes()) {
    const isLinked = links.some(({ control_plane: linked }) => linked?.control_plane_id === plane.id);
    const hasLinkedService = links.some(({ service }) => service?.control_plane_id === plane.id);
    if (!isLinked && !hasLinkedService) {
      continue;
    }
    const { services } = await konnect.withServices(plane);
    const accessControl = isLinked ? await konnect.accessControl(plane) : undefined;
    const mine = services.filter(({ entity }) => serviceIds.includes(entity.id));
    findings.add(`Control plane ${nameOf(plane)}`, plane.id);
    addServices(mine, findings);
    if (isLinked) {
      addAccessControl(plane, accessControl, findings);
    }
    if (isLinked && hasLinkedService) {
      findings.addError(
        `Control plane ${nameOf(plane)}`,
        'some APIs are linked to it and others to its services, which Kong forbids',
        'Choose APIs of one kind with --api, or link all of them in the same way.',
      );
    }
    found.push({ entity: plane, services: mine, accessControl });
  }
  return found;
}

function addServices(services: readonly FoundService[], findings: Findings): void {
  for (const { entity, routes } of services) {
    findings.add(`Gateway service ${nameOf(entity) || '(without a name)'}`, entity.id);
    for (const route of routes) {
      const title = `Route ${nameOf(route) || '(without a name)'}`;
      if (isExpressible(route)) {
        findings.add(title, route.id);
      } else {
        findings.addSkipped(title, `${route.id}, stays as it is: no props for what it matches`);
      }
    }
  }
}

function addAccessControl(plane: Entity, plugin: AccessControlPlugin | undefined, findings: Findings): void {
  const title = `Access control enforcement of ${nameOf(plane)}`;
  if (!plugin) {
    findings.addWarning(
      title,
      'the control plane has no plugin ace, so APIs that are linked to it are open',
      'Call enforceAccess of the control plane after the adoption.',
    );
    return;
  }
  findings.add(title, plugin.id);
  if (plugin.config?.rate_limiting) {
    findings.addWarning(
      title,
      'its rate_limiting has no prop, and the deployment would remove it',
      'Set it with putConfig of the resource before the deployment.',
    );
  }
}

/** Whether a publication has the strategy. */
export function usesStrategy(publication: Entity, strategyId: string): boolean {
  return textsOf(publication, 'auth_strategy_ids').includes(strategyId);
}
