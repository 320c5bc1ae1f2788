import type { Attributes, Value } from '../../providers/definition';
import { at, isSome, type Json, orNull, preferAnswer, sameJson } from '../api/json';

/** Attributes that no response contains. */
const KEPT = ['client_basic_secret', 'client_secret', 'logo', 'omit_secret', 'timeouts'];

/** Attributes without a default, and where an answer has them. */
const OPTIONAL: { readonly [name: string]: readonly string[] } = {
  accessibility_error_redirect_url: ['accessibility', 'errorRedirectUrl'],
  accessibility_login_redirect_url: ['accessibility', 'loginRedirectUrl'],
  admin_note: ['settings', 'notes', 'admin'],
  enduser_note: ['settings', 'notes', 'enduser'],
  implicit_assignment: ['settings', 'implicitAssignment'],
  user_name_template_push_status: ['credentials', 'userNameTemplate', 'pushStatus'],
  user_name_template_suffix: ['credentials', 'userNameTemplate', 'suffix'],
  client_uri: ['settings', 'oauthClient', 'client_uri'],
  jwks_uri: ['settings', 'oauthClient', 'jwks_uri'],
  login_uri: ['settings', 'oauthClient', 'initiate_login_uri'],
  login_scopes: ['settings', 'oauthClient', 'idp_initiated_login', 'default_scope'],
  logo_uri: ['settings', 'oauthClient', 'logo_uri'],
  policy_uri: ['settings', 'oauthClient', 'policy_uri'],
  post_logout_redirect_uris: ['settings', 'oauthClient', 'post_logout_redirect_uris'],
  redirect_uris: ['settings', 'oauthClient', 'redirect_uris'],
  tos_uri: ['settings', 'oauthClient', 'tos_uri'],
};

/** Attributes that every answer has, or that have a default. */
const ANSWERED: { readonly [name: string]: readonly string[] } = {
  id: ['id'],
  name: ['name'],
  label: ['label'],
  status: ['status'],
  sign_on_mode: ['signOnMode'],
  client_id: ['credentials', 'oauthClient', 'client_id'],
  auto_key_rotation: ['credentials', 'oauthClient', 'autoKeyRotation'],
  pkce_required: ['credentials', 'oauthClient', 'pkce_required'],
  token_endpoint_auth_method: ['credentials', 'oauthClient', 'token_endpoint_auth_method'],
  user_name_template: ['credentials', 'userNameTemplate', 'template'],
  user_name_template_type: ['credentials', 'userNameTemplate', 'type'],
  accessibility_self_service: ['accessibility', 'selfService'],
  auto_submit_toolbar: ['visibility', 'autoSubmitToolbar'],
  hide_ios: ['visibility', 'hide', 'iOS'],
  hide_web: ['visibility', 'hide', 'web'],
  type: ['settings', 'oauthClient', 'application_type'],
  consent_method: ['settings', 'oauthClient', 'consent_method'],
  grant_types: ['settings', 'oauthClient', 'grant_types'],
  issuer_mode: ['settings', 'oauthClient', 'issuer_mode'],
  login_mode: ['settings', 'oauthClient', 'idp_initiated_login', 'mode'],
  response_types: ['settings', 'oauthClient', 'response_types'],
  wildcard_redirect: ['settings', 'oauthClient', 'wildcard_redirect'],
};

/** Texts of JSON, and where an answer has what they mean. */
const JSON_TEXTS: { readonly [name: string]: readonly string[] } = {
  app_links_json: ['visibility', 'appLinks'],
  app_settings_json: ['settings', 'app'],
  profile: ['profile'],
};

/** The state of an application as the API has it. */
export function applicationState(answer: Json, previous: Attributes): Attributes {
  const each = (
    paths: { readonly [name: string]: readonly string[] },
    settle: (answered: Value, previous: Value) => Value,
  ) =>
    Object.fromEntries(
      Object.entries(paths).map(([name, path]) => [
        name,
        settle(at(answer, ...path), orNull(previous[name])),
      ]),
    );
  const refresh = at(answer, 'settings', 'oauthClient', 'refresh_token');
  const policy = at(answer, '_links', 'accessPolicy', 'href');
  const keys = at(answer, 'settings', 'oauthClient', 'jwks', 'keys');
  return {
    ...Object.fromEntries(KEPT.map((name) => [name, orNull(previous[name])])),
    ...each(ANSWERED, (answered) => answered),
    ...each(OPTIONAL, preferAnswer),
    ...each(JSON_TEXTS, keepEqualJson),
    authentication_policy:
      typeof policy === 'string'
        ? (policy.split('/').at(-1) ?? null)
        : orNull(previous.authentication_policy),
    jwks: isSome(keys) ? keys : orNull(previous.jwks),
    refresh_token_leeway: at(refresh, 'leeway') ?? orNull(previous.refresh_token_leeway),
    refresh_token_rotation: at(refresh, 'rotation_type') ?? orNull(previous.refresh_token_rotation),
  };
}

/** Keeps the previous text if the JSON is equal. */
function keepEqualJson(answered: Value, previous: Value): Value {
  const text = isSome(answered) ? JSON.stringify(answered) : null;
  return sameJson(text, previous) ? previous : text;
}
