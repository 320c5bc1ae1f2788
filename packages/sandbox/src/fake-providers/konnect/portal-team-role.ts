import type { Attributes, JsonSchema, ResourceType } from '../../providers/definition';
import { type Json, pick } from '../api/json';
import { ifFound } from '../api/json-api-client';
import { sameNames } from './rest-resource';

const ROLE = ['role_name', 'entity_id', 'entity_type_name', 'entity_region'];
const PARENTS = ['portal_id', 'team_id'];
const REQUIRED = [...PARENTS, ...ROLE];

const schema: JsonSchema = {
  version: 0,
  block: {
    attributes: {
      ...Object.fromEntries(REQUIRED.map((name) => [name, { type: 'string', required: true }])),
      id: { type: 'string', computed: true },
    },
  },
};

const path = ({ portal_id: portal, team_id: team }: Attributes) =>
  `/v3/portals/${String(portal)}/teams/${String(team)}/assigned-roles`;

/**
 * `konnect_portal_team_role`, which konnect has from 3.20 on. It is never read back: a role that is removed in Konnect
 * stays in the state. It cannot be imported.
 */
export const portalTeamRole: ResourceType = {
  schema,
  replacedBy: REQUIRED,
  create: async (client, planned) => {
    const { body } = await client.send('POST', path(planned), pick(planned, ROLE));
    return { ...pick(planned, PARENTS), ...sameNames(body as Json, ['id', ...ROLE]) };
  },
  read: async (_client, prior) => prior,
  update: async (_client, planned) => planned,
  delete: async (client, prior) => {
    await ifFound(client.send('DELETE', `${path(prior)}/${String(prior.id)}`));
  },
  import: () => {
    throw new Error('konnect_portal_team_role cannot be imported');
  },
};
