import type { Attributes, ResourceType } from '../../providers/definition';
import { pick } from '../api/json';
import { ifFound } from '../api/json-api-client';

const REQUIRED = ['portal_id', 'team_id', 'developer_id'];

const path = ({ portal_id: portal, team_id: team }: Attributes) =>
  `/v3/portals/${String(portal)}/teams/${String(team)}/developers`;

/** `konnect_portal_team_developer`, which konnect has from 3.24 on: a developer in a team. It has no id. */
export const portalTeamDeveloper: ResourceType = {
  schema: {
    version: 0,
    block: {
      attributes: Object.fromEntries(REQUIRED.map((name) => [name, { type: 'string', required: true }])),
    },
  },
  replacedBy: REQUIRED,
  create: async (client, planned) => {
    await client.send('POST', path(planned), { id: planned.developer_id });
    return pick(planned, REQUIRED);
  },
  // Konnect only lists members, and the provider does not read the list.
  read: async (_client, prior) => prior,
  update: async (_client, planned) => planned,
  delete: async (client, prior) => {
    await ifFound(client.send('DELETE', `${path(prior)}/${String(prior.developer_id)}`));
  },
  import: () => {
    throw new Error('konnect_portal_team_developer cannot be imported');
  },
};
