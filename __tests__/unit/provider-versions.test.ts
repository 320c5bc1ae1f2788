import { ProviderVersions } from '../../lib';
import { stackWithProviders } from '../support/how-to';
import { synthesize } from '../support/synth';

const providersOf = (stack: ReturnType<typeof stackWithProviders>) =>
  (synthesize(stack).json.terraform as { required_providers: unknown }).required_providers;

test('a stack without it uses the versions of the bindings', () => {
  expect(providersOf(stackWithProviders())).toEqual({
    okta: { source: 'okta/okta', version: '4.20.0' },
    konnect: { source: 'kong/konnect', version: '3.19.0' },
  });
});

test('the default ranges are the tested ones', () => {
  const stack = stackWithProviders();
  ProviderVersions.require(stack);
  expect(providersOf(stack)).toEqual({
    okta: { source: 'okta/okta', version: '>= 4.20.0, != 6.6.0, < 8.0.0' },
    konnect: { source: 'kong/konnect', version: '~> 3.19' },
  });
});

test('other ranges', () => {
  const stack = stackWithProviders();
  ProviderVersions.require(stack, { okta: '~> 6.12', konnect: '3.22.0' });
  expect(providersOf(stack)).toEqual({
    okta: { source: 'okta/okta', version: '~> 6.12' },
    konnect: { source: 'kong/konnect', version: '3.22.0' },
  });
});
