import { OidcClient } from '../../lib';
import { inSpellingOfApp } from '../../lib/core/validation-error';
import { newStack } from '../support/synth';

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

test.each([
  ['', '`redirectUris`'],
  ['Java/17.0.15', '`redirectUris`'],
  ['Python/3.12.1', '`redirect_uris`'],
])('with the jsii runtime "%s" a message names %s', (agent, prop) => {
  process.env.JSII_AGENT = agent;
  expect(() => new OidcClient(newStack(), 'client', { label: 'Shop' })).toThrow(prop);
});

test('leaves everything but names of props and methods as it is', () => {
  process.env.JSII_AGENT = 'Python/3.12.1';
  expect(inSpellingOfApp('routes.r.stripPath, gRPC, OidcClientType.SERVICE, addRoute, api.example.com')).toBe(
    'routes.r.strip_path, gRPC, OidcClientType.SERVICE, add_route, api.example.com',
  );
});
