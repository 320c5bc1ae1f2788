import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  Api,
  ApiPublication,
  ApplicationRegistration,
  DevPortal,
  type IOidcAuthStrategy,
  OidcAuthStrategy,
  OidcClient,
  OidcClientType,
  OktaDevPortalOidc,
  PortalApplication,
  type PortalApplicationOptions,
  PortalDeveloper,
  ProviderVersions,
} from '../../lib';
import { prerequisites, stackWithProviders } from '../support/how-to';
import {
  type Act,
  catchSynthError,
  type ExpectedFailure,
  expectFailures,
  expectSynthFailures,
  OTHER_UUID,
  UUID,
} from '../support/validation';

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
  return new PortalDeveloper(stack, 'Id', { portal: prerequisites(stack).portal, ...person, ...props });
}

/** Two clients, or one twice, registered through an authentication. */
const registrations = (stack: TerraformStack) => {
  const { portal, api } = prerequisites(stack);
  const oidc = new OktaDevPortalOidc(stack, 'Id');
  const client = oidc.addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] });
  const owner = PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
  return { portal, api, oidc, client, owner };
};

const invalid: readonly (readonly [what: string, act: Act, ...failures: ExpectedFailure[]])[] = [
  [
    'no e-mail address',
    () => developer({ email: 'dev' }),
    ['email', /must be an e-mail address/, 'stack/Id'],
  ],
  [
    'a long e-mail address',
    () => developer({ email: `${'x'.repeat(250)}@a.com` }),
    ['email', /at most 255 characters/, 'stack/Id'],
  ],
  [
    'no name of the developer',
    () => developer({ fullName: '' }),
    ['fullName', /1 to 255 characters/, 'stack/Id'],
  ],
  [
    'an id that is not a UUID',
    (stack) => PortalDeveloper.fromDeveloperId(stack, 'Id', 'me', prerequisites(stack).portal),
    ['developerId', /must be a UUID/, 'stack/Id'],
  ],
  [
    'name, description and labels of an application',
    () => application({ name: '', description: 'x'.repeat(256), labels: { kong: 'a' } }),
    ['name', /1 to 255 characters/, 'stack/Id'],
    ['description', /at most 255 characters/, 'stack/Id'],
    ['labels.kong', /must have a key that does not start with/, 'stack/Id'],
  ],
  [
    'an API that is registered twice',
    () => {
      const { made, api } = application({});
      return [made.register('one', { api }), made.register('two', { api })];
    },
    ['api', /must not be registered twice by one application/, 'stack/Id'],
  ],
  [
    'a client that is registered twice by an authentication',
    (stack) => {
      const { oidc, client, owner } = registrations(stack);
      return ['one', 'two'].map((id) => oidc.registerClient(id, { client, developer: owner }));
    },
    ['client', /must not have two applications on one portal/, 'stack/Id/Application-two'],
  ],
  [
    'a client that an authentication has registered',
    (stack) => {
      const { oidc, client, owner } = registrations(stack);
      oidc.registerClient('one', { client, developer: owner });
      new PortalApplication(stack, 'again', { client, developer: owner, strategy: oidc.strategy });
    },
    ['client', /must not have two applications on one portal/, 'stack/again'],
  ],
  [
    'a client that is registered for two developers, with two references to one strategy',
    (stack) => {
      const { oidc, client, portal } = registrations(stack);
      const strategy = OidcAuthStrategy.fromStrategyId(stack, 'strategy', oidc.strategy.strategyId);
      const [one, two] = [UUID, OTHER_UUID].map((id) =>
        PortalDeveloper.fromDeveloperId(stack, id, id, portal),
      );
      new PortalApplication(stack, 'one', { client, developer: one, strategy: oidc.strategy });
      new PortalApplication(stack, 'two', { client, developer: two, strategy });
    },
    ['client', /must not have two applications on one portal/, 'stack/two'],
  ],
  [
    'two developers with one address',
    (stack) => {
      const [one, two] = ['one', 'two'].map((id) => DevPortal.fromPortalId(stack, id, UUID));
      new PortalDeveloper(stack, 'first', { portal: one, ...person });
      new PortalDeveloper(stack, 'Id', { portal: two, ...person });
    },
    ['email', /must not be the address of another developer/, 'stack/Id'],
  ],
  [
    'an id that a registration of the application has',
    (stack) => {
      const { oidc, api, portal, client, owner } = registrations(stack);
      oidc.publish('orders', { api, portal });
      const other = Api.fromApiId(stack, 'other', UUID);
      oidc.registerClient('app', { client, developer: owner }).register('orders', { api: other });
    },
    ['id', /must not be the id of another child/, 'stack/Id/Application-app'],
  ],
  [
    'an id that another application has',
    (stack) => {
      const { oidc, client, owner } = registrations(stack);
      const other = OidcClient.fromClientId(stack, 'client', '0oa2');
      return [client, other].map((each) => oidc.registerClient('app', { client: each, developer: owner }));
    },
    ['id', /must not be the id of another child/, 'stack/Id'],
  ],
];

const invalidRows = invalid.map(([what, act, ...failures]) => [what, act, failures] as const);

test.each(invalidRows)('%s: rejected', (_what, act, failures) => {
  expectFailures(() => act(stackWithProviders()), ...failures);
});

function twoStacks() {
  const app = Testing.app();
  const [platform, team] = ['platform', 'team'].map((id) => new TerraformStack(app, id));
  const portal = new DevPortal(platform, 'portal', { name: 'Portal' });
  const oidc = new OktaDevPortalOidc(platform, 'oidc');
  const client = OidcClient.fromClientId(platform, 'client', '0oa1');
  return { platform, team, portal, oidc, client };
}

/** A part of a stack that depends on the stack of the authentication. */
const circle = (prop: string, part: string): ExpectedFailure => [
  prop,
  new RegExp(
    `must not be of a stack that depends on this one.*"${part}, and stack team depends on stack platform"`,
  ),
  'platform/oidc',
];

describe('between two stacks', () => {
  test('a developer is rejected in a stack that has the portal from this one', () => {
    const { team, portal, oidc, client } = twoStacks();
    const developer = new PortalDeveloper(team, 'developer', { portal, ...person });
    expectFailures(
      () => oidc.registerClient('app', { client, developer }),
      circle('developer', 'team/developer'),
    );
  });

  test('a developer is rejected in a stack whose API this one publishes', () => {
    const { team, oidc, client } = twoStacks();
    const portal = DevPortal.fromPortalId(team, 'portal', UUID);
    const developer = new PortalDeveloper(team, 'developer', { portal, ...person });
    oidc.publish('api', { api: new Api(team, 'api', { name: 'API' }), portal });
    expectFailures(
      () => oidc.registerClient('app', { client, developer }),
      circle('developer', 'team/developer'),
    );
  });

  test.each(['addClient', 'publish', 'registerClient'])('a client is rejected after %s there', (added) => {
    const { team, portal, oidc } = twoStacks();
    const developer = PortalDeveloper.fromDeveloperId(team, 'developer', UUID, portal);
    const first = OktaDevPortalOidc.fromAttributes(team, 'oidc', oidc);
    const theirs = OktaDevPortalOidc.fromAttributes(team, 'again', first);
    const service = { label: 'Job', type: OidcClientType.SERVICE };
    const client = new OidcClient(team, 'client', service);
    if (added === 'addClient') theirs.addClient('job', service);
    if (added === 'publish') theirs.publish('api', { api: new Api(team, 'api', { name: 'A' }), portal });
    if (added === 'registerClient') theirs.registerClient('other', { client, developer });
    const mine = new OidcClient(team, 'mine', service);
    expectFailures(
      () => oidc.registerClient('app', { client: mine, developer }),
      circle('client', 'team/mine'),
    );
  });

  test('both are rejected in a stack that depends on this one', () => {
    const { team, portal, oidc } = twoStacks();
    team.addDependency(TerraformStack.of(oidc));
    const [clientId, developerId] = ['client', 'developer'].map(
      (name) => new TerraformVariable(team, name, { type: 'string' }).stringValue,
    );
    const client = OidcClient.fromClientId(team, 'c', clientId);
    const developer = PortalDeveloper.fromDeveloperId(team, 'd', developerId, portal);
    expectFailures(
      () => oidc.registerClient('app', { client, developer }),
      circle('client', 'team/c'),
      circle('developer', 'team/d'),
    );
  });

  test('both are valid in a stack that does not need this one', () => {
    const { team, oidc } = twoStacks();
    const theirs = DevPortal.fromPortalId(team, 'portal', UUID);
    const developer = new PortalDeveloper(team, 'developer', { portal: theirs, ...person });
    OktaDevPortalOidc.fromAttributes(team, 'oidc', oidc);
    const client = new OidcClient(team, 'client', { label: 'Job', type: OidcClientType.SERVICE });
    expect(oidc.registerClient('app', { client, developer }).client).toBe(client);
  });
});

describe('between two stacks, in the other order', () => {
  test.each(['publish', 'addClient'])(
    'a developer is rejected when %s makes their stack need this one',
    (act) => {
      const { team, oidc, client } = twoStacks();
      const portal = DevPortal.fromPortalId(team, 'portal', UUID);
      const developer = new PortalDeveloper(team, 'developer', { portal, ...person });
      oidc.registerClient('app', { client, developer });
      const api = new Api(team, 'api', { name: 'API' });
      const theirs = OktaDevPortalOidc.fromAttributes(team, 'oidc', oidc);
      const acts: { readonly [name: string]: () => unknown } = {
        publish: () => oidc.publish('api', { api, portal }),
        addClient: () => theirs.addClient('job', { label: 'Job', type: OidcClientType.SERVICE }),
      };
      expectFailures(acts[act], circle('developer', 'team/developer'));
    },
  );

  const early = (path: string): ExpectedFailure => [
    'api',
    /must be published first.*"team\/api, published by team\/api\/Publication-orders"/,
    path,
  ];

  test.each([
    ['that is created there', (team: TerraformStack) => new Api(team, 'api', { name: 'Orders' })],
    ['that exists', (team: TerraformStack) => Api.fromApiId(team, 'api', UUID)],
  ])('an API %s is rejected that is registered for before it is published there', (_which, make) => {
    const { platform, team, portal, oidc, client } = twoStacks();
    const api = make(team);
    const developer = new PortalDeveloper(platform, 'developer', { portal, ...person });
    oidc.registerClient('app', { client, developer }).register('orders', { api });
    expectFailures(
      () => oidc.publish('orders', { api, portal }),
      early('platform/oidc/Application-app/Registration-orders'),
    );
  });

  test('such an API is rejected for a registration that is put into this stack afterwards, too', () => {
    const { platform, team, portal, oidc, client } = twoStacks();
    const api = new Api(team, 'api', { name: 'Orders' });
    oidc.publish('orders', { api, portal });
    const { strategy } = oidc;
    const developer = PortalDeveloper.fromDeveloperId(platform, 'developer', UUID, portal);
    const application = new PortalApplication(platform, 'app', { client, developer, strategy });
    expectFailures(
      () => new ApplicationRegistration(platform, 'registration', { application, api }),
      early('platform/registration'),
    );
  });
});

describe('an API that is published with another strategy', () => {
  const otherStrategy = (strategy: string): ExpectedFailure => [
    'api',
    new RegExp(`must be published with the strategy of the application.*"stack/api with ${strategy}"`),
    'stack/app/Registration-api',
  ];

  function stackWith(strategies: (stack: TerraformStack) => IOidcAuthStrategy[]): TerraformStack {
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
    return stack;
  }

  const created = (stack: TerraformStack) => new OktaDevPortalOidc(stack, 'oidc', { name: 'A' }).strategy;
  const found = (stack: TerraformStack, id: string) => OidcAuthStrategy.fromStrategyId(stack, id, id);

  test('is rejected if both are created here', () => {
    const stack = stackWith((each) => [
      created(each),
      new OktaDevPortalOidc(each, 'two', { name: 'B' }).strategy,
    ]);
    expectSynthFailures(stack, otherStrategy('stack/oidc/Strategy'));
  });

  test('is rejected if both ids are known', () => {
    const stack = stackWith((each) => [found(each, OTHER_UUID), found(each, UUID)]);
    expectSynthFailures(stack, otherStrategy(`stack/${OTHER_UUID}`));
  });

  test.each<[string, (stack: TerraformStack) => IOidcAuthStrategy[]]>([
    ['one is created and the other exists', (stack) => [created(stack), found(stack, UUID)]],
    [
      'one references the other',
      (stack) => {
        const strategy = created(stack);
        return [strategy, OidcAuthStrategy.fromStrategyId(stack, 'same', strategy.strategyId)];
      },
    ],
    ['both are the same', (stack) => new Array(2).fill(created(stack))],
    [
      'both have the same id',
      (stack) => ['one', 'two'].map((id) => OidcAuthStrategy.fromStrategyId(stack, id, UUID)),
    ],
  ])('is valid if %s', (_what, strategies) => {
    expect(catchSynthError(stackWith(strategies))).toBeUndefined();
  });
});

test('tokens are valid', () => {
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

describe('kong/konnect before 3.21', () => {
  function stackWithRegistration(...range: [] | [string]): TerraformStack {
    const stack = stackWithProviders();
    const { portal, api } = prerequisites(stack);
    if (range.length > 0) {
      ProviderVersions.require(stack, { konnect: range[0] });
    }
    const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { 'my-api': { api, portal } } });
    const client = OidcClient.fromClientId(stack, 'client', '0oa1');
    const developer = new PortalDeveloper(stack, 'developer', { portal, ...person });
    oidc.registerClient('my-app', { client, developer });
    return stack;
  }

  const tooOld = (range: string): ExpectedFailure[] =>
    ['oidc/Application-my-app', 'oidc/Application-my-app/Registration-my-api', 'developer'].map((path) => [
      'versions of kong/konnect',
      new RegExp(`must start at 3.21.0 or later.*${range}`),
      `stack/${path}`,
    ]);

  test('is rejected for every construct that needs a newer one', () => {
    expectSynthFailures(stackWithRegistration(), ...tooOld('exactly 3.19.0, the version of the bindings'));
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
  ])('%s has older versions', (range) => {
    expectSynthFailures(stackWithRegistration(range), ...tooOld(range));
  });

  test.each([konnect, '~> 3.21', '3.22.0', '= 3.21.1', '> 3.21', '>= 3.19, >= 3.21.0', '>= 4', '~>3.21.4'])(
    '%s has no older versions',
    (range) => {
      expect(catchSynthError(stackWithRegistration(range))).toBeUndefined();
    },
  );

  test('is in the default range', () => {
    const stack = stackWithProviders();
    new PortalDeveloper(stack, 'developer', { portal: prerequisites(stack).portal, ...person });
    ProviderVersions.require(stack);
    expectSynthFailures(stack, tooOld('~> 3.19')[2]);
  });

  test.each(['3.21.0', '~> 3.22'])('is not used with bindings that pin %s', (pinned) => {
    const stack = stackWithProviders();
    const [provider] = stack.allProviders().filter(({ terraformResourceType: name }) => name === 'konnect');
    Object.assign(provider.terraformGeneratorMetadata ?? {}, { providerVersionConstraint: pinned });
    new PortalDeveloper(stack, 'developer', { portal: prerequisites(stack).portal, ...person });
    expect(catchSynthError(stack)).toBeUndefined();
  });

  test('is valid for a stack without these constructs', () => {
    const stack = stackWithProviders();
    prerequisites(stack);
    expect(catchSynthError(stack)).toBeUndefined();
  });
});
