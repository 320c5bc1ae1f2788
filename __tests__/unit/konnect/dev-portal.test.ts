import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type TerraformStack, Testing } from 'cdktf';
import {
  Api,
  ControlPlane,
  DevPortal,
  type IOidcAuthStrategy,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApplication,
  PortalDeveloper,
  PortalPage,
  Visibility,
} from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, UUID, warningsOf } from '../../support/validation';

const PORTAL_ID = '22222222-2222-4222-8222-222222222222';

test('requires approval of developers and applications by default', () => {
  const stack = stackWithProviders();
  new DevPortal(stack, 'portal', { name: 'MyDevPortal' });
  expect(synthesize(stack).only('konnect_portal')).toEqual({
    name: 'MyDevPortal',
    authentication_enabled: true,
    rbac_enabled: false,
    auto_approve_developers: false,
    auto_approve_applications: false,
    default_api_visibility: 'public',
    default_page_visibility: 'public',
  });
});

test('has a home page that lists the APIs and is replaced with the portal', () => {
  const stack = stackWithProviders();
  const portal = new DevPortal(stack, 'portal', { name: 'MyDevPortal' });
  const json = synthesize(stack);
  const [name] = Object.keys(json.resources('konnect_portal'));
  expect(json.only('konnect_portal_page')).toEqual({
    portal_id: `\${konnect_portal.${name}.id}`,
    slug: '/',
    title: 'Home',
    content: '::apis-list',
    status: 'published',
    visibility: 'public',
    lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\./)] },
  });
  const id = `\${konnect_portal.${name}.id}`;
  expect(json.replacementIds(json.only('konnect_portal_page'))).toEqual([{ id }]);
  expect(portal.homePage).toBeInstanceOf(PortalPage);
});

test('writes every prop', () => {
  const stack = stackWithProviders();
  new DevPortal(stack, 'portal', {
    name: 'partners',
    displayName: 'Partners',
    description: 'For partners',
    rbacEnabled: true,
    autoApproveDevelopers: true,
    autoApproveApplications: true,
    defaultPageVisibility: Visibility.PRIVATE,
    homePage: '# Hello',
    labels: { team: 'platform' },
    forceDestroy: true,
  });
  const json = synthesize(stack);
  expect(json.only('konnect_portal')).toEqual({
    name: 'partners',
    display_name: 'Partners',
    description: 'For partners',
    authentication_enabled: true,
    rbac_enabled: true,
    auto_approve_developers: true,
    auto_approve_applications: true,
    default_api_visibility: 'private',
    default_page_visibility: 'private',
    labels: { team: 'platform' },
    force_destroy: 'true',
  });
  expect(json.only('konnect_portal_page')).toMatchObject({ content: '# Hello', visibility: 'private' });
});

test('has no home page if it is empty', () => {
  const stack = stackWithProviders();
  const portal = new DevPortal(stack, 'portal', { name: 'bare', homePage: '' });
  expect(portal.homePage).toBeUndefined();
  expect(synthesize(stack).resources('konnect_portal_page')).toEqual({});
});

test('replaces pages of an existing portal when its id changes', () => {
  const stack = stackWithProviders();
  const portal = DevPortal.fromPortalId(stack, 'portal', PORTAL_ID);
  portal.addPage('guide', {
    slug: 'guide',
    content: '# Guide',
    description: 'How to begin',
    visibility: Visibility.PUBLIC,
    published: false,
  });
  const json = synthesize(stack);
  const [identity] = Object.keys(json.resources('terraform_data'));
  expect(json.only('terraform_data')).toEqual({ triggers_replace: { id: PORTAL_ID } });
  expect(json.only('konnect_portal_page')).toEqual({
    portal_id: PORTAL_ID,
    slug: 'guide',
    content: '# Guide',
    description: 'How to begin',
    visibility: 'public',
    status: 'unpublished',
    lifecycle: { replace_triggered_by: [`terraform_data.${identity}`] },
  });
});

test('writes no empty map of labels: the provider would plan it at every deployment', () => {
  const stack = stackWithProviders();
  const portal = new DevPortal(stack, 'portal', { name: 'Portal', labels: {} });
  new Api(stack, 'api', { name: 'API', labels: {} });
  new ControlPlane(stack, 'control-plane', { name: 'Control plane', labels: {} });
  new PortalApplication(stack, 'application', {
    client: OidcClient.fromClientId(stack, 'client', '0oa1'),
    developer: PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal),
    strategy: OidcAuthStrategy.fromStrategyId(stack, 'strategy', UUID),
    labels: {},
  });
  expect(Testing.synth(stack)).not.toContain('"labels"');
});

describe('the default strategy', () => {
  const setUp = () => {
    const stack = stackWithProviders();
    const strategy = new OktaDevPortalOidc(stack, 'oidc').strategy;
    return { stack, strategy };
  };

  test.each([
    [
      'a prop',
      (stack: TerraformStack, defaultStrategy: IOidcAuthStrategy) =>
        new DevPortal(stack, 'portal', { name: 'Portal', defaultStrategy }),
    ],
    [
      'set later',
      (stack: TerraformStack, strategy: IOidcAuthStrategy) => {
        const portal = new DevPortal(stack, 'portal', { name: 'Portal' });
        portal.useDefaultStrategy(strategy);
        return portal;
      },
    ],
  ])('is %s', (_name, create) => {
    const { stack, strategy } = setUp();
    expect(create(stack, strategy).defaultStrategy).toBe(strategy);
    const json = synthesize(stack);
    const [name] = Object.keys(json.resources('konnect_application_auth_strategy'));
    expect(json.only('konnect_portal').default_application_auth_strategy_id).toBe(
      `\${konnect_application_auth_strategy.${name}.id}`,
    );
  });

  test('is undefined unless it is set', () => {
    expect(new DevPortal(stackWithProviders(), 'portal', { name: 'Portal' }).defaultStrategy).toBeUndefined();
  });

  test('is set once', () => {
    const { stack, strategy } = setUp();
    const portal = new DevPortal(stack, 'portal', { name: 'Portal', defaultStrategy: strategy });
    const other = OidcAuthStrategy.fromStrategyId(stack, 'other', UUID);
    expectFailures(
      () => portal.useDefaultStrategy(other),
      ['defaultStrategy', /must not be set twice/, 'stack/portal'],
    );
  });

  test('is in the region of the portal', () => {
    const { stack, strategy } = setUp();
    const provider = new KonnectProvider(stack, 'eu', {
      alias: 'eu',
      serverUrl: 'https://eu.api.konghq.com',
    });
    (stack.node.findChild('konnect') as KonnectProvider).serverUrl = 'https://us.api.konghq.com';
    new DevPortal(stack, 'portal', { name: 'Portal', provider, defaultStrategy: strategy });
    expect(() => Testing.synth(stack, true)).toThrow(/defaultStrategy[\s\S]*must be in the same region/);
  });
});

describe('a portal whose APIs are private by default', () => {
  const warnings = (rbacEnabled: boolean) => {
    const stack = stackWithProviders();
    const defaultApiVisibility = Visibility.PRIVATE;
    new DevPortal(stack, 'portal', { name: 'Portal', defaultApiVisibility, rbacEnabled });
    return warningsOf(stack);
  };

  test('warns without RBAC', () => {
    expect(warnings(false)).toEqual([expect.stringMatching(/stack\/portal, which has no RBAC/)]);
  });

  test('does not warn with RBAC', () => {
    expect(warnings(true)).toEqual([]);
  });
});
