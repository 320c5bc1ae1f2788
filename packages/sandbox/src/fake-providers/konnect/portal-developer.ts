import { pick } from '../api/json';
import { jsonId, restResource, sameNames, withPrior } from './rest-resource';

const DEVELOPER = ['email', 'full_name', 'status'];

/** `konnect_portal_developer`, from 3.21 on: only the status changes in place. */
export const portalDeveloper = restResource({
  path: ({ portal_id: id }) => `/v3/portals/${String(id)}/developers`,
  defaults: { send_invitation_email: false },
  replacedBy: ['email', 'full_name', 'send_invitation_email'],
  unknownAfterUpdate: ['status'],
  createBody: (planned) => pick(planned, [...DEVELOPER, 'send_invitation_email']),
  update: { method: 'PATCH', body: withPrior((planned) => pick(planned, ['status'])) },
  kept: ['portal_id'],
  state: (body, { send_invitation_email: sent }) => ({
    ...sameNames(body, ['id', ...DEVELOPER, 'created_at', 'updated_at']),
    // No response contains it. Imported developers got no e-mail from Terraform.
    send_invitation_email: sent ?? false,
  }),
  import: (id) => jsonId(id, 'id', 'portal_id'),
});
