import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { DevPortal, OidcClient, Visibility } from '../../lib';
import { inSpellingOfApp } from '../../lib/core/validation-error';
import { newStack, synthesize } from '../support/synth';

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

test('warnings name props as the app spells them, and leave paths of constructs as they are', () => {
  process.env.JSII_AGENT = 'Python/3.12.1';
  const stack = newStack();
  new KonnectProvider(stack, 'konnect', {});
  const portal = new DevPortal(stack, 'myPortal', {
    name: 'Portal',
    defaultApiVisibility: Visibility.PRIVATE,
  });
  synthesize(stack);
  expect(portal.node.metadata.map(({ data }) => String(data))).toEqual([
    expect.stringMatching(/ on portal \S+\/myPortal, .*rbac_enabled/),
  ]);
});

test('leaves everything but names of props and methods as it is', () => {
  process.env.JSII_AGENT = 'Python/3.12.1';
  expect(inSpellingOfApp('routes.r.stripPath, gRPC, OidcClientType.SERVICE, addRoute, api.example.com')).toBe(
    'routes.r.strip_path, gRPC, OidcClientType.SERVICE, add_route, api.example.com',
  );
});
