import type { FastifyInstance } from 'fastify';
import { openObject, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, page } from './lists';
import { bodyOf, inPortal, type KonnectModel, paramsOf, withoutParents } from './model';
import { teamsOf } from './teams';

const MEMBERS = '/v3/portals/:portal/teams/:team/developers';
const ADD = openObject({ id: UUID }, 'id');
const LIST = listQuery({
  filters: { email: 'text', full_name: 'text', active: 'boolean', attributes: 'text' },
  isSorted: false,
});
const LIST_TEAMS = listQuery({ filters: { can_own_applications: 'boolean' }, isSorted: false });

/** Developers in teams. */
export function addTeamMemberRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { developers, teams, teamMembers } = model;
  const teamOf = ({ portal, team }: { readonly [name: string]: string }) => inPortal(teams, portal, team);
  http.get(MEMBERS, { schema: { querystring: LIST } }, async (request) => {
    const { id } = teamOf(paramsOf(request));
    const members = teamMembers.all().filter(({ team_id }) => team_id === id);
    return page(
      request,
      members.map(({ developer_id }) => {
        const { status, ...developer } = withoutParents(developers.get(developer_id));
        return { ...developer, active: status === 'approved' };
      }),
    );
  });
  http.post(MEMBERS, { schema: { body: ADD } }, async (request, reply) => {
    const { portal } = paramsOf(request);
    const team = teamOf(paramsOf(request));
    const developer = inPortal(developers, portal, String(bodyOf(request).id));
    const id = `${team.id}/${developer.id}`;
    if (teamMembers.find(id)) {
      throw KonnectError.conflict(`Developer ${developer.id} is in team ${team.id} already`);
    }
    teamMembers.put({ id, team_id: team.id, developer_id: developer.id });
    return reply.code(201).send();
  });
  http.delete(`${MEMBERS}/:developer`, async (request, reply) => {
    const { developer } = paramsOf(request);
    teamMembers.delete(`${teamOf(paramsOf(request)).id}/${developer}`);
    return reply.code(204).send();
  });
  http.get(
    '/v3/portals/:portal/developers/:developer/teams',
    { schema: { querystring: LIST_TEAMS } },
    async (request) => {
      const { portal, developer } = paramsOf(request);
      const { id } = inPortal(developers, portal, developer);
      return page(request, teamsOf(model, id).map(withoutParents));
    },
  );
}
