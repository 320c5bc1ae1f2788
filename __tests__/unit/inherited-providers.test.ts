import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  KonnectRegion,
  OidcClient,
  OktaDevPortalOidc,
  PortalApplication,
  PortalDeveloper,
  ProviderVersions,
} from '../../lib';
import { newStack, synthesize } from '../support/synth';
import { UUID } from '../support/validation';

test('a child whose provider is undefined has the provider of its parent', () => {
  const stack = newStack();
  ProviderVersions.require(stack, { konnect: '~> 3.21' });
  const okta = new OktaProvider(stack, 'okta', { alias: 'org' });
  const konnect = new KonnectProvider(stack, 'konnect', { alias: 'eu' });
  const provider = undefined;

  const server = AuthorizationServer.fromDefault(stack, 'server', { provider: okta });
  server.addScope('orders.read', { provider });
  server.addClientIdClaim('claim', { provider });
  const policy = server.addAccessPolicy('policy', { name: 'Policy', allClients: true, provider });
  policy.addRule({ name: 'Rule', scopes: ['*'], provider });

  const portal = new DevPortal(stack, 'portal', { name: 'Portal', rbacEnabled: true, provider: konnect });
  portal.addPage('page', { slug: 'page', content: '', provider });
  const team = portal.addTeam('team', { name: 'Team', region: KonnectRegion.EU, provider });
  const service = GatewayService.fromAttributes(stack, 'service', {
    serviceId: UUID,
    controlPlane: ControlPlane.fromControlPlaneId(stack, 'control-plane', UUID),
    provider: konnect,
  });
  service.addRoute('route', { paths: ['/'], provider });

  const api = new Api(stack, 'api', { name: 'API', gatewayService: service, provider: konnect });
  api.grantViewer(team);
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    authorizationServer: server,
    oktaProvider: provider,
    konnectProvider: konnect,
  });
  const client = oidc.addClient('client', { label: 'Client', redirectUris: ['https://localhost'], provider });
  oidc.publish('api', { api, portal, provider });
  const developer = new PortalDeveloper(stack, 'developer', {
    portal,
    email: 'dev@example.test',
    fullName: 'Dev Eloper',
    provider: konnect,
  });
  oidc.registerClient('app', { client, developer, provider });
  const application = new PortalApplication(stack, 'application', {
    client: OidcClient.fromClientId(stack, 'existing', '0oa1'),
    developer,
    strategy: oidc.strategy,
    provider: konnect,
  });
  application.register('api', { api, provider });

  const { resource } = synthesize(stack).json as { resource: { [type: string]: object } };
  const types = Object.keys(resource).filter((type) => type !== 'terraform_data');
  expect(types).toHaveLength(17);
  const providersOf = (type: string) => Object.values(resource[type]).map(({ provider: used }) => used);
  for (const type of types) {
    const expected = type.startsWith('okta_') ? 'okta.org' : 'konnect.eu';
    expect([type, new Set(providersOf(type))]).toEqual([type, new Set([expected])]);
  }
});
