import { AuthorizationServer, AuthorizationServerScope } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, ISSUER } from '../../support/validation';

function setUp() {
  const stack = stackWithProviders();
  const attributes = { authorizationServerId: 'aus1', issuer: ISSUER };
  return { stack, server: AuthorizationServer.fromAttributes(stack, 'server', attributes) };
}

test('leaves optional props to the provider', () => {
  const { stack, server } = setUp();
  server.addScope('orders.read', { publishInMetadata: true });
  expect(synthesize(stack).only('okta_auth_server_scope')).toEqual({
    auth_server_id: 'aus1',
    name: 'orders.read',
    lifecycle: {
      create_before_destroy: true,
      replace_triggered_by: [expect.stringMatching(/^terraform_data\.server_/)],
    },
  });
});

test('an existing scope can put the claim into tokens, and creates nothing', () => {
  const { stack, server } = setUp();
  const existing = AuthorizationServerScope.fromScopeName(stack, 'existing', 'orders.read');
  const added = server.addScope('orders.write');
  server.addClientIdClaim('clientId', { scopes: [existing, added] });
  const json = synthesize(stack);
  const [scope] = Object.keys(json.resources('okta_auth_server_scope'));
  expect(json.only('okta_auth_server_claim').scopes).toEqual([
    'orders.read',
    `\${okta_auth_server_scope.${scope}.name}`,
  ]);
  expect(json.counts()).toMatchObject({ okta_auth_server_scope: 1, okta_auth_server_claim: 1 });
});

test.each<[string, RegExp]>([
  ['', /must be printable ASCII/],
  ['orders read', /must be printable ASCII/],
  ['a"b', /must be printable ASCII/],
  ['a\\b', /must be printable ASCII/],
  ['größe', /must be printable ASCII/],
  ['a'.repeat(129), /at most 128 characters/],
  ['okta.users.read', /not start with okta\./],
  ['openid', /must not be a system scope of Okta/],
])('rejects the name %p', (name, rule) => {
  const { stack, server } = setUp();
  expectFailures(() => server.addScope(name), ['scopeName', rule]);
  expectFailures(() => AuthorizationServerScope.fromScopeName(stack, 'existing', name), ['scopeName', rule]);
});

test.each(['a', 'a'.repeat(128), 'orders:read', 'https://api.test/orders', 'OKTA.x', 'Openid'])(
  'accepts the name %p',
  (name) => {
    const { server } = setUp();
    expect(() => server.addScope(name)).not.toThrow();
  },
);

test('accepts a name after its options were rejected', () => {
  const { stack, server } = setUp();
  expectFailures(() => server.addScope('orders', { displayName: 1 as never }), ['displayName', /string/]);
  expectFailures(() => server.addClientIdClaim('id', { scopes: ['a'] as never }), ['scopes[0]', /construct/]);
  server.addScope('orders', { displayName: 'Orders' });
  server.addClientIdClaim('id');
  expect(synthesize(stack).counts()).toMatchObject({ okta_auth_server_scope: 1, okta_auth_server_claim: 1 });
});
