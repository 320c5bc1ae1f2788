import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  ApplicationRegistration,
  DevPortal,
  type IPortalDeveloper,
  OidcClient,
  OktaDevPortalOidc,
  PortalDeveloper,
  ProviderVersions,
} from '../../../lib';
import { prerequisites } from '../../support/how-to';
import { synthesize, synthesizeApp } from '../../support/synth';
import { OTHER_UUID, UUID, warningsOf } from '../../support/validation';
import { addressIn, app, konnect, person, setUp } from './application-fixture';

test('registers a client for published APIs in one call', () => {
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
    lifecycle: {
      replace_triggered_by: [
        expect.stringMatching(/^terraform_data\.oidc_Application-my-app_ParentId_/),
        `${address('konnect_portal_developer')}.id`,
      ],
    },
  });
  expect(json.only('konnect_portal_application_registration')).toEqual({
    portal_id: `\${${address('konnect_portal')}.id}`,
    application_id: `\${${address('konnect_portal_application')}.id}`,
    api_id: `\${${address('konnect_api')}.id}`,
    depends_on: [address('konnect_api_publication')],
    lifecycle: {
      replace_triggered_by: [expect.stringMatching(/^terraform_data\.oidc_Application-my-app_Id_/)],
    },
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

test('is not registered for APIs on other portals', () => {
  const { stack, api, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal: new DevPortal(stack, 'other', { name: 'Other' }) });
  expect(oidc.registerClient('my-app', { client, developer }).registrations).toEqual([]);
});

test('writes every prop', () => {
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
  application.register('other', { api: Api.fromApiId(stack, 'other', UUID), approved: false });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application')).toMatchObject({
    name: 'My app',
    description: 'Orders',
    labels: { team: 'orders' },
    lifecycle: { prevent_destroy: true },
  });
  const registrations = Object.values(json.resources('konnect_portal_application_registration'));
  expect(registrations.map(({ status }) => status)).toEqual(['approved', 'pending']);
  expect(registrations.filter((each) => 'depends_on' in each)).toEqual([]);
});

test.each([
  [true, 'approved'],
  [false, 'pending'],
])('sets the status of all registrations with approved %s', (approved, status) => {
  const { stack, api, portal, oidc, client, developer } = setUp();
  oidc.publish('my-api', { api, portal });
  oidc.registerClient('my-app', { client, developer, approved });
  oidc.publish('other', { api: Api.fromApiId(stack, 'other', UUID), portal });
  const json = synthesize(stack);
  const registrations = Object.values(json.resources('konnect_portal_application_registration'));
  expect(registrations.map((each) => each.status)).toEqual([status, status]);
  expect(json.only('konnect_portal_application')).not.toHaveProperty('approved');
});

describe('warns', () => {
  test('if it is not registered for an API', () => {
    const { stack, oidc, client, developer } = setUp();
    oidc.registerClient('my-app', { client, developer });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Application stack\/oidc\/Application-my-app is not registered for an API/),
    ]);
  });

  test('not if it is registered later, with publish, registerClient or ApplicationRegistration', () => {
    const { stack, portal, oidc, client, developer } = setUp();
    const application = oidc.registerClient('my-app', { client, developer });
    oidc.publish('my-api', { api: Api.fromApiId(stack, 'other', UUID), portal });
    expect(warningsOf(stack)).toEqual([]);
    const other = oidc.registerClient('other', { client: oidc.addClient('other', app), developer });
    expect([application, other].map(({ registrations }) => registrations.length)).toEqual([1, 1]);
    const third = setUp();
    new ApplicationRegistration(third.stack, 'registration', {
      api: Api.fromApiId(third.stack, 'other', UUID),
      application: third.oidc.registerClient('my-app', { client: third.client, developer: third.developer }),
    });
    expect(warningsOf(third.stack)).toEqual([]);
  });
});

describe('references', () => {
  test('an existing client, and a developer on an existing portal', () => {
    const { stack, oidc } = setUp();
    const portal = DevPortal.fromPortalId(stack, 'existing-portal', UUID);
    const developer = PortalDeveloper.fromDeveloperId(stack, 'existing-developer', OTHER_UUID, portal);
    const client = OidcClient.fromClientId(stack, 'client', '0oa1');
    oidc.publish('my-api', { api: Api.fromApiId(stack, 'existing-api', UUID), portal });
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

  test('an authentication of another stack of the app', () => {
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
    const imported = OktaDevPortalOidc.fromAttributes(team, 'oidc', oidc);
    const developer: IPortalDeveloper = new PortalDeveloper(team, 'developer', { portal, ...person });
    const application = imported.registerClient('my-app', {
      client: imported.addClient('app', app),
      developer,
    });
    application.register('my-api', { api });
    const [, json] = synthesizeApp(root, 'platform', 'team');
    expect(json.counts()).toMatchObject({
      konnect_portal_developer: 1,
      konnect_portal_application: 1,
      konnect_portal_application_registration: 1,
    });
    expect(json.only('konnect_portal_application').auth_strategy_id).toMatch(/data\.terraform_remote_state/);
    // Terraform deploys the other stack first.
    expect(json.only('konnect_portal_application_registration')).not.toHaveProperty('depends_on');
  });
});
