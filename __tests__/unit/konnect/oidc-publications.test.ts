import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  Api,
  DevPortal,
  OidcClient,
  OidcPublications,
  PortalDeveloper,
  ProviderVersions,
} from '../../../lib';
import { newStack, synthesize } from '../../support/synth';

test('registers a client of another issuer, in a stack without the okta provider', () => {
  const stack = newStack();
  new KonnectProvider(stack, 'konnect', {});
  ProviderVersions.require(stack, { konnect: '~> 3.21' });
  const portal = new DevPortal(stack, 'portal', { name: 'Portal' });
  const developer = new PortalDeveloper(stack, 'developer', {
    portal,
    email: 'dev@example.com',
    fullName: 'Dev',
  });
  const oidc = new OidcPublications(stack, 'oidc', {
    name: 'Keycloak',
    issuer: 'https://keycloak.example.com/realms/apis',
    credentialClaim: ['azp'],
    scopes: ['api.access'],
    publications: { orders: { api: new Api(stack, 'orders', { name: 'Orders' }), portal } },
  });
  const client = OidcClient.fromClientId(stack, 'client', 'orders-job');
  oidc.registerClient('orders-job', { client, developer });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application')).toMatchObject({ client_id: 'orders-job' });
  expect(json.counts()).toMatchObject({ konnect_portal_application_registration: 1 });
  expect(Object.keys(json.counts()).filter((type) => type.startsWith('okta'))).toEqual([]);
});
