import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApiPublication,
  DevPortal,
  type IOidcAuthStrategy,
  OidcAuthStrategy,
  OidcClient,
  OidcClientType,
  OktaDevPortalOidc,
  PortalApi,
  PortalApplication,
  type PortalApplicationOptions,
  PortalDeveloper,
  PortalRegistration,
  ProviderVersions,
} from '../../lib';
import { registrationRules } from '../../lib/rules-registration';
import { prerequisites, stackWithProviders } from '../support/how-to';
import { type Broken, messageOf, OTHER_UUID, rowsOf, synthErrorOf, UUID } from '../support/validation';

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
  'stack/Id/Application-two: invalid input\n  - client: must not be registered twice on one portal with the same auth strategy (Konnect). Received "stack/Id/Client-app". Register the other APIs with the application that exists, or take another client.':
    (stack) => {
      const { portal } = prerequisites(stack);
      const oidc = new OktaDevPortalOidc(stack, 'Id');
      const client = oidc.addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] });
      const owner = PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
      oidc.registerClient('one', { client, developer: owner });
      oidc.registerClient('two', { client, developer: owner });
    },
  'stack/Id: invalid input\n  - client: must not be registered twice on one portal with the same auth strategy (Konnect). Received "stack/other/Client-app". Register the other APIs with the application that exists, or take another client.':
    [
      (stack) => {
        const { portal } = prerequisites(stack);
        const oidc = new OktaDevPortalOidc(stack, 'other');
        const client = oidc.addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] });
        const owner = PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
        oidc.registerClient('one', { client, developer: owner });
        new PortalApplication(stack, 'Id', { client, developer: owner, strategy: oidc.strategy });
      },
      (stack) => {
        const { portal } = prerequisites(stack);
        const oidc = new OktaDevPortalOidc(stack, 'other');
        const client = oidc.addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] });
        const strategy = OidcAuthStrategy.fromStrategyId(stack, 'strategy', oidc.strategy.strategyId);
        const [one, two] = [UUID, OTHER_UUID].map((id) =>
          PortalDeveloper.fromDeveloperId(stack, id, id, portal),
        );
        new PortalApplication(stack, 'one', { client, developer: one, strategy: oidc.strategy });
        new PortalApplication(stack, 'Id', { client, developer: two, strategy });
      },
    ],
  'stack/Id: invalid input\n  - email: must be the address of one developer only on a portal (Konnect). Received "dev@example.com". Use the PortalDeveloper that has it, or give the other one an address of his own.':
    (stack) => {
      const [one, two] = ['one', 'two'].map((id) => DevPortal.fromPortalId(stack, id, UUID));
      new PortalDeveloper(stack, 'first', { portal: one, ...person });
      new PortalDeveloper(stack, 'Id', { portal: two, ...person });
    },
  'stack/Id/Application-app: invalid input\n  - id: must not be the id of something that the construct has already. Received "orders". Choose another id.':
    (stack) => {
      const { portal, api } = prerequisites(stack);
      const oidc = new OktaDevPortalOidc(stack, 'Id', { publications: { orders: { api, portal } } });
      const developer = PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
      const client = OidcClient.fromClientId(stack, 'client', '0oa1');
      const other = PortalApi.fromApiId(stack, 'other', UUID);
      oidc.registerClient('app', { client, developer }).register('orders', { api: other });
    },
  'stack/Id: invalid input\n  - id: must not be the id of something that the construct has already. Received "app". Choose another id.':
    (stack) => {
      const { portal } = prerequisites(stack);
      const oidc = new OktaDevPortalOidc(stack, 'Id');
      const developer = PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
      for (const clientId of ['0oa1', '0oa2']) {
        oidc.registerClient('app', { client: OidcClient.fromClientId(stack, clientId, clientId), developer });
      }
    },
};

function twoStacks() {
  const app = Testing.app();
  const [platform, team] = ['platform', 'team'].map((id) => new TerraformStack(app, id));
  const portal = new DevPortal(platform, 'portal', { name: 'Portal' });
  const oidc = new OktaDevPortalOidc(platform, 'oidc');
  const client = OidcClient.fromClientId(platform, 'client', '0oa1');
  return { platform, team, portal, oidc, client };
}

/** Between stacks, which the rules of the table do not see. */
const circle = (prop: string, part: string) =>
  `platform/oidc: invalid input\n  - ${prop}: ${registrationRules.partsOfStack.rule}. Received "${part}, and stack team needs stack platform". ${registrationRules.partsOfStack.remedy}.`;

test.each(rowsOf(broken))('%s', (message, act) => {
  expect(messageOf(() => act(stackWithProviders()))).toBe(message);
});

describe('between two stacks', () => {
  test('a developer is refused in a stack that has the portal from this one', () => {
    const { team, portal, oidc, client } = twoStacks();
    const developer = new PortalDeveloper(team, 'developer', { portal, ...person });
    expect(messageOf(() => oidc.registerClient('app', { client, developer }))).toBe(
      circle('developer', 'team/developer'),
    );
  });

  test('a developer is refused in a stack whose API this one publishes', () => {
    const { team, oidc, client } = twoStacks();
    const portal = DevPortal.fromPortalId(team, 'portal', UUID);
    const developer = new PortalDeveloper(team, 'developer', { portal, ...person });
    oidc.publish('api', { api: new PortalApi(team, 'api', { name: 'API' }), portal });
    expect(messageOf(() => oidc.registerClient('app', { client, developer }))).toBe(
      circle('developer', 'team/developer'),
    );
  });

  test.each(['addClient', 'publish', 'registerClient'])('a client is refused after %s there', (added) => {
    const { team, portal, oidc } = twoStacks();
    const developer = PortalDeveloper.fromDeveloperId(team, 'developer', UUID, portal);
    const first = OktaDevPortalOidc.fromOidc(team, 'oidc', oidc);
    const theirs = OktaDevPortalOidc.fromOidc(team, 'again', first);
    const service = { label: 'Job', type: OidcClientType.SERVICE };
    const client = new OidcClient(team, 'client', service);
    if (added === 'addClient') theirs.addClient('job', service);
    if (added === 'publish')
      theirs.publish('api', { api: new PortalApi(team, 'api', { name: 'A' }), portal });
    if (added === 'registerClient') theirs.registerClient('other', { client, developer });
    const mine = new OidcClient(team, 'mine', service);
    expect(messageOf(() => oidc.registerClient('app', { client: mine, developer }))).toBe(
      circle('client', 'team/mine'),
    );
  });

  test('both are refused in a stack that says that it needs this one', () => {
    const { team, portal, oidc } = twoStacks();
    team.addDependency(TerraformStack.of(oidc));
    const [clientId, developerId] = ['client', 'developer'].map(
      (name) => new TerraformVariable(team, name, { type: 'string' }).stringValue,
    );
    const client = OidcClient.fromClientId(team, 'c', clientId);
    const developer = PortalDeveloper.fromDeveloperId(team, 'd', developerId, portal);
    expect(messageOf(() => oidc.registerClient('app', { client, developer }))).toBe(
      `${circle('client', 'team/c')}${circle('developer', 'team/d').replace('platform/oidc: invalid input', '')}`,
    );
  });

  test('both are taken from a stack that does not need this one', () => {
    const { team, oidc } = twoStacks();
    const theirs = DevPortal.fromPortalId(team, 'portal', UUID);
    const developer = new PortalDeveloper(team, 'developer', { portal: theirs, ...person });
    OktaDevPortalOidc.fromOidc(team, 'oidc', oidc);
    const client = new OidcClient(team, 'client', { label: 'Job', type: OidcClientType.SERVICE });
    expect(oidc.registerClient('app', { client, developer }).client).toBe(client);
  });
});

describe('between two stacks, in the other order', () => {
  test.each(['publish', 'addClient'])(
    'a developer is refused when %s makes his stack need this one',
    (act) => {
      const { team, oidc, client } = twoStacks();
      const portal = DevPortal.fromPortalId(team, 'portal', UUID);
      const developer = new PortalDeveloper(team, 'developer', { portal, ...person });
      oidc.registerClient('app', { client, developer });
      const api = new PortalApi(team, 'api', { name: 'API' });
      const theirs = OktaDevPortalOidc.fromOidc(team, 'oidc', oidc);
      const acts: { readonly [name: string]: () => unknown } = {
        publish: () => oidc.publish('api', { api, portal }),
        addClient: () => theirs.addClient('job', { label: 'Job', type: OidcClientType.SERVICE }),
      };
      expect(messageOf(acts[act])).toBe(circle('developer', 'team/developer'));
    },
  );

  const early = (path: string) =>
    `${path}: invalid input\n  - api: ${registrationRules.publishedBefore.rule}. Received "team/api, published by team/api/Publication-orders". ${registrationRules.publishedBefore.remedy}.`;

  test.each([
    ['that is created there', (team: TerraformStack) => new PortalApi(team, 'api', { name: 'Orders' })],
    ['that exists', (team: TerraformStack) => PortalApi.fromApiId(team, 'api', UUID)],
  ])('an API %s is refused that is registered for before it is published there', (_which, make) => {
    const { platform, team, portal, oidc, client } = twoStacks();
    const api = make(team);
    const developer = new PortalDeveloper(platform, 'developer', { portal, ...person });
    oidc.registerClient('app', { client, developer }).register('orders', { api });
    expect(messageOf(() => oidc.publish('orders', { api, portal }))).toBe(
      early('platform/oidc/Application-app/Registration-orders'),
    );
  });

  test('such an API is refused for a registration that is put into this stack afterwards, too', () => {
    const { platform, team, portal, oidc, client } = twoStacks();
    const api = new PortalApi(team, 'api', { name: 'Orders' });
    oidc.publish('orders', { api, portal });
    const { strategy } = oidc;
    const developer = PortalDeveloper.fromDeveloperId(platform, 'developer', UUID, portal);
    const application = new PortalApplication(platform, 'app', { client, developer, strategy });
    expect(messageOf(() => new PortalRegistration(platform, 'registration', { application, api }))).toBe(
      early('platform/registration'),
    );
  });
});

describe('an API that is published with another strategy', () => {
  const message =
    'stack/app/Registration-api: invalid input\n  - api: must be published with the auth strategy of the application (Konnect). Received "stack/api with @". Register with an application whose strategy is that of the publication.';

  function synthError(strategies: (stack: TerraformStack) => IOidcAuthStrategy[]): string | undefined {
    const stack = stackWithProviders();
    ProviderVersions.require(stack, { konnect });
    const { portal, api } = prerequisites(stack);
    const [published, ofApplication] = strategies(stack);
    const application = new PortalApplication(stack, 'app', {
      client: OidcClient.fromClientId(stack, 'client', '0oa1'),
      developer: PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal),
      strategy: ofApplication,
    });
    application.register('api', { api });
    new ApiPublication(stack, 'publication', { api, portal, strategy: published });
    return synthErrorOf(stack);
  }

  const created = (stack: TerraformStack) => new OktaDevPortalOidc(stack, 'oidc', { name: 'A' }).strategy;
  const found = (stack: TerraformStack, id: string) => OidcAuthStrategy.fromStrategyId(stack, id, id);

  test('is refused where both are created here', () => {
    const error = synthError((stack) => [
      created(stack),
      new OktaDevPortalOidc(stack, 'two', { name: 'B' }).strategy,
    ]);
    expect(error).toContain(message.replace('@', 'stack/oidc/Strategy'));
  });

  test('is refused where both ids are known', () => {
    const error = synthError((stack) => [found(stack, OTHER_UUID), found(stack, UUID)]);
    expect(error).toContain(message.replace('@', `stack/${OTHER_UUID}`));
  });

  test('is let through where nobody knows', () => {
    expect(synthError((stack) => [created(stack), found(stack, UUID)])).toBeUndefined();
    expect(
      synthError((stack) => {
        const strategy = created(stack);
        return [strategy, OidcAuthStrategy.fromStrategyId(stack, 'same', strategy.strategyId)];
      }),
    ).toBeUndefined();
  });

  test('is none with the same strategy', () => {
    expect(
      synthError((stack) => {
        const strategy = created(stack);
        return [strategy, strategy];
      }),
    ).toBeUndefined();
    expect(
      synthError((stack) => ['one', 'two'].map((id) => OidcAuthStrategy.fromStrategyId(stack, id, UUID))),
    ).toBeUndefined();
  });
});

test('every rule has a message here', () => {
  const lines = [...Object.keys(broken), circle('', '')].flatMap((message) => message.split('\n'));
  const elsewhere = ['konnect321', 'publishedWithStrategy', 'publishedBefore'];
  const without = Object.entries(registrationRules).filter(
    ([name, { rule, remedy }]) =>
      !elsewhere.includes(name) &&
      !lines.some((line) => line.includes(`: ${rule}. Received `) && line.endsWith(`. ${remedy}.`)),
  );
  expect(without).toEqual([]);
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
