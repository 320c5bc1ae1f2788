import type { FastifyInstance } from 'fastify';
import { oneOf, openObject, UUID } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, page } from './lists';
import {
  bodyOf,
  inPortal,
  type KonnectModel,
  paramsOf,
  REGION,
  type TeamRole,
  withoutParents,
} from './model';
import { teamsOf } from './teams';

const ROLES = '/v3/portals/:portal/teams/:team/assigned-roles';

/** Konnect's name of the entity type of APIs in roles. */
const ENTITY_TYPE = 'Services';

/** Roles that a team of developers can have for an API. */
export enum PortalRole {
  /** Sees the API and its documentation. */
  VIEWER = 'API Viewer',
  /** Registers applications for the API. */
  CONSUMER = 'API Consumer',
}

const ALL_ROLES = {
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
const ASSIGN = openObject(
  {
    role_name: oneOf(...Object.values(PortalRole)),
    entity_id: UUID,
    entity_type_name: oneOf(ENTITY_TYPE),
    entity_region: oneOf('us', 'eu', 'au', 'me', 'in', 'sg', '*'),
  },
  ...['role_name', 'entity_id', 'entity_type_name', 'entity_region'],
);
const LIST = listQuery({ isSorted: false });

/** Roles of teams for APIs. */
export function addTeamRoleRoutes(http: FastifyInstance, model: KonnectModel): void {
  const { teams, teamRoles } = model;
  const teamOf = ({ portal, team }: { readonly [name: string]: string }) => inPortal(teams, portal, team);
  http.get('/v3/portal-roles', async () => ALL_ROLES);
  http.get(ROLES, { schema: { querystring: LIST } }, async (request) => {
    const { id } = teamOf(paramsOf(request));
    const mine = teamRoles.all().filter(({ team_id }) => team_id === id);
    return page(request, mine.map(withoutParents));
  });
  http.post(ROLES, { schema: { body: ASSIGN, querystring: LIST } }, async (request, reply) => {
    const { id: team_id } = teamOf(paramsOf(request));
    const role = roleOf(bodyOf(request));
    model.apis.get(role.entity_id);
    if (teamRoles.all().some((each) => each.team_id === team_id && isSame(each, role))) {
      throw KonnectError.conflict(`Team ${team_id} has the role ${role.role_name} for ${role.entity_id}`);
    }
    const { id } = model.create({});
    return reply.code(201).send(withoutParents(teamRoles.put({ id, ...role, team_id })));
  });
  http.delete(`${ROLES}/:role`, async (request, reply) => {
    const { id } = teamOf(paramsOf(request));
    const { role } = paramsOf(request);
    if (teamRoles.get(role).team_id !== id) {
      throw KonnectError.notFound(teamRoles.type, role);
    }
    teamRoles.delete(role);
    return reply.code(204).send();
  });
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

type Role = Pick<TeamRole, 'role_name' | 'entity_id' | 'entity_region'> & {
  readonly entity_type_name: unknown;
};

function roleOf(body: { readonly [field: string]: unknown }): Role {
  const { role_name, entity_id, entity_type_name, entity_region } = body;
  return {
    ...{ role_name: String(role_name), entity_id: String(entity_id) },
    ...{ entity_type_name, entity_region: String(entity_region) },
  };
}

function isSame(left: TeamRole, right: Role): boolean {
  return (
    left.role_name === right.role_name &&
    left.entity_id === right.entity_id &&
    left.entity_region === right.entity_region
  );
}
