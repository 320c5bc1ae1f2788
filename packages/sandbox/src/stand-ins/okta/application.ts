import {
  type ApiClient,
  ApiError,
  type Attributes,
  type ResourceType,
  type Value,
} from '../../providers/definition';
import { at, has, type Json, orNull, unlessEmpty } from '../api/json';
import { ifFound } from '../api/json-api-client';

const APPS = '/api/v1/apps';
/** Attributes that no API returns: they are what the configuration says. */
const PROVIDER_ONLY = [
  'omit_secret',
  'client_basic_secret',
  'app_links_json',
  'app_settings_json',
  'profile',
  'logo',
  'refresh_token_rotation',
  'refresh_token_leeway',
  'timeouts',
];

function grantsOf({ grant_types: grants }: Attributes): readonly Value[] {
  return Array.isArray(grants) ? grants : [];
}

/** The one check that the real provider makes itself; it finds it at apply. */
function checkGrants(planned: Attributes): void {
  if (planned.type === 'web' && !grantsOf(planned).includes('authorization_code')) {
    throw new Error(
      `failed to create OAuth application: the grant_types of an application of type "web" must contain authorization_code, received ${grantsOf(planned).join(', ')}`,
    );
  }
}

function bodyOf(planned: Attributes, prior?: Attributes): object {
  const responses = has(planned.response_types)
    ? planned.response_types
    : grantsOf(planned).includes('authorization_code')
      ? ['code']
      : ['token'];
  const secret = planned.omit_secret !== true &&
    has(prior?.client_secret) && { client_secret: prior?.client_secret };
  return {
    accessibility: { selfService: planned.accessibility_self_service },
    credentials: {
      userNameTemplate: { template: planned.user_name_template, type: planned.user_name_template_type },
      oauthClient: {
        autoKeyRotation: planned.auto_key_rotation,
        ...(prior && { client_id: prior.client_id, ...secret }),
        pkce_required: orNull(planned.pkce_required) ?? false,
        token_endpoint_auth_method: planned.token_endpoint_auth_method,
      },
    },
    label: planned.label,
    name: 'oidc_client',
    settings: {
      app: {},
      implicitAssignment: planned.implicit_assignment,
      notes: { admin: orNull(planned.admin_note), enduser: orNull(planned.enduser_note) },
      oauthClient: {
        application_type: planned.type,
        consent_method: planned.consent_method,
        grant_types: planned.grant_types,
        idp_initiated_login: { default_scope: orNull(planned.login_scopes) ?? [], mode: planned.login_mode },
        issuer_mode: planned.issuer_mode,
        ...(has(planned.redirect_uris) && { redirect_uris: planned.redirect_uris }),
        ...(has(planned.post_logout_redirect_uris) && {
          post_logout_redirect_uris: planned.post_logout_redirect_uris,
        }),
        response_types: responses,
        wildcard_redirect: planned.wildcard_redirect,
      },
    },
    signOnMode: 'OPENID_CONNECT',
    visibility: {
      autoSubmitToolbar: planned.auto_submit_toolbar,
      hide: { iOS: planned.hide_ios, web: planned.hide_web },
    },
  };
}

async function read(api: ApiClient, id: Value, prior: Attributes): Promise<Attributes> {
  const { body } = await api.send('GET', `${APPS}/${String(id)}`);
  await api.send('GET', '/.well-known/okta-organization');
  await api.send('GET', `/api/v1/internal/apps/${String(id)}/settings/oauth/idToken`);
  const app = body as Json;
  const client = at(app.credentials, 'oauthClient');
  const settings = at(app.settings, 'oauthClient');
  const kept = Object.fromEntries(PROVIDER_ONLY.map((name) => [name, prior[name] ?? null]));
  return {
    ...kept,
    id: orNull(app.id),
    name: orNull(app.name),
    label: orNull(app.label),
    status: orNull(app.status),
    sign_on_mode: orNull(app.signOnMode),
    client_id: at(client, 'client_id'),
    client_secret: prior.omit_secret === true ? '' : at(client, 'client_secret'),
    auto_key_rotation: at(client, 'autoKeyRotation'),
    pkce_required: at(client, 'pkce_required'),
    token_endpoint_auth_method: at(client, 'token_endpoint_auth_method'),
    user_name_template: at(app.credentials, 'userNameTemplate', 'template'),
    user_name_template_type: at(app.credentials, 'userNameTemplate', 'type'),
    accessibility_self_service: at(app.accessibility, 'selfService'),
    auto_submit_toolbar: at(app.visibility, 'autoSubmitToolbar'),
    hide_ios: at(app.visibility, 'hide', 'iOS'),
    hide_web: at(app.visibility, 'hide', 'web'),
    implicit_assignment: at(app.settings, 'implicitAssignment'),
    admin_note: at(app.settings, 'notes', 'admin'),
    enduser_note: at(app.settings, 'notes', 'enduser'),
    type: at(settings, 'application_type'),
    consent_method: at(settings, 'consent_method'),
    grant_types: at(settings, 'grant_types'),
    login_mode: at(settings, 'idp_initiated_login', 'mode'),
    login_scopes: unlessEmpty(at(settings, 'idp_initiated_login', 'default_scope')),
    issuer_mode: at(settings, 'issuer_mode'),
    redirect_uris: unlessEmpty(at(settings, 'redirect_uris')),
    post_logout_redirect_uris: unlessEmpty(at(settings, 'post_logout_redirect_uris')),
    response_types: at(settings, 'response_types'),
    wildcard_redirect: at(settings, 'wildcard_redirect'),
    authentication_policy:
      String(at(app._links, 'accessPolicy', 'href'))
        .split('/')
        .at(-1) ?? null,
  };
}

/** Assigns the sign-in policy and reads back, as the real provider does after each write. */
async function finish(api: ApiClient, id: Value, policy: Value, planned: Attributes): Promise<Attributes> {
  await api.send('PUT', `${APPS}/${String(id)}/policies/${String(policy)}`);
  return read(api, id, planned);
}

async function changeStatus(api: ApiClient, id: Value, planned: Attributes, current: Value): Promise<void> {
  if (has(planned.status) && planned.status !== current) {
    await api.send(
      'POST',
      `${APPS}/${String(id)}/lifecycle/${planned.status === 'ACTIVE' ? 'activate' : 'deactivate'}`,
    );
  }
}

/** `okta_app_oauth` */
export const application: ResourceType = {
  defaults: {
    accessibility_self_service: false,
    auto_key_rotation: true,
    auto_submit_toolbar: false,
    consent_method: 'TRUSTED',
    hide_ios: true,
    hide_web: true,
    implicit_assignment: false,
    issuer_mode: 'ORG_URL',
    login_mode: 'DISABLED',
    omit_secret: false,
    refresh_token_leeway: 0,
    refresh_token_rotation: 'STATIC',
    status: 'ACTIVE',
    token_endpoint_auth_method: 'client_secret_basic',
    user_name_template: '${source.login}',
    user_name_template_type: 'BUILT_IN',
    wildcard_redirect: 'DISABLED',
  },
  create: async (api, planned) => {
    checkGrants(planned);
    const { body } = await created(api.send('POST', `${APPS}?activate=true`, bodyOf(planned)));
    const { id } = body as { id: string };
    await changeStatus(api, id, planned, 'ACTIVE');
    const policies = (await api.send('GET', '/api/v1/policies?type=ACCESS_POLICY')).body as { id: string }[];
    return finish(
      api,
      id,
      has(planned.authentication_policy) ? planned.authentication_policy : policies[0].id,
      planned,
    );
  },
  read: (api, prior) => ifFound(read(api, prior.id, prior)),
  update: async (api, planned, prior) => {
    checkGrants(planned);
    await api.send('PUT', `${APPS}/${String(prior.id)}`, bodyOf(planned, prior));
    await changeStatus(api, prior.id, planned, prior.status);
    return finish(api, prior.id, prior.authentication_policy, planned);
  },
  delete: async (api, { id }) => {
    await ifFound(api.send('POST', `${APPS}/${String(id)}/lifecycle/deactivate`));
    await ifFound(api.send('DELETE', `${APPS}/${String(id)}`));
  },
  import: (id) => ({ id }),
};

async function created<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof ApiError
      ? new ApiError(`failed to create OAuth application: ${error.message}`, error.status, error.body)
      : error;
  }
}
