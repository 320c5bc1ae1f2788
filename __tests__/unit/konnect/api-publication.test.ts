import {
  Api,
  ApiPublication,
  type ApiPublicationOptions,
  DevPortal,
  type DevPortalProps,
  OidcAuthStrategy,
  Visibility,
} from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, OTHER_UUID, UUID, warningsOf } from '../../support/validation';

const STRATEGY = '44444444-4444-4444-8444-444444444444';

function setUp() {
  const stack = stackWithProviders();
  return { stack, strategy: OidcAuthStrategy.fromStrategyId(stack, 'strategy', STRATEGY) };
}

test('writes strategy and visibility, and is replaced when API or portal change', () => {
  const { stack, strategy } = setUp();
  new ApiPublication(stack, 'publication', { ...prerequisites(stack), strategy });
  const json = synthesize(stack);
  const [api] = Object.keys(json.resources('konnect_api'));
  const [portal] = Object.keys(json.resources('konnect_portal'));
  expect(json.only('konnect_api_publication')).toEqual({
    api_id: `\${konnect_api.${api}.id}`,
    portal_id: `\${konnect_portal.${portal}.id}`,
    auth_strategy_ids: [STRATEGY],
    visibility: 'public',
    lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\./)] },
  });
  expect(json.replacementIds(json.only('konnect_api_publication'))).toEqual([
    { apiId: `\${konnect_api.${api}.id}`, portalId: `\${konnect_portal.${portal}.id}` },
  ]);
});

test('is private if the default of the portal is unknown', () => {
  const { stack, strategy } = setUp();
  const publication = new ApiPublication(stack, 'publication', {
    api: Api.fromApiId(stack, 'api', UUID),
    portal: DevPortal.fromPortalId(stack, 'portal', OTHER_UUID),
    strategy,
    autoApproveRegistrations: true,
  });
  expect(publication.visibility).toBe(Visibility.PRIVATE);
  expect(synthesize(stack).only('konnect_api_publication')).toMatchObject({
    visibility: 'private',
    auto_approve_registrations: true,
  });
});

test('has the default visibility of a portal with RBAC', () => {
  const { stack, strategy } = setUp();
  const { api } = prerequisites(stack);
  const portal = new DevPortal(stack, 'private-portal', { name: 'private', rbacEnabled: true });
  const publication = new ApiPublication(stack, 'publication', { api, portal, strategy });
  expect(publication.visibility).toBe(Visibility.PRIVATE);
});

test('publishes one API to two portals', () => {
  const { stack, strategy } = setUp();
  const { api, portal } = prerequisites(stack);
  const second = new DevPortal(stack, 'second', { name: 'second' });
  new ApiPublication(stack, 'first-publication', { api, portal, strategy });
  new ApiPublication(stack, 'second-publication', { api, portal: second, strategy });
  expect(synthesize(stack).counts().konnect_api_publication).toBe(2);
});

test('rejects a second publication to a portal, also of another reference to API and portal', () => {
  const { stack, strategy } = setUp();
  const publish = (id: string) => {
    const api = Api.fromApiId(stack, `${id}-api`, UUID);
    const portal = DevPortal.fromPortalId(stack, `${id}-portal`, OTHER_UUID);
    new ApiPublication(stack, id, { api, portal, strategy });
  };
  publish('first');
  expectFailures(() => publish('second'), ['api, portal', /must not be published twice/]);
});

describe('warns', () => {
  /** Warnings of a linked API on a portal that this app creates. */
  function warnings(portalProps: Partial<DevPortalProps>, options: Partial<ApiPublicationOptions> = {}) {
    const { stack, strategy } = setUp();
    const { api } = prerequisites(stack);
    const portal = new DevPortal(stack, 'own', { name: 'Own', ...portalProps });
    new ApiPublication(stack, 'publication', { api, portal, strategy, ...options });
    return warningsOf(stack).filter((each) => each.includes('API stack/api'));
  }

  /** Warnings of a linked API on an existing portal. */
  function existingPortalWarnings(rbacEnabled: boolean | undefined) {
    const { stack, strategy } = setUp();
    const { api } = prerequisites(stack);
    const portal = DevPortal.fromPortalId(stack, 'existing', UUID, { rbacEnabled });
    const visibility = Visibility.PRIVATE;
    new ApiPublication(stack, 'publication', { api, portal, strategy, visibility });
    return warningsOf(stack);
  }

  const PRIVATE = /is private on portal stack\/\w+, which has no RBAC\. Every developer who signs in sees it/;

  test('about an API that is private on a portal without RBAC', () => {
    const visibility = Visibility.PRIVATE;
    expect(warnings({}, { visibility })).toEqual([expect.stringMatching(PRIVATE)]);
    expect(warnings({ rbacEnabled: false }, { visibility })).toEqual([expect.stringMatching(PRIVATE)]);
  });

  test('not about one that is private by default, because the portal warns', () => {
    const { stack, strategy } = setUp();
    const { api } = prerequisites(stack);
    const portal = new DevPortal(stack, 'own', { name: 'Own', defaultApiVisibility: Visibility.PRIVATE });
    new ApiPublication(stack, 'publication', { api, portal, strategy });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^APIs are private by default on portal stack\/own/),
    ]);
  });

  test('about one on an existing portal only if that is known to have no RBAC', () => {
    expect(existingPortalWarnings(false)).toEqual([expect.stringMatching(PRIVATE)]);
    expect(existingPortalWarnings(undefined)).toEqual([]);
    expect(existingPortalWarnings(true)).toEqual([]);
  });

  test('not about a public API, nor a private one on a portal with RBAC', () => {
    expect(warnings({})).toEqual([]);
    expect(warnings({ rbacEnabled: true })).toEqual([]);
    expect(warnings({ rbacEnabled: true }, { visibility: Visibility.PRIVATE })).toEqual([]);
  });

  test('about an API without gateway service, unless it is linked later', () => {
    const { stack, strategy } = setUp();
    const { portal } = prerequisites(stack);
    const api = new Api(stack, 'unlinked', { name: 'Unlinked' });
    new ApiPublication(stack, 'publication', { api, portal, strategy });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/stack\/unlinked is linked to no gateway service/),
    ]);
  });

  test.each<[boolean | undefined, boolean | undefined, boolean]>([
    [true, false, true],
    [true, undefined, false],
    [true, true, false],
    [false, false, false],
    [undefined, false, false],
  ])(
    'with autoApproveApplications %p and autoApproveRegistrations %p: %p',
    (portal, publication, isWarned) => {
      const found = warnings({ autoApproveApplications: portal }, { autoApproveRegistrations: publication });
      expect(found).toEqual(
        isWarned
          ? [expect.stringMatching(/are approved automatically although autoApproveRegistrations is false/)]
          : [],
      );
    },
  );
});
