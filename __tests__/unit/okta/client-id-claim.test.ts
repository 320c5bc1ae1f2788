import { AuthorizationServer } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures } from '../../support/validation';

const newServer = () => AuthorizationServer.fromDefault(stackWithProviders(), 'server');

test('is in every access token without scopes', () => {
  const stack = stackWithProviders();
  AuthorizationServer.fromDefault(stack, 'server').addClientIdClaim('clientId');
  const claim = synthesize(stack).only('okta_auth_server_claim');
  expect(claim).toMatchObject({ claim_type: 'RESOURCE', value_type: 'EXPRESSION', value: 'app.clientId' });
  expect(claim).not.toHaveProperty('scopes');
});

test.each(['cid', 'groups', 'uid', 'iss', 'sub', 'scp', 'aud', '', ' '])('rejects the name %p', (name) => {
  expectFailures(
    () => newServer().addClientIdClaim(name),
    ['claimName', /must not be empty or a claim that Okta reserves/],
  );
});

test('accepts 128 characters at most', () => {
  expect(() => newServer().addClientIdClaim('c'.repeat(128))).not.toThrow();
  expectFailures(
    () => newServer().addClientIdClaim('c'.repeat(129)),
    ['claimName', /must have at most 128 characters/],
  );
});

test('rejects names of scopes: it takes constructs', () => {
  expectFailures(
    () => newServer().addClientIdClaim('clientId', { scopes: ['orders.read' as never] }),
    ['scopes[0]', /must be a construct with scopeName/],
  );
});
