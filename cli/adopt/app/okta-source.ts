import { type Entity, fieldOf, nameOf, textOf, textsOf } from '../../entity';
import { ALL_CLIENTS, clientIdOf, clientsOf } from '../../okta-entity';
import type { FoundPolicy, FoundServer } from '../how-to/how-to';
import { type AppSource, constructId } from './app-source';
import { type Code, valueCode } from './code';
import { type Deviation, differencesFromConstruct, differencesFromDefaults } from './deviations';
import { codeUnlessDefault } from './props';

const WEB_GRANTS = ['authorization_code', 'client_credentials'];
const SERVICE_GRANTS = ['client_credentials'];

/**
 * Adds the authorization server, with scopes and claim if they differ from the defaults.
 *
 * @returns its variable; `undefined` for a default server without differences
 */
export function addServer(
  source: AppSource,
  { entity, issuer, scopes, claims: [claim] }: FoundServer,
): string | undefined {
  const hasOtherIssuer = issuer !== entity.issuer;
  const isDefault = nameOf(entity) === 'default' && !hasOtherIssuer;
  const options = new Map(scopes.map((scope) => [nameOf(scope), scopeOptions(scope)]));
  const bound = claimScopes(claim).filter((scope) => options.has(scope));
  const isPlain = [...options.values()].every((each) => Object.keys(each).length === 0);
  if (isDefault && isPlain && bound.length === 0) {
    return undefined;
  }
  const server = `const server = ${source.use('AuthorizationServer')}`;
  if (hasOtherIssuer) {
    source.call(`${server}.fromAttributes(stack, 'server', `, {
      authorizationServerId: valueCode(entity.id),
      issuer: valueCode(issuer),
    });
  } else {
    source.line(
      isDefault
        ? `${server}.fromDefault(stack, 'server');`
        : `${server}.fromLookup(stack, 'server', { name: ${String(valueCode(nameOf(entity)))} });`,
    );
  }
  const variables = new Map<string, string>();
  for (const [scope, details] of options) {
    const isBound = bound.includes(scope);
    if (isBound) {
      variables.set(scope, source.variable(scope, 'scope'));
    }
    if (isBound || Object.keys(details).length > 0) {
      const start = isBound ? `const ${variables.get(scope)} = ` : '';
      const props = Object.keys(details).length > 0 ? details : undefined;
      const call = `${start}server.addScope(${String(valueCode(scope))}`;
      if (props) {
        source.call(`${call}, `, props);
      } else {
        source.line(`${call});`);
      }
    }
  }
  if (bound.length > 0) {
    source.call(`server.addClientIdClaim(${String(valueCode(nameOf(claim)))}, `, {
      scopes: bound.map((scope) => variables.get(scope) ?? ''),
    });
  }
  return 'server';
}

/** Keeps settings of claim and scopes without a prop. */
export function keepServerDetails(source: AppSource, { scopes, claims: [claim] }: FoundServer): void {
  const adopted = scopes.map(nameOf);
  const bound = claimScopes(claim);
  source.keep(`Claim ${nameOf(claim)}`, 'oidc.claim.resource', [
    ...differencesFromDefaults(
      ['status', claim.status, 'ACTIVE'],
      ['always_include_in_token', claim.alwaysIncludeInToken, true],
    ),
    ...(bound.every((scope) => adopted.includes(scope)) ? [] : [{ attribute: 'scopes', value: bound }]),
  ]);
  for (const [index, scope] of scopes.entries()) {
    source.keep(
      `Scope ${nameOf(scope)}`,
      `oidc.scopes[${index}].resource`,
      differencesFromDefaults(['consent', scope.consent, 'IMPLICIT'], ['optional', scope.optional, false]),
    );
  }
}

function scopeOptions(scope: Entity): { readonly [prop: string]: Code } {
  const options: { [prop: string]: Code | undefined } = {
    displayName: codeUnlessDefault(scope.displayName),
    description: codeUnlessDefault(scope.description),
    publishInMetadata: scope.metadataPublish === 'NO_CLIENTS' ? 'false' : undefined,
    defaultScope: scope.default === true ? 'true' : undefined,
  };
  return Object.fromEntries(
    Object.entries(options).flatMap(([prop, code]) => (code === undefined ? [] : [[prop, code]])),
  );
}

function claimScopes(claim: Entity): string[] {
  return textsOf(claim, 'conditions', 'scopes');
}

/** The prop `accessPolicy`. */
export function accessPolicyProp({ entity: policy, rules: [rule] }: FoundPolicy): Code {
  return {
    name: valueCode(nameOf(policy)),
    description: valueCode(textOf(policy, 'description')),
    ruleName: valueCode(nameOf(rule)),
    groups: codeUnlessDefault(groupsOf(rule)),
    accessTokenLifetimeMinutes: codeUnlessDefault(tokenSetting(rule, 'accessTokenLifetimeMinutes'), 60),
  };
}

/** Keeps settings of policy and rule without a prop. */
export function keepPolicyDetails(
  source: AppSource,
  { entity: policy, rules: [rule] }: FoundPolicy,
  scopes: readonly string[],
): void {
  const owner = 'oidc.accessPolicy';
  const isForAll = clientsOf(policy).includes(ALL_CLIENTS);
  source.keepIf(`Access policy ${nameOf(policy)}`, owner, `${owner}.resource`, [
    ...differencesFromDefaults(['status', policy.status, 'ACTIVE']),
    ...(isForAll ? [{ attribute: 'client_whitelist', value: clientsOf(policy) }] : []),
  ]);
  const people = (side: string, list: string) => textsOf(rule, 'conditions', 'people', side, list);
  source.keepIf(`Rule ${nameOf(rule)}`, owner, `${owner}.rules[0].resource`, [
    ...differencesFromConstruct(
      ['priority', rule.priority ?? 1, 1],
      ['grant_type_whitelist', textsOf(rule, 'conditions', 'grantTypes', 'include'), ['client_credentials']],
      ['scope_whitelist', textsOf(rule, 'conditions', 'scopes', 'include'), scopes],
    ),
    ...differencesFromDefaults(
      ['status', rule.status, 'ACTIVE'],
      ['group_blacklist', people('groups', 'exclude'), undefined],
      ['user_whitelist', people('users', 'include'), undefined],
      ['user_blacklist', people('users', 'exclude'), undefined],
      ['refresh_token_lifetime_minutes', tokenSetting(rule, 'refreshTokenLifetimeMinutes'), 0],
      ['refresh_token_window_minutes', tokenSetting(rule, 'refreshTokenWindowMinutes'), 10_080],
      ['inline_hook_id', fieldOf(rule, 'actions', 'token', 'inlineHook', 'id'), undefined],
    ),
  ]);
}

/** Client ids of the policy that the stack does not adopt. */
export function allowedClientIds(policy: Entity, applications: readonly Entity[]): string[] {
  const adopted = applications.map(clientIdOf);
  return clientsOf(policy).filter((id) => id !== ALL_CLIENTS && !adopted.includes(id));
}

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

function tokenSetting(rule: Entity, field: string): unknown {
  return fieldOf(rule, 'actions', 'token', field);
}

function groupsOf(rule: Entity): string[] {
  return textsOf(rule, 'conditions', 'people', 'groups', 'include');
}
