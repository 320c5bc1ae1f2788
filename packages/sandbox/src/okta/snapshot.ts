import type { OktaModel } from './model';

const TIMES = ['created', 'lastUpdated', 'lastRotated', 'nextRotation'];

/** The content of an org without times, sorted by id; policies and rules stay in the order of their priority. */
export function snapshotOf({ servers, applications }: OktaModel): object {
  return withoutTimes({
    servers: sorted(servers).map(({ entity, scopes, claims, policies }) => ({
      entity,
      scopes: sorted(scopes),
      claims: sorted(claims),
      policies,
    })),
    applications: sorted(applications),
  });
}

function sorted<T>(byId: ReadonlyMap<string, T>): T[] {
  return [...byId.keys()].sort().map((id) => byId.get(id) as T);
}

/** A deep copy of JSON data. */
function withoutTimes(value: object): object {
  return JSON.parse(JSON.stringify(value, (key, each) => (TIMES.includes(key) ? undefined : each)));
}
