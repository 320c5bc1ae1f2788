import type { Attributes } from '../../providers/definition';
import { pick } from '../api/json';
import { jsonId, restResource, sameNames, withPrior } from './rest-resource';

const registrations = ({ portal_id: portal, application_id: application }: Attributes) =>
  `/v3/portals/${String(portal)}/applications/${String(application)}/registrations`;

/** `konnect_portal_application_registration`, from 3.21 on: only the status changes in place. */
export const portalRegistration = restResource({
  path: registrations,
  replacedBy: ['api_id'],
  unknownAfterUpdate: ['status', 'api', 'application'],
  createBody: (planned) => pick(planned, ['api_id', 'status']),
  update: { method: 'PATCH', body: withPrior((planned) => pick(planned, ['status'])) },
  // The real provider does not read the id of the API back either, so an imported registration is replaced.
  kept: ['portal_id', 'application_id', 'api_id'],
  state: (body) =>
    sameNames(body, ['id', 'status', 'api', 'application', 'consumer', 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'application_id', 'id', 'portal_id'),
});
