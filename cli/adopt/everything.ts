import type { Entity } from '../konnect-client';
import type { AdoptOptions } from './adopt';
import { type Findings, isMeant, nameOf, textOf } from './finding';
import type { KonnectReader } from './konnect-reader';
import type { OktaReader } from './okta-reader';
import type { FoundApi, FoundControlPlane, FoundPortal, FoundServer, Pieces } from './pieces';

/** Everything in both tenants that has one of the names that were asked for; of a type for which none was, all. */
export async function findEverything(
  konnect: KonnectReader,
  okta: OktaReader,
  { portal, api = [], strategy, policy, client = [] }: AdoptOptions,
  findings: Findings,
): Promise<Pieces> {
  const pick = (
    [what, many]: readonly [what: string, many: string],
    entities: readonly Entity[],
    wanted: readonly string[],
    name = nameOf,
  ) => {
    const means = (entity: Entity, each: string) => isMeant(entity, name(entity), each);
    for (const each of wanted.filter((one) => !entities.some((entity) => means(entity, one)))) {
      findings.add(`${what} ${each}`, 'not there');
    }
    const picked = entities.filter(
      (entity) => wanted.length === 0 || wanted.some((each) => means(entity, each)),
    );
    findings.add(many, String(picked.length));
    return picked;
  };
  const one = (wanted?: string) => (wanted === undefined ? [] : [wanted]);

  const portals: FoundPortal[] = [];
  for (const each of pick(['Portal', 'Portals'], await konnect.portals(), one(portal))) {
    portals.push(await konnect.withPages(each));
  }
  const authStrategies = pick(
    ['Auth strategy', 'Auth strategies'],
    await konnect.strategies(),
    one(strategy),
  );
  const publications = await konnect.publications();
  const implementations = await konnect.implementations();
  const apis: FoundApi[] = [];
  for (const each of pick(['API', 'APIs'], await konnect.apis(), api)) {
    apis.push(await konnect.apiWith(each, publications, implementations));
  }
  const controlPlanes: FoundControlPlane[] = [];
  for (const each of pick(['Control plane', 'Control planes'], await konnect.controlPlanes(), [])) {
    controlPlanes.push(await konnect.withServices(each));
  }
  const authorizationServers: FoundServer[] = [];
  for (const each of pick(['Authorization server', 'Authorization servers'], await okta.servers(), [])) {
    const server = await okta.withMembers(each);
    const policies = server.policies.filter(({ entity }) => isMeant(entity, nameOf(entity), policy));
    authorizationServers.push({ ...server, policies });
  }
  const applications = pick(['Application', 'Applications'], await okta.applications(), client, (entity) =>
    textOf(entity, 'label'),
  );
  return {
    okta: { authorizationServers, applications },
    konnect: { authStrategies, portals, apis, controlPlanes },
  };
}
