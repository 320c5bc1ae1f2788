import { type Entity, fieldOf, nameOf, textOf, textsOf } from '../../entity';
import type { Findings } from '../findings';
import type { FoundApi } from './how-to';
import type { KonnectReader } from './konnect-reader';
import { isWanted } from './selection';

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
  const selected = await selectApis(konnect, publications, wanted, where, findings);
  const implementations = await konnect.implementations();
  const apis: FoundApi[] = [];
  for (const api of selected) {
    const found = await konnect.withTexts(konnect.withLink(api, publications, implementations));
    const [publication] = found.publications;
    findings.add(`API ${apiName(api)}`, `${api.id}, published (${String(publication?.visibility)})`);
    reportMissingLink(found, findings);
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

/** Adds a finding for an API without a link. */
function reportMissingLink({ entity: api, implementation }: FoundApi, findings: Findings): void {
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

/** Whether a publication has the strategy. */
export function usesStrategy(publication: Entity, strategyId: string): boolean {
  return textsOf(publication, 'auth_strategy_ids').includes(strategyId);
}
