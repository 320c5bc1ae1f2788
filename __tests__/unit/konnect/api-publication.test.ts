import { ApiPublication, DevPortal, OidcAuthStrategy, PortalApi, Visibility } from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';

const STRATEGY = '44444444-4444-4444-8444-444444444444';

function setUp() {
  const stack = stackWithProviders();
  return { stack, strategy: OidcAuthStrategy.fromStrategyId(stack, 'strategy', STRATEGY) };
}

test('writes strategy and visibility, and is replaced when API or portal become others', () => {
  const { stack, strategy } = setUp();
  new ApiPublication(stack, 'publication', { ...prerequisites(stack), strategy });
  const json = synthesize(stack);
  const [api] = Object.keys(json.resources('konnect_api'));
  const [portal] = Object.keys(json.resources('konnect_portal'));
  const [published] = Object.keys(json.resources('terraform_data'));
  expect(json.only('konnect_api_publication')).toEqual({
    api_id: `\${konnect_api.${api}.id}`,
    portal_id: `\${konnect_portal.${portal}.id}`,
    auth_strategy_ids: [STRATEGY],
    visibility: 'public',
    lifecycle: { replace_triggered_by: [`terraform_data.${published}`] },
  });
  expect(json.only('terraform_data').triggers_replace).toEqual({
    apiId: `\${konnect_api.${api}.id}`,
    portalId: `\${konnect_portal.${portal}.id}`,
  });
});

test('is private where nobody knows what the portal has', () => {
  const { stack, strategy } = setUp();
  const publication = new ApiPublication(stack, 'publication', {
    api: PortalApi.fromApiId(stack, 'api', '33333333-3333-4333-8333-333333333333'),
    portal: DevPortal.fromPortalId(stack, 'portal', '22222222-2222-4222-8222-222222222222'),
    strategy,
    autoApproveRegistrations: true,
  });
  expect(publication.visibility).toBe(Visibility.PRIVATE);
  expect(synthesize(stack).only('konnect_api_publication')).toMatchObject({
    visibility: 'private',
    auto_approve_registrations: true,
  });
});

test('follows the default of a portal with RBAC', () => {
  const { stack, strategy } = setUp();
  const { api } = prerequisites(stack);
  const portal = new DevPortal(stack, 'private-portal', { name: 'private', rbacEnabled: true });
  const publication = new ApiPublication(stack, 'publication', { api, portal, strategy });
  expect(publication.visibility).toBe(Visibility.PRIVATE);
});

test('one API goes to two portals', () => {
  const { stack, strategy } = setUp();
  const { api, portal } = prerequisites(stack);
  const second = new DevPortal(stack, 'second', { name: 'second' });
  new ApiPublication(stack, 'first-publication', { api, portal, strategy });
  new ApiPublication(stack, 'second-publication', { api, portal: second, strategy });
  expect(synthesize(stack).counts().konnect_api_publication).toBe(2);
});
