import { OidcAuthStrategy } from '../../lib';
import { stackWithProviders } from '../../test-support/how-to';
import { synthesize } from '../../test-support/synth';

const PROPS = {
  name: 'Okta OIDC',
  issuer: 'https://example.okta.com/oauth2/default',
  credentialClaim: ['clientId'],
  scopes: ['api.access'],
};

test('is created before the old one is destroyed, also when the user has lifecycle wishes', () => {
  const stack = stackWithProviders();
  new OidcAuthStrategy(stack, 'strategy', { ...PROPS, preventDestroy: true });
  expect(synthesize(stack).only('konnect_application_auth_strategy').lifecycle).toEqual({
    create_before_destroy: true,
    prevent_destroy: true,
  });
});

test('several claims are one nested path, in order', () => {
  const stack = stackWithProviders();
  new OidcAuthStrategy(stack, 'strategy', { ...PROPS, credentialClaim: ['app', 'id'] });
  expect(synthesize(stack).only('konnect_application_auth_strategy')).toMatchObject({
    openid_connect: { configs: { openid_connect: { credential_claim: ['app', 'id'] } } },
  });
});

test('leaves out what nobody asked for', () => {
  const stack = stackWithProviders();
  new OidcAuthStrategy(stack, 'strategy', PROPS);
  expect(synthesize(stack).only('konnect_application_auth_strategy').openid_connect).toEqual({
    name: 'Okta OIDC',
    display_name: 'Okta OIDC',
    strategy_type: 'openid_connect',
    configs: {
      openid_connect: {
        issuer: 'https://example.okta.com/oauth2/default',
        credential_claim: ['clientId'],
        auth_methods: ['client_credentials'],
        scopes: ['api.access'],
      },
    },
  });
});
