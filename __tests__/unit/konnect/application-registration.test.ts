import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  ApiPublication,
  DevPortal,
  OidcAuthStrategy,
  OktaDevPortalOidc,
  PortalApplication,
  PortalDeveloper,
  ProviderVersions,
} from '../../../lib';
import { synthesize, synthesizeApp } from '../../support/synth';
import { expectSynthFailures, OTHER_UUID, UUID, warningsOf } from '../../support/validation';
import { addressIn, app, konnect, person, setUp } from './application-fixture';

test('is added for an API that is published later, and created after the publication', () => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  oidc.registerClient('my-app', { client, developer });
  oidc.publish('my-api', { api, portal });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration').depends_on).toEqual([
    addressIn(json, 'konnect_api_publication'),
  ]);
});

test('is the same whether the API is published before or after', () => {
  const outcome = (order: readonly ('register' | 'publish')[]) => {
    const { stack, api, portal, oidc, client, developer } = setUp();
    const { strategy } = oidc;
    const application = new PortalApplication(stack, 'application', { client, developer, strategy });
    const steps = {
      register: () => application.register('orders', { api }),
      publish: () => oidc.publish('orders', { api, portal }),
    };
    for (const step of order) steps[step]();
    return synthesize(stack).json;
  };
  expect(outcome(['register', 'publish'])).toEqual(outcome(['publish', 'register']));
});

test('is not added for an API that is registered already', () => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  const application = oidc.registerClient('my-app', { client, developer, approved: true });
  const registration = application.register('own', { api, approved: false });
  oidc.publish('my-api', { api, portal });
  expect(application.registrations).toEqual([registration]);
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration')).toMatchObject({
    status: 'pending',
    depends_on: [addressIn(json, 'konnect_api_publication')],
  });
});

test('is created after its dependsOn and the publication', () => {
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

describe('for an API of a stack that depends on the stack of the application', () => {
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

  test.each(['before', 'after'])('is a child of the publication, published %s', (when) => {
    const { root, team, portal, oidc, client, developer } = twoStacks();
    const konnectProvider = new KonnectProvider(team, 'eu', { alias: 'eu' });
    const api = new Api(team, 'api', { name: 'Orders', provider: konnectProvider });
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
      // Only the id in the other stack shows whether it is the same application.
      lifecycle: {
        replace_triggered_by: [expect.stringMatching(/^terraform_data\.api_Publication-orders_Reg/)],
      },
    });
  });

  test('is a child of the publication if only the portal is of the stack', () => {
    const { platform, team, portal, client, developer } = twoStacks();
    const strategy = OidcAuthStrategy.fromStrategyId(platform, 'strategy', UUID);
    const application = new PortalApplication(platform, 'application', { client, developer, strategy });
    const api = Api.fromApiId(team, 'api', UUID);
    const publication = new ApiPublication(team, 'publication', { api, portal, strategy });
    expect(application.register('api', { api }).node.scope).toBe(publication);
  });

  test('is a child of the application if portal and strategy exist', () => {
    const { platform, team, client } = twoStacks();
    const strategy = OidcAuthStrategy.fromStrategyId(platform, 'strategy', UUID);
    const portal = DevPortal.fromPortalId(platform, 'existing', UUID);
    const developer = PortalDeveloper.fromDeveloperId(platform, 'existing-developer', OTHER_UUID, portal);
    const application = new PortalApplication(platform, 'application', { client, developer, strategy });
    const api = Api.fromApiId(team, 'api', UUID);
    new ApiPublication(team, 'publication', { api, portal, strategy });
    expect(application.register('api', { api }).node.scope).toBe(application);
  });
});

test('warns about an API that the app does not publish to the portal', () => {
  const { stack, api, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal: new DevPortal(stack, 'second', { name: 'Second' }) });
  oidc.registerClient('my-app', { client, developer }).register('my-api', { api });
  expect(warningsOf(stack)).toEqual([
    expect.stringMatching(/^API stack\/api is not published to portal stack\/portal in this app/),
  ]);
});

test('needs konnect 3.21', () => {
  const { stack, api, oidc, client, developer } = setUp();
  const application = oidc.registerClient('my-app', { client, developer });
  application.register('my-api', { api });
  ProviderVersions.require(stack, { konnect: '~> 3.20' });
  expectSynthFailures(
    stack,
    ...['applications', 'registrations', 'developers'].map(
      (what) =>
        [
          'versions of kong/konnect',
          new RegExp(`must start at 3\\.21\\.0 or later: older versions have no ${what}`),
        ] as const,
    ),
  );
});
