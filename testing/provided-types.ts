import type { Entity, SandboxApi } from './sandbox-api';

/** How the kit creates an entity that stacks only name. */
export interface ProvidedType {
  /** Attributes of resources with its id. For scopes with its name. */
  readonly attributes: readonly string[];

  /** Whether a value can be its id. Ids that Konnect or Okta would reject stay as they are. */
  readonly isId: (value: string) => boolean;

  /**
   * Attribute next to them with the id of its parent.
   *
   * @default - it has no parent
   */
  readonly parent?: string;

  /**
   * Creates it, named by its id in the stacks.
   *
   * @param parent id of the parent in the sandbox. Empty without `parent`
   * @returns its id in the sandbox
   */
  readonly create: (api: SandboxApi, id: string, parent: string) => Promise<string>;
}

/** Okta's name for the authorization server that an org has from the start. */
export const DEFAULT_SERVER = 'default';

const SERVERS = '/authorizationServers';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is an id of Konnect. */
export const isUuid = (value: string): boolean => UUID.test(value);

/** Whether a text is an id or a name in Okta, and not a word for the default server, all clients or all scopes. */
const isAdded = (value: string) => ![DEFAULT_SERVER, 'ALL_CLIENTS', '*'].includes(value);

/** Parents come first. */
export const PROVIDED_TYPES: readonly ProvidedType[] = [
  { attributes: ['client_whitelist'], isId: isAdded, create: createClient },
  { attributes: ['auth_server_id'], isId: isAdded, create: createServer },
  { attributes: ['scope_whitelist'], isId: isAdded, parent: 'auth_server_id', create: createScope },
  { attributes: ['policy_id'], isId: isAdded, parent: 'auth_server_id', create: createPolicy },
  { attributes: ['control_plane_id'], isId: isUuid, create: konnectEntity(() => '/v2/control-planes') },
  { attributes: ['service.id'], isId: isUuid, parent: 'control_plane_id', create: createService },
  { attributes: ['portal_id'], isId: isUuid, create: konnectEntity(() => '/v3/portals') },
  {
    attributes: ['team_id'],
    isId: isUuid,
    parent: 'portal_id',
    create: konnectEntity((portal) => `/v3/portals/${portal}/teams`),
  },
  { attributes: ['developer_id', 'owner.id'], isId: isUuid, parent: 'portal_id', create: createDeveloper },
  { attributes: ['api_id', 'entity_id'], isId: isUuid, create: konnectEntity(() => '/v3/apis') },
  {
    attributes: ['auth_strategy_id', 'auth_strategy_ids', 'default_application_auth_strategy_id'],
    isId: isUuid,
    create: createStrategy,
  },
];

/** A client without a secret, so that nothing gets tokens for it. */
async function createClient(api: SandboxApi, clientId: string): Promise<string> {
  await api.okta('POST', '/apps', {
    name: 'oidc_client',
    label: clientId,
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { client_id: clientId, token_endpoint_auth_method: 'none' } },
    settings: {
      oauthClient: {
        application_type: 'browser',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: ['https://localhost/callback'],
      },
    },
  });
  return clientId;
}

async function createServer(api: SandboxApi, name: string): Promise<string> {
  const body = { name, description: name, audiences: [`api://${name}`] };
  return idOf(api.okta('POST', SERVERS, body));
}

/** Servers have system scopes from the start. */
async function createScope(api: SandboxApi, name: string, server: string): Promise<string> {
  const path = `${SERVERS}/${server}/scopes`;
  const scopes = await api.okta<readonly Entity[]>('GET', path);
  if (scopes.every((scope) => scope.name !== name)) {
    await api.okta('POST', path, { name });
  }
  return name;
}

async function createPolicy(api: SandboxApi, name: string, server: string): Promise<string> {
  const body = {
    type: 'OAUTH_AUTHORIZATION_POLICY',
    name,
    description: name,
    conditions: { clients: { include: ['ALL_CLIENTS'] } },
  };
  return idOf(api.okta('POST', `${SERVERS}/${server}/policies`, body));
}

function konnectEntity(path: (parent: string) => string): ProvidedType['create'] {
  return (api, name, parent) => idOf(api.konnect('POST', path(parent), { name }));
}

async function createService(api: SandboxApi, id: string, controlPlane: string): Promise<string> {
  const path = `/v2/control-planes/${controlPlane}/core-entities/services/${id}`;
  return idOf(api.konnect('PUT', path, { name: id, host: 'upstream.internal' }));
}

async function createDeveloper(api: SandboxApi, id: string, portal: string): Promise<string> {
  const body = { email: `${id}@example.test`, full_name: id, status: 'approved' };
  return idOf(api.konnect('POST', `/v3/portals/${portal}/developers`, body));
}

async function createStrategy(api: SandboxApi, name: string): Promise<string> {
  const { issuer } = await api.okta('GET', `${SERVERS}/${DEFAULT_SERVER}`);
  const configuration = {
    issuer,
    credential_claim: ['clientId'],
    scopes: [],
    auth_methods: ['client_credentials', 'bearer'],
  };
  return idOf(
    api.konnect('POST', '/v2/application-auth-strategies', {
      name,
      display_name: name,
      strategy_type: 'openid_connect',
      configs: { 'openid-connect': configuration },
    }),
  );
}

async function idOf(created: Promise<Entity>): Promise<string> {
  return (await created).id;
}
