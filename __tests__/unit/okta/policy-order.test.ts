import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { DataTerraformRemoteStateLocal, TerraformStack, Testing } from 'cdktf';
import {
  AccessPolicy,
  AuthorizationServer,
  OidcClient,
  OidcClientType,
  OktaDevPortalOidc,
} from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize, synthesizeApp } from '../../support/synth';

/*
 * Okta renumbers all policies of a server when one is added, and fails when several are added at once. So each policy
 * waits for the one before.
 */

test('references by remote state to one server create policies one after the other', () => {
  const stack = stackWithProviders();
  const state = new DataTerraformRemoteStateLocal(stack, 'state', { path: 'platform.tfstate' });
  for (const policyName of ['Readers', 'Writers']) {
    const attributes = {
      authorizationServerId: state.getString('server_id'),
      issuer: state.getString('issuer'),
      scopeNames: state.getList(policyName),
      strategyId: state.getString(policyName),
    };
    const accessPolicy = { name: policyName };
    OktaDevPortalOidc.fromAttributes(stack, policyName, attributes, { accessPolicy }).allowClient('0oa1');
  }
  const policies = Object.values(synthesize(stack).resources('okta_auth_server_policy'));
  expect(policies.map(({ depends_on: before }) => before)).toEqual([
    undefined,
    [expect.stringMatching(/^okta_auth_server_policy\.Readers_/)],
  ]);
});

test('a server of another stack and a reference to it are one server for the policies here', () => {
  const app = Testing.app();
  const [platform, team] = ['platform', 'team'].map((id) => {
    const stack = new TerraformStack(app, id);
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    return stack;
  });
  const oidc = new OktaDevPortalOidc(platform, 'oidc');
  OktaDevPortalOidc.fromAttributes(team, 'first', oidc).allowClient('0oa1');
  const own = new OktaDevPortalOidc(team, 'second', {
    authorizationServer: oidc.authorizationServer,
    name: 'Own',
    allowedClientIds: ['0oa1'],
  });
  expect(own.claim).toBe(oidc.claim);
  const [json] = synthesizeApp(app, 'team');
  const policies = Object.values(json.resources('okta_auth_server_policy'));
  expect(policies.map(({ depends_on: before }) => before)).toEqual([
    undefined,
    [expect.stringMatching(/^okta_auth_server_policy\.first_/)],
  ]);
});

test('added policies and those of clients are created in one order, after their dependsOn', () => {
  const stack = stackWithProviders();
  const [server, same] = ['a', 'b'].map((id) => AuthorizationServer.fromDefault(stack, id));
  const client = new OidcClient(stack, 'client', { label: 'Client', type: OidcClientType.SERVICE });
  server.addAccessPolicy('first', { name: 'First', allClients: true });
  new OktaDevPortalOidc(stack, 'oidc', { authorizationServer: same, allowedClientIds: ['0oa1'] });
  const dependsOn = [client.resource];
  new AccessPolicy(stack, 'last', {
    name: 'Last',
    allClients: true,
    authorizationServer: server,
    dependsOn,
  });
  AuthorizationServer.fromLookup(stack, 'other', { name: 'other' }).addAccessPolicy('alone', {
    name: 'Alone',
    allClients: true,
  });
  const policies = Object.values(synthesize(stack).resources('okta_auth_server_policy'));
  expect(Object.fromEntries(policies.map(({ name, depends_on: before }) => [name, before]))).toEqual({
    First: undefined,
    'Okta OIDC': [expect.stringMatching(/^okta_auth_server_policy\.a_first_/)],
    Last: [
      expect.stringMatching(/^okta_app_oauth\.client_/),
      expect.stringMatching(/^okta_auth_server_policy\.oidc_/),
    ],
    Alone: undefined,
  });
});
