import { type Entity, fieldOf, textOf } from '../../entity';
import { type AppSource, constructId } from './app-source';
import { type Code, valueCode } from './code';
import { type Deviation, differencesFromConstruct, differencesFromDefaults } from './deviations';
import { codeUnlessDefault } from './props';

const WEB_GRANTS = ['authorization_code', 'client_credentials'];
const SERVICE_GRANTS = ['client_credentials'];

/** The prop `clients`. */
export function clientsProp(source: AppSource, applications: readonly Entity[]): Code | undefined {
  const ids = new Set(['Resource']);
  const clients = applications.map(
    (application) =>
      [constructId(ids, textOf(application, 'label'), 'app'), clientProps(source, application)] as const,
  );
  return clients.length > 0 ? Object.fromEntries(clients) : undefined;
}

/** The props of a client. */
export function clientProps(source: AppSource, application: Entity): Code {
  const isService = typeOf(application) === 'service';
  return {
    label: valueCode(textOf(application, 'label')),
    type: isService ? `${source.use('OidcClientType')}.SERVICE` : undefined,
    redirectUris: isService ? undefined : codeUnlessDefault(clientSetting(application, 'redirect_uris')),
  };
}

/** Keeps settings of applications without a prop. */
export function keepClientDetails(source: AppSource, applications: readonly Entity[]): void {
  for (const [index, application] of applications.entries()) {
    keepApplication(source, application, `oidc.clients[${index}].resource`);
  }
}

/** Keeps settings of an application without a prop. */
export function keepApplication(source: AppSource, application: Entity, resource: string): void {
  source.keep(`Application ${textOf(application, 'label')}`, resource, applicationDeviations(application));
}

function applicationDeviations(application: Entity): Deviation[] {
  const isService = typeOf(application) === 'service';
  const credentials = (field: string) => fieldOf(application, 'credentials', 'oauthClient', field);
  const client = (field: string) => clientSetting(application, field);
  const at = (...path: readonly string[]) => fieldOf(application, ...path);
  return [
    ...differencesFromConstruct(
      ['grant_types', client('grant_types'), isService ? SERVICE_GRANTS : WEB_GRANTS],
      ['response_types', client('response_types'), isService ? ['token'] : ['code']],
      ...(isService ? ([['redirect_uris', client('redirect_uris'), undefined]] as const) : []),
    ),
    ...differencesFromDefaults(
      ['status', application.status, 'ACTIVE'],
      ['token_endpoint_auth_method', credentials('token_endpoint_auth_method'), 'client_secret_basic'],
      ['auto_key_rotation', credentials('autoKeyRotation'), true],
      ['consent_method', client('consent_method'), 'TRUSTED'],
      ['issuer_mode', client('issuer_mode'), 'ORG_URL'],
      ['wildcard_redirect', client('wildcard_redirect'), 'DISABLED'],
      ['login_mode', at('settings', 'oauthClient', 'idp_initiated_login', 'mode'), 'DISABLED'],
      ['login_scopes', at('settings', 'oauthClient', 'idp_initiated_login', 'default_scope'), undefined],
      ['login_uri', client('initiate_login_uri'), undefined],
      ['client_uri', client('client_uri'), undefined],
      ['logo_uri', client('logo_uri'), undefined],
      ['policy_uri', client('policy_uri'), undefined],
      ['tos_uri', client('tos_uri'), undefined],
      ['post_logout_redirect_uris', client('post_logout_redirect_uris'), undefined],
      ['refresh_token_rotation', at('settings', 'oauthClient', 'refresh_token', 'rotation_type'), 'STATIC'],
      ['refresh_token_leeway', at('settings', 'oauthClient', 'refresh_token', 'leeway'), 0],
      ['implicit_assignment', at('settings', 'implicitAssignment'), false],
      ['admin_note', at('settings', 'notes', 'admin'), undefined],
      ['enduser_note', at('settings', 'notes', 'enduser'), undefined],
      ['accessibility_self_service', at('accessibility', 'selfService'), false],
      ['accessibility_error_redirect_url', at('accessibility', 'errorRedirectUrl'), undefined],
      ['accessibility_login_redirect_url', at('accessibility', 'loginRedirectUrl'), undefined],
      ['auto_submit_toolbar', at('visibility', 'autoSubmitToolbar'), false],
      ['hide_ios', at('visibility', 'hide', 'iOS'), true],
      ['hide_web', at('visibility', 'hide', 'web'), true],
      ['user_name_template', at('credentials', 'userNameTemplate', 'template'), '${source.login}'],
      ['user_name_template_type', at('credentials', 'userNameTemplate', 'type'), 'BUILT_IN'],
      ['user_name_template_suffix', at('credentials', 'userNameTemplate', 'suffix'), undefined],
      ['profile', profileOf(application), undefined],
    ),
  ];
}

/** The profile as JSON, as the resource takes it. */
function profileOf({ profile }: Entity): string | undefined {
  const hasSome = typeof profile === 'object' && profile !== null && Object.keys(profile).length > 0;
  return hasSome ? JSON.stringify(profile) : undefined;
}

function typeOf(application: Entity): unknown {
  return clientSetting(application, 'application_type');
}

function clientSetting(application: Entity, field: string): unknown {
  return fieldOf(application, 'settings', 'oauthClient', field);
}
