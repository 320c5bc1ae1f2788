import { pick, unlessEmpty } from '../api/json';
import { jsonId, restResource, sameNames } from './rest-resource';

const CREATED = ['name', 'auth_strategy_id', 'client_id', 'dcr_client_id', 'description'];
const ANSWERED = [
  'id',
  'name',
  'client_id',
  'description',
  'owner',
  'auth_strategy',
  'dcr_provider',
  'granted_scopes',
  'portal',
  'registration_count',
  'created_at',
  'updated_at',
];

/** `konnect_portal_application`, from 3.21 on: only the owner changes in place. */
export const portalApplication = restResource({
  path: ({ portal_id: id }) => `/v3/portals/${String(id)}/applications`,
  replacedBy: [...CREATED, 'labels'],
  createBody: (planned) => ({
    ...pick(planned, [...CREATED, 'owner']),
    ...(unlessEmpty(planned.labels) !== null && pick(planned, ['labels'])),
  }),
  update: { method: 'PATCH', body: ({ owner }) => ({ owner }) },
  // The real provider reads none of these back either, so an imported application is replaced.
  kept: ['portal_id', 'auth_strategy_id', 'dcr_client_id', 'labels'],
  state: (body) => sameNames(body, ANSWERED),
  import: (id) => jsonId(id, 'id', 'portal_id'),
});
