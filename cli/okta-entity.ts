import { type Entity, fieldOf, textsOf } from './entity';

/** Okta's name for all clients of the org in an access policy. */
export const ALL_CLIENTS = 'ALL_CLIENTS';

/** Client ids of an access policy, or `ALL_CLIENTS`. */
export function clientsOf(policy: Entity): string[] {
  return textsOf(policy, 'conditions', 'clients', 'include');
}

/** Client id of an application. It can differ from the id of the application. */
export function clientIdOf(application: Entity): string {
  const id = fieldOf(application, 'credentials', 'oauthClient', 'client_id');
  return typeof id === 'string' ? id : application.id;
}
