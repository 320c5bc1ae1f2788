import type { ApiClient, Attributes, ResourceType, Value } from '../../providers/definition';
import {
  at,
  has,
  type Json,
  orNull,
  pick,
  pickNullable,
  preferAnswer,
  sameJson,
  unlessEmpty,
} from '../api/json';
import { ifFound } from '../api/json-api-client';
import { jsonId, restResource, sameNames, withPrior } from './rest-resource';

const API = ['name', 'slug', 'version'];

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
  // The real provider replaces the API when the specification changes.
  replacedBy: ['spec_content'],
  unknownAfterUpdate: ['attributes', 'implementation_mode', 'labels', 'slug', 'version'],
  ignoresChange: (name, planned, prior) => name === 'attributes' && sameJson(planned, prior),
  createBody: (planned) => ({
    ...apiBody(planned),
    ...attributesOf(planned),
    ...pick(planned, ['spec_content']),
  }),
  update: {
    method: 'PATCH',
    query: '?force=false',
    body: withPrior((planned) => ({ ...apiBody(planned), ...attributesOf(planned) })),
  },
  kept: ['spec_content'],
  state: (body, previous) => ({
    ...sameNames(body, ['id', 'name', 'description', 'slug', 'version', 'api_spec_ids', 'portals']),
    ...sameNames(body, ['implementation_mode', 'created_at', 'updated_at']),
    labels: preferAnswer(body.labels, previous.labels),
    attributes: attributesState(body, previous),
  }),
  import: (id) => ({ id }),
});

/** Keeps the text of the configuration if the JSON is equal. */
function attributesState(body: Json, { attributes: previous }: Attributes): Attributes[string] {
  const text = body.attributes ? JSON.stringify(body.attributes) : null;
  return sameJson(text, previous) ? orNull(previous) : text;
}

const versionBody = ({ spec, version }: Attributes) => ({
  version: orNull(version),
  spec: { content: at(spec, 'content') },
});

const ofApi = (path: string) => (attributes: Attributes) => `/v3/apis/${String(attributes.api_id)}/${path}`;

/** `konnect_api_version` */
export const apiVersion = restResource({
  path: ofApi('versions'),
  createBody: versionBody,
  update: { method: 'PATCH', body: versionBody },
  kept: ['api_id'],
  state: (body, previous) => ({
    ...sameNames(body, ['id', 'version', 'created_at', 'updated_at']),
    spec: body.spec ?? orNull(previous.spec),
  }),
  import: (id) => jsonId(id, 'api_id', 'id'),
});

const DOCUMENT = ['content', 'title', 'slug', 'status'];

const documentBody = (planned: Attributes) => ({
  ...pickNullable(planned, ['parent_document_id']),
  ...pick(planned, DOCUMENT),
});

/** `konnect_api_document` */
export const apiDocument = restResource({
  path: ofApi('documents'),
  defaults: { status: 'unpublished' },
  unknownAfterUpdate: ['slug', 'title'],
  createBody: documentBody,
  update: { method: 'PATCH', body: withPrior(documentBody) },
  kept: ['api_id'],
  state: (body) => sameNames(body, ['id', ...DOCUMENT, 'parent_document_id', 'created_at', 'updated_at']),
  import: (id) => jsonId(id, 'api_id', 'id'),
});

/** `konnect_api_implementation` */
export const apiImplementation = restResource({
  path: ofApi('implementations'),
  replacedBy: ['api_id', 'service_reference', 'control_plane_reference'],
  createBody: ({ service_reference: service, control_plane_reference: plane }) =>
    service
      ? { service: at(service, 'service') }
      : { control_plane: { control_plane_id: at(plane, 'control_plane', 'id') } },
  kept: ['api_id'],
  // The same fields twice: at the top level, and in the reference to the implementation.
  state: (body) => {
    const common = sameNames(body, ['id', 'created_at', 'updated_at']);
    return {
      ...common,
      service_reference: body.service ? { ...common, service: body.service } : null,
      control_plane_reference: body.control_plane
        ? { ...common, control_plane: controlPlaneState(body.control_plane) }
        : null,
    };
  },
  import: (id) => jsonId(id, 'api_id', 'id'),
});

/** The API calls the id `control_plane_id`, the provider `id`. */
const controlPlaneState = (plane: Value): Attributes => ({
  id: at(plane, 'control_plane_id'),
  access_control_enforcement_enabled: at(plane, 'access_control_enforcement_enabled'),
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
  unknownAfterUpdate: ['auto_approve_registrations'],
  create: publish,
  read: (client, prior) =>
    ifFound(
      client.send('GET', publicationPath(prior)).then(({ body }) => publicationState(prior, body as Json)),
    ),
  update: (client, planned, prior) =>
    publish(client, {
      ...planned,
      auto_approve_registrations: has(planned.auto_approve_registrations)
        ? planned.auto_approve_registrations
        : (prior.auto_approve_registrations ?? null),
    }),
  delete: async (client, prior) => {
    await ifFound(client.send('DELETE', publicationPath(prior)));
  },
  import: (id) => jsonId(id, 'api_id', 'portal_id'),
};
