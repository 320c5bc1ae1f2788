import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  Api,
  ApiPublication,
  DevPortal,
  OidcAuthStrategy,
  PortalApplication,
  ProviderVersions,
} from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, expectSynthFailures, OTHER_UUID, UUID } from '../../support/validation';

const konnect = '>= 3.21.0, < 4.0.0';

/** Address of the only resource of a type. */
const addressIn = (json: ReturnType<typeof synthesize>, type: string) =>
  `${type}.${Object.keys(json.resources(type))[0]}`;

function setUp() {
  const stack = stackWithProviders();
  ProviderVersions.require(stack, { konnect });
  const portal = DevPortal.fromPortalId(stack, 'portal', UUID);
  const strategy = OidcAuthStrategy.fromStrategyId(stack, 'strategy', UUID);
  const attributes = { applicationId: OTHER_UUID, portal, strategy };
  return { stack, portal, strategy, attributes };
}

test('creates only its registrations, which are replaced when its id changes', () => {
  const { stack, portal, strategy, attributes } = setUp();
  const application = PortalApplication.fromAttributes(stack, 'application', attributes);
  expect([application.applicationId, application.portal, application.strategy]).toEqual([
    OTHER_UUID,
    portal,
    strategy,
  ]);
  const api = Api.fromApiId(stack, 'api', UUID);
  const registration = application.register('orders', { api, approved: true });
  expect(application.registrations).toEqual([registration]);
  expect(registration.node.path).toBe('stack/application/Registration-orders');
  const json = synthesize(stack);
  expect(json.counts()).toEqual({ konnect_portal_application_registration: 1, terraform_data: 1 });
  expect(json.only('terraform_data').triggers_replace).toEqual({ id: OTHER_UUID });
  expect(json.only('konnect_portal_application_registration')).toEqual({
    portal_id: UUID,
    application_id: OTHER_UUID,
    api_id: UUID,
    status: 'approved',
    lifecycle: { replace_triggered_by: [addressIn(json, 'terraform_data')] },
  });
});

test('gives registrations its provider', () => {
  const { stack, attributes } = setUp();
  const provider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
  const application = PortalApplication.fromAttributes(stack, 'application', { ...attributes, provider });
  application.register('orders', { api: Api.fromApiId(stack, 'api', UUID) });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration').provider).toBe('konnect.eu');
});

test('creates registrations after the publication', () => {
  const { stack, portal, strategy, attributes } = setUp();
  const api = Api.fromApiId(stack, 'api', UUID);
  PortalApplication.fromAttributes(stack, 'application', attributes).register('orders', { api });
  new ApiPublication(stack, 'publication', { api, portal, strategy });
  const json = synthesize(stack);
  expect(json.only('konnect_portal_application_registration').depends_on).toEqual([
    addressIn(json, 'konnect_api_publication'),
  ]);
});

test('registers only for APIs that are published with its strategy', () => {
  const { stack, portal, attributes } = setUp();
  const api = Api.fromApiId(stack, 'api', UUID);
  const strategy = OidcAuthStrategy.fromStrategyId(stack, 'other', OTHER_UUID);
  new ApiPublication(stack, 'publication', { api, portal, strategy });
  PortalApplication.fromAttributes(stack, 'application', attributes).register('orders', { api });
  expectSynthFailures(stack, ['api', /must be published with the strategy of the application \(Konnect\)/]);
});

test('registers once for each API', () => {
  const { stack, attributes } = setUp();
  const application = PortalApplication.fromAttributes(stack, 'application', attributes);
  application.register('orders', { api: Api.fromApiId(stack, 'api', UUID) });
  const api = Api.fromApiId(stack, 'same', UUID);
  expectFailures(
    () => application.register('again', { api }),
    ['api', /must not be registered twice by one application \(Konnect\)/],
  );
});

test('needs a UUID, a portal and a strategy', () => {
  const attributes = { applicationId: 'app', portal: UUID as never, strategy: UUID as never };
  expectFailures(
    () => PortalApplication.fromAttributes(stackWithProviders(), 'application', attributes),
    ['applicationId', /must be a UUID/],
    ['portal', /must be a construct with portalId/],
    ['strategy', /must be a construct with strategyId/],
  );
});
