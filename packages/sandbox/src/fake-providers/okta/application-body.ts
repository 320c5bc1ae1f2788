import type { Attributes, Value } from '../../providers/definition';
import { orNull, parsed, renamed, textsIn, unlessEmpty } from '../api/json';
import { grantTypesOf, responseTypesOf } from './application-grants';

const CLIENT = {
  application_type: 'type',
  client_uri: 'client_uri',
  consent_method: 'consent_method',
  initiate_login_uri: 'login_uri',
  issuer_mode: 'issuer_mode',
  jwks_uri: 'jwks_uri',
  logo_uri: 'logo_uri',
  policy_uri: 'policy_uri',
  post_logout_redirect_uris: 'post_logout_redirect_uris',
  redirect_uris: 'redirect_uris',
  tos_uri: 'tos_uri',
  wildcard_redirect: 'wildcard_redirect',
};

/** The body that creates or replaces an application. */
export function applicationBody(planned: Attributes): object {
  const flag = (name: string) => planned[name] === true;
  return {
    accessibility: {
      selfService: flag('accessibility_self_service'),
      ...renamed(planned, {
        errorRedirectUrl: 'accessibility_error_redirect_url',
        loginRedirectUrl: 'accessibility_login_redirect_url',
      }),
    },
    credentials: {
      userNameTemplate: renamed(planned, {
        pushStatus: 'user_name_template_push_status',
        suffix: 'user_name_template_suffix',
        template: 'user_name_template',
        type: 'user_name_template_type',
      }),
      oauthClient: {
        autoKeyRotation: flag('auto_key_rotation'),
        pkce_required: needsPkce(planned),
        ...renamed(planned, {
          client_id: 'client_id',
          client_secret: 'client_secret',
          token_endpoint_auth_method: 'token_endpoint_auth_method',
        }),
        ...renamed(planned, { client_secret: 'client_basic_secret' }),
      },
    },
    label: planned.label,
    name: 'oidc_client',
    profile: parsed(planned.profile),
    settings: {
      app: parsed(planned.app_settings_json) ?? {},
      implicitAssignment: flag('implicit_assignment'),
      notes: { admin: unlessEmpty(planned.admin_note), enduser: unlessEmpty(planned.enduser_note) },
      oauthClient: clientSettings(planned),
    },
    signOnMode: 'OPENID_CONNECT',
    visibility: {
      appLinks: parsed(planned.app_links_json),
      autoSubmitToolbar: flag('auto_submit_toolbar'),
      hide: { iOS: flag('hide_ios'), web: flag('hide_web') },
    },
  };
}

function clientSettings(planned: Attributes): object {
  const grantTypes = grantTypesOf(planned);
  const keys = (Array.isArray(planned.jwks) ? planned.jwks : []).map((key: Value) =>
    renamed(key as Attributes, { e: 'e', kid: 'kid', kty: 'kty', n: 'n', x: 'x', y: 'y' }),
  );
  return {
    ...renamed(planned, CLIENT),
    grant_types: grantTypes,
    idp_initiated_login: { default_scope: textsIn(planned.login_scopes), mode: planned.login_mode },
    response_types: responseTypesOf(planned),
    ...(keys.length > 0 && { jwks: { keys } }),
    ...(grantTypes.includes('refresh_token') && {
      refresh_token: {
        leeway: orNull(planned.refresh_token_leeway) ?? 0,
        ...renamed(planned, { rotation_type: 'refresh_token_rotation' }),
      },
    }),
  };
}

/** By default an application that cannot keep a secret needs PKCE. */
function needsPkce({ pkce_required: configured, type }: Attributes): boolean {
  return typeof configured === 'boolean' ? configured : type === 'native' || type === 'browser';
}
