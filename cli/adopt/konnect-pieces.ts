import type { Entity } from '../konnect-client';
import { type Findings, fieldOf, isMeant, nameOf, textOf, textsOf } from './finding';
import type { KonnectReader } from './konnect-reader';
import type { FoundApi, FoundControlPlane, KonnectPieces } from './pieces';

/** What narrows the search. */
export interface KonnectSearch {
  readonly portal?: string;
  readonly apis: readonly string[];
  readonly strategy?: string;
}

/** The methods that a strategy may have, as the construct knows them. */
const AUTH_METHODS = [
  'client_credentials',
  'bearer',
  'authorization_code',
  'introspection',
  'kong_oauth2',
  'password',
  'refresh_token',
  'session',
  'userinfo',
];
/** Settings of a strategy that Konnect has fields for; the provider takes the others as one text. */
const FIELDS = ['id', 'issuer', 'credential_claim', 'auth_methods', 'scopes'];
/** Scopes that Okta reserves for people. */
const RESERVED_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'];

/** Finds portal, pages, strategy, APIs with their publications and links, services and routes; undefined when not all are found. */
export async function findKonnectPieces(
  konnect: KonnectReader,
  search: KonnectSearch,
  findings: Findings,
): Promise<KonnectPieces | undefined> {
  const portal = findings.theOnly(await konnect.portals(), {
    what: 'Portal',
    nameOf,
    wanted: search.portal,
    option: '--portal',
    none: 'Create one, or check KONNECT_SERVER_URL: portals live in a region.',
  });
  if (!portal) {
    return undefined;
  }
  const withPages = await konnect.withContent(await konnect.withPages(portal));
  for (const page of withPages.pages) {
    findings.add(`Page ${textOf(page, 'slug')}`, page.id);
  }
  const publications = await konnect.publications(portal.id);
  const strategy = findings.theOnly(
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
  return findings.incomplete
    ? undefined
    : { authStrategies: [strategy], portals: [withPages], apis, controlPlanes };
}

/** Whether the construct of a route can say which requests it takes. */
export function isExpressible(route: Entity): boolean {
  const paths = textsOf(route, 'paths');
  const criteria = [...paths, ...textsOf(route, 'hosts'), ...textsOf(route, 'methods')];
  return criteria.length > 0 && paths.every((path) => /^~?\//.test(path));
}

/** The settings of a strategy, as Konnect calls them. */
export function settingsOf(strategy: Entity): Entity {
  return { ...(fieldOf(strategy, 'configs', 'openid-connect') as object), id: strategy.id };
}

/** What the construct refuses, or would change. */
function checkStrategy(strategy: Entity, findings: Findings): void {
  const strategyName = `Auth strategy ${nameOf(strategy)}`;
  const settings = settingsOf(strategy);
  const claim = textsOf(settings, 'credential_claim');
  if (claim.length !== 1) {
    findings.lack(
      strategyName,
      `its credential claim is the path ${claim.join(' > ')}, and the construct takes one claim on top of the token`,
      'Name a claim with the client id in Konnect, or leave the strategy to the consoles.',
    );
  }
  if (strategy.dcr_provider || strategy.dcr_provider_id) {
    findings.lack(
      strategyName,
      'it has a DCR provider, so the portal makes the applications in Okta',
      'Choose a strategy for self-managed authentication with --strategy.',
    );
  }
  const methods = textsOf(settings, 'auth_methods');
  for (const [what, names] of [
    ['auth_methods', methods],
    ['scopes', textsOf(settings, 'scopes')],
  ] as const) {
    if (names.length === 0) {
      findings.lack(
        strategyName,
        `it has no ${what}, and the construct takes at least one`,
        `Name in ${what} what its clients use, in Konnect, or leave the strategy to the consoles.`,
      );
    }
  }
  const unknown = methods.filter((each) => !AUTH_METHODS.includes(each));
  if (unknown.length > 0 || (methods.includes('password') && methods.includes('client_credentials'))) {
    findings.lack(
      strategyName,
      `its auth methods ${methods.join(', ')} cannot be told to the construct`,
      unknown.length > 0
        ? `Take ${unknown.join(', ')} out of it in Konnect.`
        : 'Take password out of it in Konnect: beside client_credentials it breaks the cache of tokens.',
    );
  }
  const reserved = textsOf(settings, 'scopes').filter((each) => RESERVED_SCOPES.includes(each));
  if (reserved.length > 0) {
    findings.lack(
      strategyName,
      `it asks for ${reserved.join(', ')}, which client credentials cannot`,
      'Take it out of the scopes of the strategy in Konnect.',
    );
  }
  const empty = ['scopes_required', 'scopes_claim', 'audience_required', 'audience_claim'].filter(
    (each) => each in settings && textsOf(settings, each).length === 0,
  );
  // Where there is no other one, the provider keeps the text as it is.
  if (Object.keys(settings).some((each) => ![...FIELDS, ...empty].includes(each))) {
    for (const each of empty) {
      findings.lack(
        strategyName,
        `its ${each} is empty, which the construct would take out, and that may replace the strategy`,
        `Take ${each} out of it in Konnect, or give it a value.`,
      );
    }
  }
  for (const what of ['scopes', 'audience']) {
    const [claim, required] = [`${what}_claim`, `${what}_required`];
    if (textsOf(settings, claim).length > 0 && textsOf(settings, required).length === 0) {
      findings.lack(
        strategyName,
        `its ${claim} is of no use, and the construct refuses it: no ${what} of a token is required`,
        `Take ${claim} out of it in Konnect, or say what is required in ${required}.`,
      );
    }
  }
}

async function findApis(
  konnect: KonnectReader,
  publications: readonly Entity[],
  wanted: readonly string[],
  where: string,
  findings: Findings,
): Promise<FoundApi[]> {
  const published = (await konnect.apis()).filter(({ id }) =>
    publications.some((each) => each.api_id === id),
  );
  for (const name of wanted.filter((each) => !published.some((api) => isMeant(api, nameOf(api), each)))) {
    const known = published.map(apiName).join(', ');
    findings.lack(`API ${name}`, `none of that name is ${where}`, `There are: ${known}.`);
  }
  const meant = published.filter(
    (api) => wanted.length === 0 || wanted.some((each) => isMeant(api, nameOf(api), each)),
  );
  const implementations = await konnect.implementations();
  const apis: FoundApi[] = [];
  for (const api of meant) {
    const found = await konnect.withSpecification(await konnect.apiWith(api, publications, implementations));
    const [publication] = found.publications;
    findings.add(`API ${apiName(api)}`, `${api.id}, published (${String(publication?.visibility)})`);
    if (!found.implementation) {
      findings.add(
        `Gateway service of ${apiName(api)}`,
        'none: the API is linked to no gateway service, so its strategy is enforced nowhere',
      );
    }
    for (const version of found.versions) {
      findings.add(`Specification of ${apiName(api)}`, version.id);
    }
    apis.push(found);
  }
  return apis;
}

/** Name and version tell one API from another. */
export function apiName(api: Entity): string {
  return api.version ? `${nameOf(api)} ${textOf(api, 'version')}` : nameOf(api);
}

/** The control planes of the services that the APIs are linked to, and of each those services. */
async function findControlPlanes(
  konnect: KonnectReader,
  apis: readonly FoundApi[],
  findings: Findings,
): Promise<FoundControlPlane[]> {
  const linked = apis.flatMap(({ implementation }) => implementation?.service ?? []);
  const planes = (await konnect.controlPlanes()).filter(({ id }) =>
    linked.some((service) => service.control_plane_id === id),
  );
  const found: FoundControlPlane[] = [];
  for (const plane of planes) {
    const { services } = await konnect.withServices(plane);
    const mine = services.filter(({ entity }) => linked.some((service) => service.id === entity.id));
    findings.add(`Control plane ${nameOf(plane)}`, plane.id);
    for (const { entity, routes } of mine) {
      findings.add(`Gateway service ${nameOf(entity) || '(without a name)'}`, entity.id);
      for (const route of routes) {
        const reason = isExpressible(route)
          ? ''
          : ', stays as it is: the construct takes paths, hosts and methods';
        findings.add(`Route ${nameOf(route) || '(without a name)'}`, `${route.id}${reason}`);
      }
    }
    found.push({ entity: plane, services: mine });
  }
  return found;
}

function usesStrategy(publication: Entity, strategyId: string): boolean {
  return textsOf(publication, 'auth_strategy_ids').includes(strategyId);
}
