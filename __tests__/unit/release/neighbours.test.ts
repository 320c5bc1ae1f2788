import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  DevPortal,
  KonnectRegion,
  OidcClient,
  OktaDevPortalOidc,
  PortalDeveloper,
  PortalRole,
  ProviderVersions,
} from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import { synthesize, synthesizeApp } from '../../support/synth';
import { UUID } from '../../support/validation';
import { removedAddresses } from './removed-blocks';

/*
 * What is only created after a released construct does not refer to it: the released one exists already.
 */

/** `depends_on` of the resources of a type, by a name. */
function orderOf(stack: TerraformStack, type: string, name: string) {
  const resources = Object.values(synthesize(stack).resources(type));
  return Object.fromEntries(resources.map((each) => [each[name], each.depends_on]));
}

test('documents follow the one before the released one', () => {
  const stack = stackWithProviders();
  const api = new Api(stack, 'api', { name: 'API' });
  const [, second] = ['first', 'second', 'third'].map((slug) => api.addDocument(slug, { slug, content: '' }));
  second?.release();
  expect(orderOf(stack, 'konnect_api_document', 'slug')).toEqual({
    first: undefined,
    third: [expect.stringMatching(/^konnect_api_document\.api_first_/)],
  });
});

test('policies and rules follow the one before the released one', () => {
  const stack = stackWithProviders();
  const server = AuthorizationServer.fromDefault(stack, 'server');
  const [first, second] = ['First', 'Second'].map((name) =>
    server.addAccessPolicy(name, { name, allClients: true }),
  );
  const [rule] = ['One', 'Two'].map((name) => second?.addRule({ name, scopes: ['openid'] }));
  first?.release();
  rule?.release();
  expect(orderOf(stack, 'okta_auth_server_policy', 'name')).toEqual({ Second: undefined });
  expect(orderOf(stack, 'okta_auth_server_policy_rule', 'name')).toEqual({ Two: undefined });
});

test('a released scope stays in the rule by its name', () => {
  const stack = stackWithProviders();
  const server = AuthorizationServer.fromDefault(stack, 'server');
  const scope = server.addScope('orders');
  server
    .addAccessPolicy('policy', { name: 'P', allClients: true })
    .addRule({ name: 'R', scopes: ['orders'] });
  scope.release();
  const json = synthesize(stack);
  expect(json.only('okta_auth_server_policy_rule').scope_whitelist).toEqual(['orders']);
  expect(removedAddresses(json)).toHaveLength(1);
});

test('a role and a registration stay without the released publication', () => {
  const stack = stackWithProviders();
  ProviderVersions.require(stack, { konnect: '~> 3.21' });
  const { api } = prerequisites(stack);
  const portal = new DevPortal(stack, 'developers', { name: 'Developers', rbacEnabled: true });
  const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { api: { api, portal } } });
  oidc.registerClient('app', {
    client: OidcClient.fromClientId(stack, 'client', '0oa1'),
    developer: PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal),
  });
  api.grant(portal.addTeam('team', { name: 'Team', region: KonnectRegion.EU }), PortalRole.API_VIEWER);
  oidc.publications[0]?.release();
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration').depends_on).toBeUndefined();
  expect(json.only('konnect_portal_team_role').depends_on).toBeUndefined();
});

test('another stack of the app takes over a released policy', () => {
  const app = Testing.app();
  const [released] = ['platform', 'team'].map((id) => {
    const stack = new TerraformStack(app, id);
    new OktaProvider(stack, 'okta', { orgName: 'dev-1', baseUrl: 'okta.com' });
    new KonnectProvider(stack, 'konnect', {});
    return new OktaDevPortalOidc(stack, 'oidc', { allowedClientIds: ['0oa1'] });
  });
  released?.release();
  const [platform, team] = synthesizeApp(app, 'platform', 'team');
  expect(platform?.addresses()).toEqual([]);
  expect(team?.resources('okta_auth_server_policy')).not.toEqual({});
});
