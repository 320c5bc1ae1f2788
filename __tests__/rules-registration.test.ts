import { TerraformVariable } from 'cdktf';
import {
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApplication,
  type PortalApplicationOptions,
  PortalDeveloper,
  ProviderVersions,
} from '../lib';
import { registrationRules } from '../lib/rules-registration';
import { prerequisites, stackWithProviders } from '../test-support/how-to';
import { type Broken, messageOf, rowsOf, synthErrorOf, UUID } from '../test-support/validation';

const konnect = '>= 3.21.0, < 4.0.0';
const person = { email: 'dev@example.com', fullName: 'Dev' };

function application(props: Partial<PortalApplicationOptions>) {
  const stack = stackWithProviders();
  const { portal, api } = prerequisites(stack);
  const made = new PortalApplication(stack, 'Id', {
    client: OidcClient.fromClientId(stack, 'client', '0oa1'),
    developer: PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal),
    strategy: OidcAuthStrategy.fromStrategyId(stack, 'strategy', UUID),
    ...props,
  });
  return { made, api };
}

function developer(props: Partial<typeof person>) {
  const stack = stackWithProviders();
  return new PortalDeveloper(stack, 'Id', { ...prerequisites(stack), ...person, ...props });
}

const broken: Broken = {
  'stack/Id: invalid input\n  - email: must be an e-mail address of at most 255 characters (Konnect). Received "dev". Give the address that the developer signs in with.':
    () => developer({ email: 'dev' }),
  'stack/Id: invalid input\n  - fullName: must have 1 to 255 characters (Konnect). Received "". Use a name of that length.':
    () => developer({ fullName: '' }),
  'stack/Id: invalid input\n  - developerId: must be a UUID (Konnect). Received "me". Copy the id from Konnect; for a new gateway service choose one, or leave it out.':
    (stack) => PortalDeveloper.fromDeveloperId(stack, 'Id', 'me', prerequisites(stack).portal),
  [`stack/Id: invalid input\n  - name: must have 1 to 255 characters (Konnect). Received "". Use a name of that length.\n  - description: must have at most 255 characters (Konnect). Received "${'x'.repeat(99)}…. Shorten it.\n  - labels.kong: must have a key of 1 to 63 characters that does not begin with kong, konnect, mesh, kic or _ (Konnect). Received "kong". Rename the label.`]:
    () => application({ name: '', description: 'x'.repeat(256), labels: { kong: 'a' } }),
  'stack/Id: invalid input\n  - api: must not be registered twice by one application (Konnect). Received "stack/api". Use the registration that register returned the first time.':
    () => {
      const { made, api } = application({});
      made.register('one', { api });
      made.register('two', { api });
    },
  'stack/Id: invalid input\n  - client: must not be registered twice on one portal with the same auth strategy (Konnect). Received "stack/Id/Client-app". Register the other APIs with the application that exists, or take another client.':
    (stack) => {
      const { portal } = prerequisites(stack);
      const oidc = new OktaDevPortalOidc(stack, 'Id');
      const client = oidc.addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] });
      const owner = PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
      oidc.registerClient('one', { client, developer: owner });
      oidc.registerClient('two', { client, developer: owner });
    },
};

test.each(rowsOf(broken))('%s', (message, act) => {
  expect(messageOf(() => act(stackWithProviders()))).toBe(message);
});

test('lets through what is known at apply only', () => {
  const stack = stackWithProviders();
  const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
  const { portal } = prerequisites(stack);
  const owner = PortalDeveloper.fromDeveloperId(stack, 'them', text, portal);
  expect(new PortalDeveloper(stack, 'me', { portal, email: text, fullName: text }).portal).toBe(portal);
  expect(
    new PortalApplication(stack, 'app', {
      client: OidcClient.fromClientId(stack, 'client', text),
      developer: owner,
      strategy: OidcAuthStrategy.fromStrategyId(stack, 'strategy', UUID),
      name: text,
      description: text,
    }).developer,
  ).toBe(owner);
});

describe('a stack that does not ask for konnect 3.21', () => {
  function synthError(...asked: [] | [string]): string | undefined {
    const stack = stackWithProviders();
    const { portal, api } = prerequisites(stack);
    if (asked.length > 0) {
      ProviderVersions.require(stack, { konnect: asked[0] });
    }
    const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { 'my-api': { api, portal } } });
    const client = OidcClient.fromClientId(stack, 'client', '0oa1');
    oidc.registerClient('my-app', {
      client,
      developer: new PortalDeveloper(stack, 'developer', { portal, ...person }),
    });
    return synthErrorOf(stack);
  }

  const { rule, remedy } = registrationRules.konnect321;
  const failure = (path: string, received: string) =>
    `[${path}] ${path}: invalid input\n  - versions of kong/konnect: ${rule}. Received "${received}". ${remedy}.`;

  test('is told so at synthesis, for every construct that needs it', () => {
    const exactly = 'no range, so exactly 3.19.0, the version of the bindings';
    const message = synthError() ?? '';
    for (const path of [
      'stack/developer',
      'stack/oidc/Application-my-app',
      'stack/oidc/Application-my-app/Registration-my-api',
    ]) {
      expect(message).toContain(failure(path, exactly));
    }
    expect(message.match(/invalid input/g)).toHaveLength(3);
  });

  test.each([
    '~> 3.19',
    '~> 3.20',
    '3.19.0',
    '>= 3.19.0, < 4.0.0',
    '> 3.20.9',
    '>= 3.21.0-beta1',
    '< 3.30.0',
    '!= 3.22.0',
    '>= 2.99',
  ])('%s lets in an older one', (constraint) => {
    expect(synthError(constraint)).toContain(failure('stack/developer', constraint));
  });

  test.each([konnect, '~> 3.21', '3.22.0', '= 3.21.1', '> 3.21', '>= 3.19, >= 3.21.0', '>= 4', '~>3.21.4'])(
    '%s lets in none',
    (constraint) => {
      expect(synthError(constraint)).toBeUndefined();
    },
  );

  test('the default range does not ask for it either', () => {
    const stack = stackWithProviders();
    new PortalDeveloper(stack, 'developer', { ...prerequisites(stack), ...person });
    ProviderVersions.require(stack);
    expect(synthErrorOf(stack)).toContain(failure('stack/developer', '~> 3.19'));
  });

  test.each(['3.21.0', '~> 3.22'])('may have newer bindings, which pin %s, instead', (pinned) => {
    const stack = stackWithProviders();
    const [provider] = stack.allProviders().filter(({ terraformResourceType: name }) => name === 'konnect');
    Object.assign(provider.terraformGeneratorMetadata ?? {}, { providerVersionConstraint: pinned });
    new PortalDeveloper(stack, 'developer', { ...prerequisites(stack), ...person });
    expect(synthErrorOf(stack)).toBeUndefined();
  });

  test('is left alone when it uses none of these', () => {
    const stack = stackWithProviders();
    prerequisites(stack);
    expect(synthErrorOf(stack)).toBeUndefined();
  });
});
