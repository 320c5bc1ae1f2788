import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApiPublication,
  DevPortal,
  type IPortalDeveloper,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApi,
  PortalApplication,
  PortalDeveloper,
  PortalRegistration,
  ProviderVersions,
} from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import { synthesize, synthesizeApp } from '../../support/synth';
import { OTHER_UUID, UUID, warningsOf } from '../../support/validation';

const konnect = '>= 3.21.0, < 4.0.0';
const app = { label: 'App', redirectUris: ['https://localhost/callback'] };
const person = { email: 'dev@example.com', fullName: 'Dev' };

function setUp() {
  const stack = stackWithProviders();
  ProviderVersions.require(stack, { konnect });
  const { api, portal } = prerequisites(stack);
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  const client = oidc.addClient('app', app);
  const developer = new PortalDeveloper(stack, 'developer', { portal, ...person });
  return { stack, api, portal, oidc, client, developer };
}

/** The one resource of a type, as others refer to it. */
const addressIn = (json: ReturnType<typeof synthesize>, type: string) =>
  `${type}.${Object.keys(json.resources(type))[0]}`;

test('registers a client for what is published, in one call', () => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal });
  const application = oidc.registerClient('my-app', { client, developer });
  const json = synthesize(stack);
  const address = (type: string) => addressIn(json, type);
  expect(json.only('konnect_portal_application')).toEqual({
    portal_id: `\${${address('konnect_portal')}.id}`,
    name: 'my-app',
    client_id: `\${${address('okta_app_oauth')}.client_id}`,
    auth_strategy_id: `\${${address('konnect_application_auth_strategy')}.id}`,
    owner: { type: 'developer', id: `\${${address('konnect_portal_developer')}.id}` },
    lifecycle: { replace_triggered_by: [`${address('konnect_portal_developer')}.id`] },
  });
  expect(json.only('konnect_portal_application_registration')).toEqual({
    portal_id: `\${${address('konnect_portal')}.id}`,
    application_id: `\${${address('konnect_portal_application')}.id}`,
    api_id: `\${${address('konnect_api')}.id}`,
    depends_on: [address('konnect_api_publication')],
    lifecycle: { replace_triggered_by: [`${address('konnect_portal_application')}.id`] },
  });
  expect(oidc.applications).toEqual([application]);
  expect(application.registrations.map((registration) => registration.api)).toEqual([api]);
});

test('keeps the ids of its children', () => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal });
  const { registrations, resource } = oidc.registerClient('my-app', { client, developer });
  expect([developer.resource, resource, registrations[0].resource].map(({ node }) => node.path)).toEqual([
    'stack/developer/Resource',
    'stack/oidc/Application-my-app/Resource',
    'stack/oidc/Application-my-app/Registration-my-api/Resource',
  ]);
  expect(
    synthesize(stack)
      .addresses()
      .filter((each) => each.startsWith('konnect_portal_')),
  ).toEqual([
    'konnect_portal_application.oidc_Application-my-app_0101B8EC',
    'konnect_portal_application_registration.oidc_Application-my-app_Registration-my-api_F0DEEA98',
    'konnect_portal_developer.developer_3716CCE4',
    'konnect_portal_page.portal_HomePage_E5E7D2A5',
  ]);
});

test('registers for what is published later, and waits for it', () => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  oidc.registerClient('my-app', { client, developer });
  oidc.publish('my-api', { api, portal });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration').depends_on).toEqual([
    addressIn(json, 'konnect_api_publication'),
  ]);
});

test('takes no notice of the order in which it registers and publishes', () => {
  const outcome = (order: readonly ('register' | 'publish')[]) => {
    const { stack, api, portal, oidc, client, developer } = setUp();
    const { strategy } = oidc;
    const application = new PortalApplication(stack, 'application', { client, developer, strategy });
    const acts = {
      register: () => application.register('orders', { api }),
      publish: () => oidc.publish('orders', { api, portal }),
    };
    for (const act of order) acts[act]();
    return synthesize(stack).json;
  };
  expect(outcome(['register', 'publish'])).toEqual(outcome(['publish', 'register']));
});

test('leaves a registration alone that was made before the API is published', () => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  const application = oidc.registerClient('my-app', { client, developer, approved: true });
  const registration = application.register('mine', { api, approved: false });
  oidc.publish('my-api', { api, portal });
  expect(application.registrations).toEqual([registration]);
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration')).toMatchObject({
    status: 'pending',
    depends_on: [addressIn(json, 'konnect_api_publication')],
  });
});

test('registers for nothing on another portal', () => {
  const { stack, api, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal: new DevPortal(stack, 'other', { name: 'Other' }) });
  expect(oidc.registerClient('my-app', { client, developer }).registrations).toEqual([]);
});

test('takes every setting', () => {
  const { stack, api, oidc, client, developer } = setUp();
  const application = oidc.registerClient('my-app', {
    client,
    developer,
    name: 'My app',
    description: 'Orders',
    labels: { team: 'orders' },
    preventDestroy: true,
  });
  application.register('my-api', { api, approved: true });
  application.register('other', { api: PortalApi.fromApiId(stack, 'other', UUID), approved: false });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application')).toMatchObject({
    name: 'My app',
    description: 'Orders',
    labels: { team: 'orders' },
    lifecycle: { prevent_destroy: true },
  });
  const registrations = Object.values(json.resources('konnect_portal_application_registration'));
  expect(registrations.map(({ status }) => status)).toEqual(['approved', 'pending']);
  // Nothing in the app publishes these.
  expect(registrations.filter((each) => 'depends_on' in each)).toEqual([]);
});

test('waits for what it is told to wait for, too', () => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal });
  const application = new PortalApplication(stack, 'application', {
    client,
    developer,
    strategy: oidc.strategy,
  });
  application.register('my-api', { api, dependsOn: [client.resource] });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration').depends_on).toEqual([
    addressIn(json, 'okta_app_oauth'),
    addressIn(json, 'konnect_api_publication'),
  ]);
  expect(json.only('konnect_portal_application').name).toBe('application');
});

test.each([
  [true, 'approved'],
  [false, 'pending'],
])('approves what it registers for, before and after: %s', (approved, status) => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal });
  oidc.registerClient('my-app', { client, developer, approved });
  oidc.publish('other', { api: PortalApi.fromApiId(stack, 'other', UUID), portal });
  const json = synthesize(stack);
  const registrations = Object.values(json.resources('konnect_portal_application_registration'));
  expect(registrations.map((each) => each.status)).toEqual([status, status]);
  expect(json.only('konnect_portal_application')).not.toHaveProperty('approved');
});

describe('is warned about', () => {
  const NONE =
    "Application stack/oidc/Application-my-app is registered for no API, so that the gateway opens none to its client. Register it for each with register, for example application.register('orders', { api }).";
  const UNPUBLISHED =
    'API stack/api is published to portal stack/portal nowhere in this app: unless another one publishes it there, with the auth strategy of the application, Konnect refuses the registration with 400. Publish it with publish.';

  test('where it is registered for nothing', () => {
    const { stack, oidc, client, developer } = setUp();
    oidc.registerClient('my-app', { client, developer });
    expect(warningsOf(stack)).toEqual([NONE]);
  });

  test('not where it is registered later, in whichever way', () => {
    const { stack, portal, oidc, client, developer } = setUp();
    const application = oidc.registerClient('my-app', { client, developer });
    oidc.publish('my-api', { api: PortalApi.fromApiId(stack, 'other', UUID), portal });
    expect(warningsOf(stack)).toEqual([]);
    const other = oidc.registerClient('other', { client: oidc.addClient('other', app), developer });
    expect([application, other].map(({ registrations }) => registrations.length)).toEqual([1, 1]);
    const third = setUp();
    new PortalRegistration(third.stack, 'registration', {
      api: PortalApi.fromApiId(third.stack, 'other', UUID),
      application: third.oidc.registerClient('my-app', { client: third.client, developer: third.developer }),
    });
    expect(warningsOf(third.stack)).toEqual([]);
  });

  test('where it is registered for an API that nothing publishes to its portal', () => {
    const { stack, api, oidc, client, developer } = setUp();
    oidc.publish('my-api', { api, portal: new DevPortal(stack, 'second', { name: 'Second' }) });
    oidc.registerClient('my-app', { client, developer }).register('my-api', { api });
    expect(warningsOf(stack)).toEqual([UNPUBLISHED]);
  });
});

describe('an API of a stack that needs the one of the application', () => {
  function twoStacks() {
    const root = Testing.app();
    const [platform, team] = ['platform', 'team'].map((id) => {
      const stack = new TerraformStack(root, id);
      new OktaProvider(stack, 'okta', {});
      new KonnectProvider(stack, 'konnect', {});
      ProviderVersions.require(stack, { konnect });
      return stack;
    });
    const portal = new DevPortal(platform, 'portal', { name: 'Portal' });
    const oidc = new OktaDevPortalOidc(platform, 'oidc');
    const client = oidc.addClient('app', app);
    const developer = new PortalDeveloper(platform, 'developer', { portal, ...person });
    return { root, platform, team, portal, oidc, client, developer };
  }

  test.each(['before', 'after'])('has the registration beside its publication, made %s', (when) => {
    const { root, team, portal, oidc, client, developer } = twoStacks();
    const konnectProvider = new KonnectProvider(team, 'eu', { alias: 'eu' });
    const api = new PortalApi(team, 'api', { name: 'Orders', provider: konnectProvider });
    const publish = () => oidc.publish('orders', { api, portal });
    if (when === 'before') publish();
    const application = oidc.registerClient('my-app', { client, developer, approved: true });
    if (when === 'after') publish();
    expect(application.registrations.map(({ node }) => node.path)).toEqual([
      'team/api/Publication-orders/Registration-Application-my-app',
    ]);
    const [platformJson, json] = synthesizeApp(root, 'platform', 'team');
    expect(platformJson.counts()).not.toHaveProperty('konnect_portal_application_registration');
    expect(json.only('konnect_portal_application_registration')).toEqual({
      portal_id: expect.stringMatching(/^\$\{data\.terraform_remote_state\./),
      application_id: expect.stringMatching(/^\$\{data\.terraform_remote_state\./),
      api_id: `\${${addressIn(json, 'konnect_api')}.id}`,
      status: 'approved',
      provider: 'konnect.eu',
      depends_on: [addressIn(json, 'konnect_api_publication')],
      // Whether it is still the same application says its id, which only the other stack knows.
      lifecycle: {
        replace_triggered_by: [expect.stringMatching(/^terraform_data\.api_Publication-orders_Reg/)],
      },
    });
  });

  test('has it there for a portal of that stack alone, too', () => {
    const { platform, team, portal, client, developer } = twoStacks();
    const strategy = OidcAuthStrategy.fromStrategyId(platform, 'strategy', UUID);
    const application = new PortalApplication(platform, 'application', { client, developer, strategy });
    const api = PortalApi.fromApiId(team, 'api', UUID);
    const publication = new ApiPublication(team, 'publication', { api, portal, strategy });
    expect(application.register('api', { api }).node.scope).toBe(publication);
  });

  test('has it in the stack of the application where nothing of that is needed', () => {
    const { platform, team, client } = twoStacks();
    const strategy = OidcAuthStrategy.fromStrategyId(platform, 'strategy', UUID);
    const portal = DevPortal.fromPortalId(platform, 'theirs', UUID);
    const developer = PortalDeveloper.fromDeveloperId(platform, 'them', OTHER_UUID, portal);
    const application = new PortalApplication(platform, 'application', { client, developer, strategy });
    const api = PortalApi.fromApiId(team, 'api', UUID);
    new ApiPublication(team, 'publication', { api, portal, strategy });
    expect(application.register('api', { api }).node.scope).toBe(application);
  });
});

describe('what exists', () => {
  test('a client and a developer on a portal of somebody else', () => {
    const { stack, oidc } = setUp();
    const portal = DevPortal.fromPortalId(stack, 'theirs', UUID);
    const developer = PortalDeveloper.fromDeveloperId(stack, 'them', OTHER_UUID, portal);
    const client = OidcClient.fromClientId(stack, 'client', '0oa1');
    oidc.publish('my-api', { api: PortalApi.fromApiId(stack, 'their-api', UUID), portal });
    oidc.registerClient('my-app', { client, developer });
    const json = synthesize(stack);
    expect(json.only('konnect_portal_application')).toMatchObject({
      portal_id: UUID,
      client_id: '0oa1',
      owner: { type: 'developer', id: OTHER_UUID },
      lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\./)] },
    });
    expect(json.only('konnect_portal_application_registration').depends_on).toEqual([
      addressIn(json, 'konnect_api_publication'),
    ]);
  });

  test('an authentication that another stack of the app set up', () => {
    const root = Testing.app();
    const [platform, team] = ['platform', 'team'].map((id) => {
      const stack = new TerraformStack(root, id);
      new OktaProvider(stack, 'okta', {});
      new KonnectProvider(stack, 'konnect', {});
      return stack;
    });
    ProviderVersions.require(team, { konnect });
    const { api, portal } = prerequisites(platform);
    const oidc = new OktaDevPortalOidc(platform, 'oidc', { publications: { 'my-api': { api, portal } } });
    const theirs = OktaDevPortalOidc.fromOidc(team, 'oidc', oidc);
    const developer: IPortalDeveloper = new PortalDeveloper(team, 'developer', { portal, ...person });
    const application = theirs.registerClient('my-app', { client: theirs.addClient('app', app), developer });
    application.register('my-api', { api });
    const [, json] = synthesizeApp(root, 'platform', 'team');
    expect(json.counts()).toMatchObject({
      konnect_portal_developer: 1,
      konnect_portal_application: 1,
      konnect_portal_application_registration: 1,
    });
    expect(json.only('konnect_portal_application').auth_strategy_id).toMatch(/data\.terraform_remote_state/);
    // The whole other stack comes first, so there is nothing to name.
    expect(json.only('konnect_portal_application_registration')).not.toHaveProperty('depends_on');
  });
});
