import { isDeepStrictEqual } from 'node:util';
import {
  type ApiClient,
  ApiError,
  type Attributes,
  type ResourceType,
  type Value,
} from '../../providers/definition';
import { at, has, type Json, renamed, sameJson } from '../api/json';
import { ifFound } from '../api/json-api-client';
import { applicationBody } from './application-body';
import { checkApplication } from './application-grants';
import { applicationState } from './application-state';

const APPS = '/api/v1/apps';
const JSON_TEXTS = ['app_links_json', 'app_settings_json', 'profile'];

const pathOf = ({ id }: Attributes) => `${APPS}/${String(id)}`;
const idTokenOf = ({ id }: Attributes) => `/api/v1/internal/apps/${String(id)}/settings/oauth/idToken`;

/** `okta_app_oauth`. A logo is not uploaded. */
export const application: ResourceType = {
  defaults: {
    accessibility_self_service: false,
    auto_key_rotation: true,
    auto_submit_toolbar: false,
    consent_method: 'TRUSTED',
    hide_ios: true,
    hide_web: true,
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
  replacedBy: ['client_id', 'type'],
  // The secret is shown once: a state that left it out cannot have it later (resource_okta_app_oauth.go, 4.20).
  replacedIf: (planned, prior) =>
    prior.omit_secret === true && planned.omit_secret === false ? ['omit_secret'] : [],
  ignoresChange: (name, planned, prior) =>
    (name === 'user_name_template_push_status' && !planned) ||
    (JSON_TEXTS.includes(name) && sameJson(planned, prior)),
  create: (api, planned, exists) =>
    withVerb('create', async () => {
      checkApplication(planned);
      const path = `${APPS}?activate=${planned.status === 'ACTIVE'}`;
      const { body } = await api.send('POST', path, applicationBody(planned));
      const { id } = body as { id: string };
      const created: Attributes = { ...planned, id, client_secret: secretOf(body, planned) };
      exists?.(created);
      return finish(api, created);
    }),
  read: (api, prior) => ifFound(read(api, prior)),
  update: async (api, planned, prior) => {
    if (planned.status !== prior.status) {
      const action = planned.status === 'ACTIVE' ? 'activate' : 'deactivate';
      await api.send('POST', `${pathOf(planned)}/lifecycle/${action}`);
    }
    // A change of only the status is one request.
    if (isDeepStrictEqual({ ...planned, status: prior.status }, prior)) {
      return planned;
    }
    return withVerb('update', async () => {
      checkApplication(planned);
      const sent = planned.omit_secret === true ? { ...planned, client_secret: null } : planned;
      const { body } = await api.send('PUT', pathOf(planned), applicationBody(sent));
      return finish(api, { ...planned, client_secret: secretOf(body, planned) });
    });
  },
  delete: async (api, prior) => {
    if (prior.status === 'ACTIVE') {
      await ifFound(api.send('POST', `${pathOf(prior)}/lifecycle/deactivate`));
    }
    await ifFound(api.send('DELETE', pathOf(prior)));
  },
  import: (id) => ({ id }),
};

/** Requests after each write: the groups claim, the sign-in policy, and reading it back. */
async function finish(api: ApiClient, written: Attributes): Promise<Attributes> {
  const [claim] = Array.isArray(written.groups_claim) ? (written.groups_claim as Attributes[]) : [];
  if (claim) {
    await api.send('POST', idTokenOf(written), groupsClaimBody(claim, written));
  }
  const policy = has(written.authentication_policy)
    ? written.authentication_policy
    : await defaultPolicy(api);
  await api.send('PUT', `${pathOf(written)}/policies/${String(policy)}`);
  return read(api, written);
}

async function read(api: ApiClient, previous: Attributes): Promise<Attributes> {
  const { body } = await api.send('GET', pathOf(previous));
  await api.send('GET', '/.well-known/okta-organization');
  const claim = (await api.send('GET', idTokenOf(previous))).body as Json;
  return { ...applicationState(body as Json, previous), groups_claim: groupsClaimState(claim) };
}

/** The policy that an org assigns by default. */
async function defaultPolicy(api: ApiClient): Promise<string> {
  const { body } = await api.send('GET', '/api/v1/policies?type=ACCESS_POLICY');
  const found = (body as { id: string; system: boolean }[]).find(({ system }) => system);
  if (!found) {
    throw new Error('cannot find default ACCESS_POLICY policy');
  }
  return found.id;
}

/** The secret for the state; null with `omit_secret`. */
function secretOf(body: unknown, { omit_secret: isOmitted }: Attributes): Value {
  return isOmitted === true ? '' : at(body as Json, 'credentials', 'oauthClient', 'client_secret');
}

function groupsClaimBody(claim: Attributes, application: Attributes): Json {
  return {
    ...renamed(claim, { name: 'name', value: 'value' }),
    ...renamed(application, { issuerMode: 'issuer_mode' }),
    ...(claim.type === 'FILTER'
      ? { valueType: 'GROUPS', groupFilterType: claim.filter_type }
      : { valueType: claim.type }),
  };
}

function groupsClaimState({ name, value, valueType, groupFilterType, issuerMode }: Json): Value {
  if (!name) {
    return [];
  }
  const isFilter = valueType === 'GROUPS';
  return [
    {
      name,
      value: value ?? null,
      type: isFilter ? 'FILTER' : (valueType ?? null),
      filter_type: isFilter ? (groupFilterType ?? null) : null,
      issuer_mode: isFilter ? (issuerMode ?? null) : null,
    },
  ];
}

async function withVerb<T>(verb: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = `failed to ${verb} OAuth application: ${(error as Error).message}`;
    throw error instanceof ApiError ? new ApiError(message, error.status, error.body) : new Error(message);
  }
}
