import type { ApiClient, Attributes, ResourceType } from '../../providers/definition';
import { type Json, orNull, pick, pickNullable, unlessEmpty } from '../api/json';
import { ifFound } from '../api/json-api-client';
import { jsonId, restResource, sameNames } from './rest-resource';

const API = ['name', 'slug', 'version', 'spec_content'];

const apiBody = (planned: Attributes) => ({
  ...pickNullable(planned, ['description']),
  ...pick(planned, API),
  ...(unlessEmpty(planned.labels) !== null && pick(planned, ['labels'])),
});

/** Attributes are a JSON text in the state and an object in the API. */
const attributesOf = ({ attributes }: Attributes) =>
  typeof attributes === 'string' ? { attributes: JSON.parse(attributes) as Json } : {};

/** `konnect_api` */
export const api = restResource({
  path: () => '/v3/apis',
  // Real Konnect takes a new specification as a new API.
  replacedBy: ['spec_content'],
  createBody: (planned) => ({ ...apiBody(planned), ...attributesOf(planned) }),
  update: {
    method: 'PATCH',
    query: '?force=false',
    body: (planned) => ({ ...apiBody(planned), ...attributesOf(planned) }),
  },
  kept: ['spec_content'],
  state: (body) => ({
    ...sameNames(body, ['id', 'name', 'description', 'slug', 'version', 'labels', 'api_spec_ids', 'portals']),
    ...sameNames(body, ['implementation_mode', 'created_at', 'updated_at']),
    attributes: JSON.stringify(body.attributes ?? {}),
  }),
  import: (id) => ({ id }),
});

const ofApi = (path: string) => (attributes: Attributes) => `/v3/apis/${String(attributes.api_id)}/${path}`;

/** `konnect_api_version` */
export const apiVersion = restResource({
  path: ofApi('versions'),
  createBody: (planned) => pick(planned, ['spec', 'version']),
  update: { method: 'PATCH', body: (planned) => pick(planned, ['spec', 'version']) },
  kept: ['api_id', 'spec'],
  state: (body) => sameNames(body, ['id', 'version', 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'api_id', 'id'),
});

/** `konnect_api_implementation` */
export const apiImplementation = restResource({
  path: ofApi('implementations'),
  replacedBy: ['api_id', 'service_reference', 'control_plane_reference'],
  createBody: ({ service_reference: service, control_plane_reference: plane }) => ({
    ...(service as Attributes | null),
    ...(plane as Attributes | null),
  }),
  kept: ['api_id', 'control_plane_reference'],
  state: (body) => ({
    ...sameNames(body, ['id', 'created_at', 'updated_at']),
    service_reference: body.service ? { service: body.service } : null,
  }),
  import: (id) => jsonId(id, 'api_id', 'id'),
});

const publicationPath = ({ api_id, portal_id }: Attributes) =>
  `/v3/apis/${String(api_id)}/publications/${String(portal_id)}`;

function publicationState({ api_id, portal_id }: Attributes, body: Json): Attributes {
  const names = [
    'auth_strategy_ids',
    'auto_approve_registrations',
    'visibility',
    'created_at',
    'updated_at',
    'warnings',
  ];
  return { api_id, portal_id, ...sameNames(body, names) };
}

async function publish(client: ApiClient, planned: Attributes): Promise<Attributes> {
  const { body } = await client.send('PUT', publicationPath(planned), {
    auth_strategy_ids: orNull(planned.auth_strategy_ids),
    ...pick(planned, ['auto_approve_registrations', 'visibility']),
  });
  return publicationState(planned, body as Json);
}

/** `konnect_api_publication`: create and update are the same PUT. It has no id. */
export const apiPublication: ResourceType = {
  defaults: { visibility: 'private' },
  create: publish,
  read: (client, prior) =>
    ifFound(
      client.send('GET', publicationPath(prior)).then(({ body }) => publicationState(prior, body as Json)),
    ),
  update: publish,
  delete: async (client, prior) => {
    await ifFound(client.send('DELETE', publicationPath(prior)));
  },
  import: (id) => jsonId(id, 'api_id', 'portal_id'),
};
