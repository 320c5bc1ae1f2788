import type { FastifyInstance } from 'fastify';
import type { Body, Entity } from '../entity';
import { KonnectError } from './errors';
import { bodyOf, type KonnectModel, page, paramsOf, REGION, requireText, type TeamRole } from './model';

const TEAMS = '/v3/portals/:portal/teams';
const TEAM = `${TEAMS}/:team`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const REGIONS = ['us', 'eu', 'au', 'me', 'in', 'sg', '*'];

/** What Konnect calls the type of an API in a role. */
const ENTITY_TYPE = 'Services';

/** Roles that a team of developers can have for an API. */
export enum PortalRole {
  /** Sees the API and its documentation. */
  VIEWER = 'API Viewer',
  /** Registers applications for the API. */
  CONSUMER = 'API Consumer',
}

const ROLES = {
  services: {
    name: ENTITY_TYPE,
    roles: {
      apiviewer: {
        name: PortalRole.VIEWER,
        description: 'API Viewers have read-only access to the documentation of a service in a portal',
      },
      apiconsumer: {
        name: PortalRole.CONSUMER,
        description: 'API Consumers can make calls to the given service',
      },
    },
  },
};

type Params = { readonly [name: string]: string };

/**
 * Teams of developers, their members and their roles. Konnect documents no refusal of a name that another team
 * of the portal has, nor of teams on a portal without RBAC, where their roles decide nothing.
 */
export function addTeamRoutes(http: FastifyInstance, model: KonnectModel): void {
  http.get('/v3/portal-roles', async () => ROLES);
  addTeams(http, model);
  addMembers(http, model);
  addRoles(http, model);
}

/** Whether a team of the developer has one of the roles for the API in this region. */
export function hasRole(
  model: KonnectModel,
  developerId: string,
  apiId: string,
  roles: readonly PortalRole[],
): boolean {
  const teams = new Set(teamsOf(model, developerId).map(({ id }) => id));
  return model.teamRoles
    .all()
    .some(
      (each) =>
        teams.has(each.team_id) &&
        each.entity_id === apiId &&
        [REGION, '*'].includes(each.entity_region) &&
        roles.some((role) => role === each.role_name),
    );
}

/** The teams that a developer is in. */
export function teamsOf(model: KonnectModel, developerId: string): Entity[] {
  return model.teamMembers
    .all()
    .filter((each) => each.developer_id === developerId)
    .map((each) => model.teams.get(each.team_id));
}

function answer({ portal_id: _, team_id: _team, ...entity }: Body): Body {
  return entity;
}

function teamOf(model: KonnectModel, { portal, team }: Params): Entity & { readonly portal_id: string } {
  const found = model.teams.get(team);
  if (found.portal_id !== portal) {
    throw KonnectError.notFound(model.teams.type, team);
  }
  return found;
}

function addTeams(http: FastifyInstance, model: KonnectModel): void {
  const { portals, teams } = model;
  http.get(TEAMS, async (request) => {
    const { id } = portals.get(paramsOf(request).portal);
    const mine = teams.all().filter(({ portal_id }) => portal_id === id);
    return page(request, mine.map(answer));
  });
  http.post(TEAMS, async (request, reply) => {
    const { id: portal_id } = portals.get(paramsOf(request).portal);
    const body = bodyOf(request);
    checkTeam(body);
    const team = model.create({ description: null, can_own_applications: false, ...body });
    return reply.code(201).send(answer(teams.put({ ...team, portal_id })));
  });
  http.get(TEAM, async (request) => answer(teamOf(model, paramsOf(request))));
  http.patch(TEAM, async (request) => {
    const team = teamOf(model, paramsOf(request));
    // The provider sends null for what it does not know.
    const known = Object.entries(bodyOf(request)).filter(
      ([name, value]) => name === 'description' || value !== null,
    );
    const body = Object.fromEntries(known);
    checkTeam({ ...team, ...body });
    return answer(teams.put(model.update(team, body)));
  });
  http.delete(TEAM, async (request, reply) => {
    model.deleteTeam(teamOf(model, paramsOf(request)).id);
    return reply.code(204).send();
  });
}

function checkTeam(body: Body): void {
  requireText(body, 'name', 250);
  const { description = null, can_own_applications: owns = false } = body;
  if (description !== null) {
    requireText(body, 'description', 250);
  }
  if (typeof owns !== 'boolean' && owns !== null) {
    throw KonnectError.invalid('can_own_applications', 'must be a boolean');
  }
}

function addMembers(http: FastifyInstance, model: KonnectModel): void {
  const { developers, teamMembers } = model;
  const all = `${TEAM}/developers`;
  http.get(all, async (request) => {
    const { id } = teamOf(model, paramsOf(request));
    const members = teamMembers.all().filter(({ team_id }) => team_id === id);
    return page(
      request,
      members.map(({ developer_id }) => {
        const { portal_id: _, status, ...developer } = developers.get(developer_id);
        return { ...developer, active: status === 'approved' };
      }),
    );
  });
  http.post(all, async (request, reply) => {
    const team = teamOf(model, paramsOf(request));
    const developer = requireUuid(bodyOf(request), 'id');
    if (developers.get(developer).portal_id !== team.portal_id) {
      throw KonnectError.notFound(developers.type, developer);
    }
    const id = `${team.id}/${developer}`;
    if (teamMembers.find(id)) {
      throw KonnectError.conflict(`Developer ${developer} is in team ${team.id} already`);
    }
    teamMembers.put({ id, team_id: team.id, developer_id: developer });
    return reply.code(201).send();
  });
  http.delete(`${all}/:developer`, async (request, reply) => {
    const { developer } = paramsOf(request);
    teamMembers.delete(`${teamOf(model, paramsOf(request)).id}/${developer}`);
    return reply.code(204).send();
  });
  http.get('/v3/portals/:portal/developers/:developer/teams', async (request) => {
    const { portal, developer } = paramsOf(request);
    if (developers.get(developer).portal_id !== portal) {
      throw KonnectError.notFound(developers.type, developer);
    }
    return page(request, teamsOf(model, developer).map(answer));
  });
}

function addRoles(http: FastifyInstance, model: KonnectModel): void {
  const { teamRoles } = model;
  const all = `${TEAM}/assigned-roles`;
  http.get(all, async (request) => {
    const { id } = teamOf(model, paramsOf(request));
    const mine = teamRoles.all().filter(({ team_id }) => team_id === id);
    return page(request, mine.map(answer));
  });
  http.post(all, async (request, reply) => {
    const { id: team_id } = teamOf(model, paramsOf(request));
    const role = roleOf(model, bodyOf(request));
    const same = (each: TeamRole) =>
      each.team_id === team_id &&
      each.role_name === role.role_name &&
      each.entity_id === role.entity_id &&
      each.entity_region === role.entity_region;
    if (teamRoles.all().some(same)) {
      throw KonnectError.conflict(`Team ${team_id} has the role ${role.role_name} for ${role.entity_id}`);
    }
    const { created_at: _, updated_at: _updated, ...created } = model.create({});
    return reply.code(201).send(answer(teamRoles.put({ ...created, ...role, team_id })));
  });
  http.delete(`${all}/:role`, async (request, reply) => {
    const { id } = teamOf(model, paramsOf(request));
    const { role } = paramsOf(request);
    if (teamRoles.get(role).team_id !== id) {
      throw KonnectError.notFound(teamRoles.type, role);
    }
    teamRoles.delete(role);
    return reply.code(204).send();
  });
}

function roleOf(model: KonnectModel, body: Body) {
  const role_name = requireOneOf(body, 'role_name', Object.values(PortalRole));
  const entity_id = requireUuid(body, 'entity_id');
  const entity_type_name = requireOneOf(body, 'entity_type_name', [ENTITY_TYPE]);
  const entity_region = requireOneOf(body, 'entity_region', REGIONS);
  model.apis.get(entity_id);
  return { role_name, entity_id, entity_type_name, entity_region };
}

function requireUuid(body: Body, field: string): string {
  const value = requireText(body, field, 36);
  if (!UUID.test(value)) {
    throw KonnectError.invalid(field, 'must be a UUID');
  }
  return value;
}

function requireOneOf(body: Body, field: string, values: readonly string[]): string {
  const value = requireText(body, field, 250);
  if (!values.includes(value)) {
    throw KonnectError.invalid(field, `must be one of ${values.join(', ')}`);
  }
  return value;
}
