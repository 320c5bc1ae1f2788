import type { FastifyInstance } from 'fastify';
import type { Entity } from '../entity';
import { BOOLEAN, nullable, object, text } from '../http/json-schema';
import { listQuery, page } from './lists';
import { bodyOf, inPortal, type KonnectModel, paramsOf, withoutParents } from './model';

const TEAMS = '/v3/portals/:portal/teams';
const NAME = { ...text(250, 1), pattern: '^[\\w \\W]+$' };
/** kong/konnect 3.19 sends null for an omitted description. */
const DESCRIPTION = nullable(text(250, 1));
const CREATE = object({ name: NAME, description: DESCRIPTION, can_own_applications: BOOLEAN }, 'name');
/** kong/konnect 3.19 sends null for each setting that it does not know yet. */
const UPDATE = object({
  name: nullable(NAME),
  description: DESCRIPTION,
  can_own_applications: nullable(BOOLEAN),
});
const LIST = listQuery({ filters: { name: 'text', can_own_applications: 'boolean' }, isSorted: false });

/**
 * Teams of developers. Konnect documents no refusal of a name that another team of the portal has, nor of teams on a
 * portal without RBAC, where their roles decide nothing.
 */
export function addTeamRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { portals, teams } = model;
  const find = ({ portal, team }: { readonly [name: string]: string }) => inPortal(teams, portal, team);
  http.get(TEAMS, { schema: { querystring: LIST } }, async (request) => {
    const { id } = portals.get(paramsOf(request).portal);
    const mine = teams.all().filter(({ portal_id }) => portal_id === id);
    return page(request, mine.map(withoutParents));
  });
  http.post(TEAMS, { schema: { body: CREATE } }, async (request, reply) => {
    const { id: portal_id } = portals.get(paramsOf(request).portal);
    const team = model.create({ description: null, can_own_applications: false, ...bodyOf(request) });
    return reply.code(201).send(withoutParents(teams.put({ ...team, portal_id })));
  });
  http.get(`${TEAMS}/:team`, async (request) => withoutParents(find(paramsOf(request))));
  http.patch(`${TEAMS}/:team`, { schema: { body: UPDATE } }, async (request) => {
    const changes = Object.entries(bodyOf(request)).filter(
      ([name, value]) => name === 'description' || value !== null,
    );
    const team = find(paramsOf(request));
    return withoutParents(teams.put(model.update(team, Object.fromEntries(changes))));
  });
  http.delete(`${TEAMS}/:team`, async (request, reply) => {
    model.deleteTeam(find(paramsOf(request)).id);
    return reply.code(204).send();
  });
}

/** The teams that a developer is in. */
export function teamsOf(model: KonnectModel, developerId: string): Entity[] {
  return model.teamMembers
    .all()
    .filter((each) => each.developer_id === developerId)
    .map((each) => model.teams.get(each.team_id));
}
