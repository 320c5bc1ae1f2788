import type { ApiClient, Attributes, DataSourceType, ResourceType } from '../../providers/definition';
import { at, has, type Json, orNull, preferAnswer, renamed, unlessEmpty } from '../api/json';
import { ifFound } from '../api/json-api-client';
import { parseImportId } from './import-id';

const ROOT = '/api/v1/authorizationServers';

function serverState(body: Json, previous: Attributes): Attributes {
  const signing = at(body.credentials, 'signing');
  return {
    id: orNull(body.id),
    name: orNull(body.name),
    description: preferAnswer(body.description, previous.description),
    audiences: orNull(body.audiences),
    issuer: orNull(body.issuer),
    issuer_mode: orNull(body.issuerMode),
    status: orNull(body.status),
    kid: at(signing, 'kid'),
    credentials_rotation_mode: at(signing, 'rotationMode'),
    credentials_last_rotated: at(signing, 'lastRotated'),
    credentials_next_rotation: at(signing, 'nextRotation'),
  };
}

const serverBody = (planned: Attributes): Json => ({
  name: planned.name,
  ...renamed(planned, { description: 'description' }),
  audiences: planned.audiences,
  issuerMode: planned.issuer_mode,
  credentials: { signing: { rotationMode: planned.credentials_rotation_mode } },
});

async function readServer(api: ApiClient, id: Attributes[string], previous: Attributes): Promise<Attributes> {
  const { body } = await api.send('GET', `${ROOT}/${String(id)}`);
  return serverState(body as Json, previous);
}

/** Activates or deactivates it when the plan says so. */
async function changeStatus(
  api: ApiClient,
  path: string,
  planned: Attributes,
  current: string,
): Promise<void> {
  if (has(planned.status) && planned.status !== current) {
    await api.send('POST', `${path}/lifecycle/${planned.status === 'ACTIVE' ? 'activate' : 'deactivate'}`);
  }
}

/** `okta_auth_server` */
export const authorizationServer: ResourceType = {
  defaults: { credentials_rotation_mode: 'AUTO', issuer_mode: 'ORG_URL', status: 'ACTIVE' },
  create: async (api, planned, exists) => {
    const { body } = await api.send('POST', ROOT, serverBody(planned));
    const { id } = body as { id: string };
    exists?.({ ...planned, id });
    await changeStatus(api, `${ROOT}/${id}`, planned, 'ACTIVE');
    return readServer(api, id, planned);
  },
  read: (api, prior) => ifFound(readServer(api, prior.id, prior)),
  update: async (api, planned, { id, status }) => {
    await changeStatus(api, `${ROOT}/${String(id)}`, planned, String(status));
    await api.send('PUT', `${ROOT}/${String(id)}`, serverBody(planned));
    return readServer(api, id, planned);
  },
  delete: async (api, { id }) => {
    await ifFound(api.send('POST', `${ROOT}/${String(id)}/lifecycle/deactivate`));
    await ifFound(api.send('DELETE', `${ROOT}/${String(id)}`));
  },
  import: (id) => ({ id }),
};

/** The data source `okta_auth_server` */
export const authorizationServerData: DataSourceType = {
  read: async (api, { name }) => {
    const { body } = await api.send('GET', `${ROOT}?limit=200&q=${encodeURIComponent(String(name))}`);
    const found = (body as Json[]).find((server) => server.name === name);
    if (!found) {
      throw new Error(
        `failed to find authorization server by name: authorization server "${String(name)}" was not found`,
      );
    }
    return serverState(found, {});
  },
};

/** Base of scopes and claims: a member of an authorization server that is written and read back. */
function member(
  path: string,
  defaults: Attributes,
  body: (planned: Attributes) => object,
  state: (body: Json, previous: Attributes) => Attributes,
): ResourceType {
  const urlOf = ({ auth_server_id: server }: Attributes) => `${ROOT}/${String(server)}/${path}`;
  const readBack = async (api: ApiClient, previous: Attributes, id: string): Promise<Attributes> => {
    const answer = await api.send('GET', `${urlOf(previous)}/${id}`);
    return { auth_server_id: previous.auth_server_id, ...state(answer.body as Json, previous) };
  };
  return {
    defaults,
    create: async (api, planned, exists) => {
      const answer = await api.send('POST', urlOf(planned), body(planned));
      const { id } = answer.body as { id: string };
      exists?.({ ...planned, id });
      return readBack(api, planned, id);
    },
    read: (api, prior) => ifFound(readBack(api, prior, String(prior.id))),
    update: async (api, planned, { id }) => {
      await api.send('PUT', `${urlOf(planned)}/${String(id)}`, body(planned));
      return readBack(api, planned, String(id));
    },
    delete: async (api, prior) => {
      await ifFound(api.send('DELETE', `${urlOf(prior)}/${String(prior.id)}`));
    },
    import: (id) => parseImportId(id, 'auth_server_id'),
  };
}

/** `okta_auth_server_scope` */
export const scope = member(
  'scopes',
  { consent: 'IMPLICIT', metadata_publish: 'ALL_CLIENTS', default: false, optional: false },
  (planned) => ({
    consent: planned.consent,
    default: planned.default,
    description: orNull(planned.description) ?? '',
    displayName: orNull(planned.display_name) ?? '',
    metadataPublish: planned.metadata_publish,
    name: planned.name,
    optional: planned.optional,
  }),
  (body, previous) => ({
    id: orNull(body.id),
    name: orNull(body.name),
    consent: orNull(body.consent),
    default: orNull(body.default),
    description: preferAnswer(body.description, previous.description),
    display_name: preferAnswer(body.displayName, previous.display_name),
    metadata_publish: orNull(body.metadataPublish),
    optional: body.optional ?? false,
    system: orNull(body.system),
  }),
);

/** `okta_auth_server_claim` */
export const claim = member(
  'claims',
  { value_type: 'EXPRESSION', always_include_in_token: true, status: 'ACTIVE' },
  (planned) => ({
    alwaysIncludeInToken: planned.always_include_in_token,
    claimType: planned.claim_type,
    conditions: has(planned.scopes) && unlessEmpty(planned.scopes) ? { scopes: planned.scopes } : {},
    name: planned.name,
    status: planned.status,
    value: planned.value,
    valueType: planned.value_type,
    ...(has(planned.group_filter_type) && { group_filter_type: planned.group_filter_type }),
  }),
  (body, previous) => ({
    id: orNull(body.id),
    name: orNull(body.name),
    status: orNull(body.status),
    value: orNull(body.value),
    value_type: orNull(body.valueType),
    claim_type: orNull(body.claimType),
    scopes: preferAnswer(at(body.conditions, 'scopes'), previous.scopes),
    always_include_in_token: orNull(body.alwaysIncludeInToken),
    group_filter_type: preferAnswer(body.group_filter_type, previous.group_filter_type),
  }),
);
