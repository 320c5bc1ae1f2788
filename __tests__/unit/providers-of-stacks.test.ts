import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type App, TerraformStack, Testing } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  DevPortal,
  OidcClient,
  OktaDevPortalOidc,
  PortalApplication,
  PortalDeveloper,
  ProviderVersions,
} from '../../lib';
import { type Synthesized, synthesizeApp } from '../support/synth';
import { UUID } from '../support/validation';

/*
 * A stack has its own providers: what one stack adds to another stack uses a provider of that stack.
 */

interface Providers {
  readonly [name: string]: readonly { readonly alias?: string }[];
}

/** Providers that resources and data sources reference and the stack does not have. */
function dangling({ json }: Synthesized): string[] {
  const providers = json.provider as Providers;
  const own = Object.entries(providers).flatMap(([name, each]) =>
    each.map(({ alias }) => (alias === undefined ? name : `${name}.${alias}`)),
  );
  const used = [...JSON.stringify([json.resource, json.data]).matchAll(/"provider":"([^"]+)"/g)];
  return used.map(([, provider]) => provider).filter((provider) => !own.includes(provider));
}

function stackOf(app: App, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  return stack;
}

const eu = (stack: TerraformStack, alias = 'eu') =>
  new KonnectProvider(stack, 'eu', { alias, serverUrl: 'https://eu.api.konghq.com' });

describe('an API of another stack, published by a platform whose provider has an alias', () => {
  let json: Synthesized[];

  beforeEach(() => {
    const app = Testing.app();
    const platform = stackOf(app, 'platform');
    const konnectProvider = eu(platform);
    const oidc = new OktaDevPortalOidc(platform, 'oidc', { konnectProvider });
    const portal = new DevPortal(platform, 'portal', { name: 'Portal', provider: konnectProvider });
    const teams = ['default', 'other', 'explicit'].map((name) => stackOf(app, name));
    const providers = [undefined, eu(teams[1], 'europe'), eu(teams[2], 'europe')];
    for (const [index, team] of teams.entries()) {
      const isExplicit = index === 2;
      const api = isExplicit
        ? Api.fromApiId(team, 'api', UUID)
        : new Api(team, 'api', { name: 'Orders', provider: providers[index] });
      oidc.publish('portal', { api, portal, ...(isExplicit && { provider: providers[index] }) });
    }
    json = synthesizeApp(app, ...teams.map(({ node }) => node.id));
  });

  test.each([
    ['the default provider of the stack of the API', 0, undefined],
    ['the provider of the API', 1, 'konnect.europe'],
    ['its explicit provider', 2, 'konnect.europe'],
  ])('uses %s', (_which, index, provider) => {
    expect(json[index].only('konnect_api_publication').provider).toBe(provider);
    expect(dangling(json[index])).toEqual([]);
  });
});

test('what is added to an authorization server of another stack uses its provider there', () => {
  const app = Testing.app();
  const [platform, team] = ['platform', 'team'].map((name) => stackOf(app, name));
  const provider = new OktaProvider(platform, 'org', { alias: 'org' });
  const authorizationServer = AuthorizationServer.fromDefault(platform, 'server', { provider });
  const oktaProvider = new OktaProvider(team, 'org', { alias: 'acme' });
  new OktaDevPortalOidc(team, 'default', { authorizationServer, allowedClientIds: ['0oa1'] });
  new OktaDevPortalOidc(team, 'explicit', {
    authorizationServer,
    oktaProvider,
    name: 'Explicit',
    scopes: ['explicit'],
    allowedClientIds: ['0oa1'],
  });
  const [ofPlatform, ofTeam] = synthesizeApp(app, 'platform', 'team');
  expect(ofPlatform.only('okta_auth_server_claim').provider).toBe('okta.org');
  const scopes = Object.values(ofPlatform.resources('okta_auth_server_scope'));
  expect(scopes.map((scope) => scope.provider)).toEqual(['okta.org', 'okta.org']);
  const policies = Object.values(ofTeam.resources('okta_auth_server_policy'));
  expect(policies.map((policy) => policy.provider)).toEqual([undefined, 'okta.acme']);
  expect([ofPlatform, ofTeam].flatMap(dangling)).toEqual([]);
});

test('a registration for an API of another stack uses its explicit provider there', () => {
  const app = Testing.app();
  const [platform, team] = ['platform', 'team'].map((name) => stackOf(app, name));
  for (const stack of [platform, team]) {
    ProviderVersions.require(stack, { konnect: '~> 3.21' });
  }
  const portal = new DevPortal(platform, 'portal', { name: 'Portal' });
  const oidc = new OktaDevPortalOidc(platform, 'oidc');
  const api = new Api(team, 'api', { name: 'Orders' });
  oidc.publish('orders', { api, portal });
  const application = new PortalApplication(platform, 'application', {
    client: OidcClient.fromClientId(platform, 'client', '0oa1'),
    developer: PortalDeveloper.fromDeveloperId(platform, 'developer', UUID, portal),
    strategy: oidc.strategy,
  });
  application.register('orders', { api, provider: eu(team, 'europe') });
  const [, ofTeam] = synthesizeApp(app, 'platform', 'team');
  expect(ofTeam.only('konnect_portal_application_registration').provider).toBe('konnect.europe');
  expect(dangling(ofTeam)).toEqual([]);
});
