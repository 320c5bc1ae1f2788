import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  AuthMethod,
  AuthorizationServer,
  DevPortal,
  OidcClientType,
  OktaDevPortalOidc,
  Visibility,
} from '../../lib';
import { prerequisites, stackWithProviders } from '../support/how-to';
import { type Synthesized, synthesize, synthesizeApp } from '../support/synth';
import { expectFailures } from '../support/validation';

const WEB = { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] };

describe('with its defaults', () => {
  let oidc: OktaDevPortalOidc;
  let json: Synthesized;

  beforeEach(() => {
    const stack = stackWithProviders();
    const { api, portal } = prerequisites(stack);
    const publications = { api: { api, portal } };
    oidc = new OktaDevPortalOidc(stack, 'oidc', { clients: { app: WEB }, publications });
    json = synthesize(stack);
  });

  test('creates the resources of the how-to only', () => {
    expect(json.counts()).toEqual({
      konnect_api: 1,
      konnect_api_implementation: 1,
      konnect_api_publication: 1,
      konnect_application_auth_strategy: 1,
      konnect_gateway_route: 1,
      konnect_gateway_service: 1,
      konnect_portal: 1,
      konnect_portal_page: 1,
      okta_app_oauth: 1,
      okta_auth_server_claim: 1,
      okta_auth_server_policy: 1,
      okta_auth_server_policy_rule: 1,
      okta_auth_server_scope: 1,
      terraform_data: 5,
    });
    expect(Object.values(json.data('okta_auth_server'))).toEqual([{ name: 'default' }]);
  });

  test('addresses do not change', () => {
    expect(json.addresses()).toEqual([
      'konnect_api.api_C8550315',
      'konnect_api_implementation.api_Implementation_1983CDDB',
      'konnect_api_publication.oidc_Publication-api_9DD7AE25',
      'konnect_application_auth_strategy.oidc_Strategy_748C715B',
      'konnect_gateway_route.service_route_E6AB8B37',
      'konnect_gateway_service.service_6D174F83',
      'konnect_portal.portal_95FA52AA',
      'konnect_portal_page.portal_HomePage_E5E7D2A5',
      'okta_app_oauth.oidc_Client-app_86599D75',
      'okta_auth_server_claim.oidc_AuthorizationServer_Claim-clientId_146E52E1',
      'okta_auth_server_policy.oidc_AccessPolicy_DA86F83E',
      'okta_auth_server_policy_rule.oidc_AccessPolicy_Rule-Clientcredentials_B1E5EC21',
      'okta_auth_server_scope.oidc_AuthorizationServer_Scope-apiaccess_F5FC539F',
      'terraform_data.oidc_AccessPolicy_Id_17CB89D8',
      'terraform_data.oidc_AccessPolicy_ParentId_AE72F043',
      'terraform_data.oidc_AuthorizationServer_Id_AF81A96F',
      'terraform_data.oidc_Publication-api_Published_31AF3B1D',
      'terraform_data.portal_Id_C7C56703',
    ]);
  });

  test('the rule keeps its address when it is renamed: a replacement would interrupt all clients', () => {
    const stack = stackWithProviders();
    new OktaDevPortalOidc(stack, 'oidc', { clients: { app: WEB }, accessPolicy: { ruleName: 'Machines' } });
    const rules = Object.keys(synthesize(stack).resources('okta_auth_server_policy_rule'));
    expect(rules).toEqual(Object.keys(json.resources('okta_auth_server_policy_rule')));
  });

  test('the strategy names issuer, claim and scope by reference', () => {
    expect(json.only('konnect_application_auth_strategy')).toEqual({
      lifecycle: { create_before_destroy: true },
      openid_connect: {
        name: 'Okta OIDC',
        display_name: 'Okta OIDC',
        strategy_type: 'openid_connect',
        configs: {
          openid_connect: {
            issuer: '${data.okta_auth_server.oidc_AuthorizationServer_Data_AE86BAE4.issuer}',
            credential_claim: [
              '${okta_auth_server_claim.oidc_AuthorizationServer_Claim-clientId_146E52E1.name}',
            ],
            auth_methods: ['client_credentials'],
            scopes: ['${okta_auth_server_scope.oidc_AuthorizationServer_Scope-apiaccess_F5FC539F.name}'],
          },
        },
      },
    });
  });

  test('the policy lets in the client by reference, its rule the scope', () => {
    const client = Object.keys(json.resources('okta_app_oauth'))[0];
    expect(json.only('okta_auth_server_policy').client_whitelist).toEqual([
      `\${okta_app_oauth.${client}.client_id}`,
    ]);
    expect(json.only('okta_auth_server_policy_rule')).toMatchObject({
      grant_type_whitelist: ['client_credentials'],
      scope_whitelist: ['${okta_auth_server_scope.oidc_AuthorizationServer_Scope-apiaccess_F5FC539F.name}'],
    });
  });

  test('the publication has the strategy and the visibility', () => {
    expect(json.only('konnect_api_publication')).toMatchObject({
      auth_strategy_ids: ['${konnect_application_auth_strategy.oidc_Strategy_748C715B.id}'],
      visibility: 'public',
    });
  });

  test('there is no secret in the configuration', () => {
    expect(json.only('okta_app_oauth').omit_secret).toBe(true);
    expect(JSON.stringify(json.json)).not.toContain('client_secret}');
  });

  test('everything that it creates is a property', () => {
    expect(oidc.scopes.map((scope) => scope.node.id)).toEqual(['Scope-api.access']);
    expect(oidc.claim.node.path).toBe('stack/oidc/AuthorizationServer/Claim-clientId');
    expect(oidc.clients.map((client) => client.node.id)).toEqual(['Client-app']);
    expect(oidc.publications).toHaveLength(1);
    expect(oidc.accessPolicy?.clients).toEqual(oidc.clients);
  });

  test('its lists are copies', () => {
    oidc.clients.pop();
    oidc.publications.pop();
    expect([oidc.clients.length, oidc.publications.length]).toEqual([1, 1]);
  });
});

test('every prop reaches its resource', () => {
  const stack = stackWithProviders();
  new OktaDevPortalOidc(stack, 'oidc', {
    authorizationServer: new AuthorizationServer(stack, 'server', {
      name: 'partners',
      audiences: ['api://p'],
    }),
    claimName: 'app_id',
    scopes: ['orders.read', 'orders.write'],
    name: 'Partners',
    displayName: 'Partner login',
    authMethods: [AuthMethod.CLIENT_CREDENTIALS, AuthMethod.BEARER],
    labels: { team: 'orders' },
    scopesRequired: ['orders.read'],
    scopesClaim: ['app', 'scopes'],
    audienceRequired: ['api://p'],
    audienceClaim: ['app', 'aud'],
    additionalProperties: { ssl_verify: true },
    allowedClientIds: ['0oa1', '0oa2'],
    accessPolicy: {
      name: 'Partner clients',
      description: 'Clients of partners',
      priority: 3,
      ruleName: 'Machines',
      groups: ['EVERYONE'],
      accessTokenLifetimeMinutes: 15,
    },
  });
  const json = synthesize(stack);
  expect(json.data('okta_auth_server')).toEqual({});
  expect(json.only('konnect_application_auth_strategy').openid_connect).toMatchObject({
    name: 'Partners',
    display_name: 'Partner login',
    labels: { team: 'orders' },
    configs: {
      openid_connect: {
        auth_methods: ['client_credentials', 'bearer'],
        additional_properties:
          '{"scopes_required":["orders.read"],"scopes_claim":["app","scopes"],"audience_required":["api://p"],"audience_claim":["app","aud"],"ssl_verify":true}',
      },
    },
  });
  expect(Object.keys(json.resources('okta_auth_server_scope'))).toHaveLength(2);
  expect(json.only('okta_auth_server_claim').name).toBe('app_id');
  const policy = json.only('okta_auth_server_policy');
  expect(policy).toMatchObject({
    name: 'Partner clients',
    description: 'Clients of partners',
    priority: 3,
    client_whitelist: ['0oa1', '0oa2'],
  });
  // Okta renumbers priorities.
  expect(policy.lifecycle).toMatchObject({ ignore_changes: ['priority'] });
  expect(json.only('okta_auth_server_policy_rule')).toMatchObject({
    name: 'Machines',
    access_token_lifetime_minutes: 15,
    group_whitelist: ['EVERYONE'],
  });
});

test('without clients there is no policy: Okta would reject it', () => {
  const stack = stackWithProviders();
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  expect(oidc.accessPolicy).toBeUndefined();
  expect(synthesize(stack).resources('okta_auth_server_policy')).toEqual({});
});

test('clients that are added later are in the policy', () => {
  const stack = stackWithProviders();
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  oidc.allowClient('0oa1');
  oidc.addClient('robot', { label: 'Robot', type: OidcClientType.SERVICE });
  const json = synthesize(stack);
  const [robot] = Object.keys(json.resources('okta_app_oauth'));
  expect(json.only('okta_auth_server_policy').client_whitelist).toEqual([
    '0oa1',
    `\${okta_app_oauth.${robot}.client_id}`,
  ]);
});

test('rejected clients can be corrected', () => {
  const stack = stackWithProviders();
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  expectFailures(() => oidc.allowClient(''), ['clientId', /must not be empty/]);
  expect(oidc.accessPolicy).toBeUndefined();
  oidc.allowClient('0oa1');
  expectFailures(() => oidc.allowClient('0oa1'), ['client', /must not be added twice/]);
  oidc.allowClient('0oa2');
  expectFailures(() => oidc.addClient('app', { ...WEB, redirectUris: [] }), ['redirectUris', /at least one/]);
  oidc.addClient('app', WEB);
  expect(synthesize(stack).only('okta_auth_server_policy').client_whitelist).toHaveLength(3);
});

test('two constructs on one server share scope and claim', () => {
  const stack = stackWithProviders();
  const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
  const first = new OktaDevPortalOidc(stack, 'first', { authorizationServer });
  const second = new OktaDevPortalOidc(stack, 'second', {
    authorizationServer,
    name: 'Second',
    scopes: ['api.access', 'api.admin'],
  });
  expect(second.claim).toBe(first.claim);
  expect(second.scopes[0]).toBe(first.scopes[0]);
  expect(synthesize(stack).counts()).toMatchObject({ okta_auth_server_scope: 2, okta_auth_server_claim: 1 });
});

test('policies on one server are created one after the other', () => {
  const stack = stackWithProviders();
  const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
  for (const name of ['First', 'Second', 'Third']) {
    new OktaDevPortalOidc(stack, name, { authorizationServer, name, allowedClientIds: ['0oa1'] });
  }
  const policies = synthesize(stack).resources('okta_auth_server_policy');
  const addresses = Object.keys(policies).map((name) => `okta_auth_server_policy.${name}`);
  expect(Object.values(policies).map(({ depends_on: before }) => before)).toEqual([
    undefined,
    [addresses[0]],
    [addresses[1]],
  ]);
});

test('passes on its providers', () => {
  const stack = stackWithProviders();
  const oktaProvider = new OktaProvider(stack, 'okta-eu', { alias: 'eu' });
  const konnectProvider = new KonnectProvider(stack, 'konnect-eu', { alias: 'eu' });
  const portal = DevPortal.fromPortalId(stack, 'portal', '22222222-2222-4222-8222-222222222222');
  const api = Api.fromApiId(stack, 'api', '33333333-3333-4333-8333-333333333333');
  new OktaDevPortalOidc(stack, 'oidc', {
    oktaProvider,
    konnectProvider,
    clients: { app: WEB },
    publications: { api: { api, portal } },
  });
  const json = synthesize(stack);
  for (const type of Object.keys(json.counts()).filter((each) => each !== 'terraform_data')) {
    expect([type, json.only(type).provider]).toEqual([type, `${type.split('_')[0]}.eu`]);
  }
  expect(Object.values(json.data('okta_auth_server'))).toEqual([{ name: 'default', provider: 'okta.eu' }]);
});

test('the policy uses oktaProvider if the server has no provider', () => {
  const stack = stackWithProviders();
  const oktaProvider = new OktaProvider(stack, 'okta-eu', { alias: 'eu' });
  const authorizationServer = AuthorizationServer.fromAttributes(stack, 'server', {
    authorizationServerId: 'aus1',
    issuer: 'https://example.okta.com/oauth2/aus1',
  });
  new OktaDevPortalOidc(stack, 'oidc', { authorizationServer, oktaProvider, allowedClientIds: ['0oa1'] });
  const json = synthesize(stack);
  expect(json.only('okta_auth_server_policy').provider).toBe('okta.eu');
  expect(json.only('okta_auth_server_policy_rule').provider).toBe('okta.eu');
});

test('fromAttributes needs a policy name in a stack with a long one', () => {
  const stack = new TerraformStack(Testing.app(), 'x'.repeat(120));
  const attributes = {
    authorizationServerId: 'aus1',
    issuer: 'https://example.okta.com/oauth2/aus1',
    scopeNames: ['api.access'],
    strategyId: '44444444-4444-4444-8444-444444444444',
  };
  expect(() => OktaDevPortalOidc.fromAttributes(stack, 'oidc', attributes)).toThrow(
    /`accessPolicy.name` is required.*Set accessPolicy.name/,
  );
});

test('fromAttributes creates only clients and publications', () => {
  const stack = stackWithProviders();
  const oidc = OktaDevPortalOidc.fromAttributes(stack, 'oidc', {
    authorizationServerId: 'aus1',
    issuer: 'https://example.okta.com/oauth2/aus1',
    scopeNames: ['api.access'],
    strategyId: '44444444-4444-4444-8444-444444444444',
  });
  oidc.addClient('app', WEB);
  oidc.publish('api', prerequisites(stack));
  const json = synthesize(stack);
  expect(json.counts()).toMatchObject({ okta_app_oauth: 1, konnect_api_publication: 1 });
  expect(json.counts()).not.toHaveProperty('konnect_application_auth_strategy');
  expect(json.counts()).not.toHaveProperty('okta_auth_server_scope');
  expect(json.only('konnect_api_publication')).toMatchObject({
    auth_strategy_ids: ['44444444-4444-4444-8444-444444444444'],
    visibility: Visibility.PUBLIC,
  });
  expect(json.only('okta_auth_server_policy')).toMatchObject({
    auth_server_id: 'aus1',
    name: 'Okta OIDC (stack)',
    priority: 1000,
    lifecycle: { ignore_changes: ['priority'] },
  });
});

describe('across stacks of one app', () => {
  let platform: TerraformStack;
  let team: TerraformStack;
  let ofPlatform: Synthesized;
  let ofTeam: Synthesized;

  beforeEach(() => {
    const app = Testing.app();
    [platform, team] = ['platform', 'team'].map((name) => {
      const stack = new TerraformStack(app, name);
      new OktaProvider(stack, 'okta', {});
      new KonnectProvider(stack, 'konnect', {});
      return stack;
    });
    const oidc = new OktaDevPortalOidc(platform, 'oidc', { clients: { app: WEB } });
    const { api, portal } = prerequisites(team);
    oidc.publish('api', { api, portal });
    OktaDevPortalOidc.fromAttributes(team, 'oidc', oidc).addClient('app', { ...WEB, label: 'Team app' });
    [ofPlatform, ofTeam] = synthesizeApp(app, 'platform', 'team');
  });

  test('a publication belongs to the stack of its API', () => {
    expect(ofPlatform.counts()).not.toHaveProperty('konnect_api_publication');
    expect(JSON.stringify(ofTeam.only('konnect_api_publication').auth_strategy_ids)).toContain(
      'data.terraform_remote_state',
    );
  });

  test('a client belongs to the stack that adds it, with a separate policy', () => {
    expect(ofPlatform.only('okta_app_oauth').label).toBe('Dev Portal app');
    expect(ofTeam.only('okta_app_oauth').label).toBe('Team app');
    expect(ofTeam.only('okta_auth_server_policy').name).toBe('Okta OIDC (team)');
  });

  test('only the team depends on the platform', () => {
    expect(team.dependsOn(platform)).toBe(true);
    expect(platform.dependsOn(team)).toBe(false);
  });
});

test('preventDestroy protects clients and publications, apart from exceptions', () => {
  const stack = stackWithProviders();
  const { api, portal } = prerequisites(stack);
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    preventDestroy: true,
    publications: { api: { api, portal } },
    clients: { kept: WEB, trial: { ...WEB, label: 'Trial', preventDestroy: false } },
  });
  const json = synthesize(stack);
  const isProtected = Object.entries({
    ...json.resources('konnect_api_publication'),
    ...json.resources('okta_app_oauth'),
  }).map(([name, { lifecycle }]) => [name, Object(lifecycle).prevent_destroy]);
  const [kept, trial] = oidc.clients.map(({ node }) => node.id);
  expect([kept, trial]).toEqual(['Client-kept', 'Client-trial']);
  expect(isProtected).toEqual([
    [expect.stringContaining('Publication-api'), true],
    [expect.stringContaining(kept), true],
    [expect.stringContaining(trial), undefined],
  ]);
});
