import { AuthMethod, OidcAuthStrategy, type OidcAuthStrategyProps } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, UUID } from '../../support/validation';

const PROPS = {
  name: 'Okta OIDC',
  issuer: 'https://example.okta.com/oauth2/default',
  credentialClaim: ['clientId'],
  scopes: ['api.access'],
};

test('is created before the old one is destroyed, also with preventDestroy', () => {
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

test.each([PROPS, { ...PROPS, labels: {} }])('leaves optional props to the provider: %j', (props) => {
  const stack = stackWithProviders();
  new OidcAuthStrategy(stack, 'strategy', props);
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

const create = (props: Partial<OidcAuthStrategyProps>) =>
  new OidcAuthStrategy(stackWithProviders(), 'strategy', { ...PROPS, ...props });

test.each<[string, Partial<OidcAuthStrategyProps>, string, RegExp]>([
  ['an empty name', { name: '' }, 'name', /must have 1 to 256 characters \(Konnect\)/],
  ['a long display name', { displayName: 'n'.repeat(257) }, 'displayName', /must have 1 to 256 characters/],
  ['an http issuer', { issuer: 'http://example.okta.com/oauth2/default' }, 'issuer', /must be an https URL/],
  ['the org server', { issuer: 'https://example.okta.com' }, 'issuer', /must end in \/oauth2\/<id>/],
  ['no claim', { credentialClaim: [] }, 'credentialClaim', /must have 1 to 10 items/],
  ['an empty claim', { credentialClaim: [''] }, 'credentialClaim[0]', /must have 1 to 128 characters/],
  ['no scope', { scopes: [] }, 'scopes', /must have 1 to 50 items/],
  ['a scope twice', { scopes: ['a', 'a'] }, 'scopes', /must not contain a value twice/],
  ['no method', { authMethods: [] }, 'authMethods', /must have 1 to 10 items/],
  [
    'password beside client credentials',
    { authMethods: [AuthMethod.PASSWORD, AuthMethod.CLIENT_CREDENTIALS] },
    'authMethods',
    /must not contain both password and client_credentials/,
  ],
])('rejects %s', (_case, props, prop, rule) => {
  expectFailures(() => create(props), [prop, rule]);
});

test('an existing strategy creates nothing, and needs a UUID', () => {
  const stack = stackWithProviders();
  expect(OidcAuthStrategy.fromStrategyId(stack, 'existing', UUID).strategyId).toBe(UUID);
  expect(synthesize(stack).counts()).toEqual({});
  expectFailures(
    () => OidcAuthStrategy.fromStrategyId(stack, 'other', 'okta'),
    ['strategyId', /must be a UUID/],
  );
});
