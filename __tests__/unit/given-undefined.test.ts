import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  AuthorizationServer,
  DevPortal,
  GatewayService,
  OidcClient,
  OktaDevPortalOidc,
  PortalApi,
  PortalApplication,
  PortalDeveloper,
  ProviderVersions,
} from '../../lib';
import { Given } from '../support/fixture';
import { propsOf, replaced } from '../support/paths';
import { catalogue, type Entry } from '../support/prop-examples';
import { newStack, synthesize } from '../support/synth';
import { UUID } from '../support/validation';

/*
 * A prop that is there with the value undefined is one that is left out, as where somebody hands on a prop that he was
 * not given himself.
 */
/** What comes of the input: JSON, or the error. */
function outcome({ create }: Entry, given: Given, props: unknown): unknown {
  try {
    create(given.stack, props as never, given);
    return synthesize(given.stack).json;
  } catch (error) {
    return String(error);
  }
}

/** The same without what is undefined. */
function without(props: unknown): unknown {
  if (Array.isArray(props)) {
    return props.map(without);
  }
  const isPlain = Object.getPrototypeOf(Object(props)) === Object.prototype;
  const entries = Object.entries(Object(props)).filter(([, value]) => value !== undefined);
  return isPlain ? Object.fromEntries(entries.map(([name, value]) => [name, without(value)])) : props;
}

test.each(catalogue.map((entry) => [entry.what, entry] as const))(
  '%s takes no difference between undefined and left out',
  (_what, entry) => {
    for (const prop of propsOf(entry.example(new Given()))) {
      const [left, right] = [new Given(), new Given()];
      const changed = (given: Given) => replaced(entry.example(given), prop, () => undefined);
      expect([prop, outcome(entry, left, changed(left))]).toEqual([
        prop,
        outcome(entry, right, without(changed(right))),
      ]);
    }
  },
);

test('what is added without a provider, said or not, has that of what it is added to', () => {
  const stack = newStack();
  ProviderVersions.require(stack, { konnect: '~> 3.21' });
  const okta = new OktaProvider(stack, 'okta', { alias: 'org' });
  const konnect = new KonnectProvider(stack, 'konnect', { alias: 'eu' });
  const provider = undefined;

  const server = AuthorizationServer.fromDefault(stack, 'server', { provider: okta });
  server.addScope('orders.read', { provider });
  server.addClientIdClaim('claim', { provider });
  const policy = server.addAccessPolicy('policy', { name: 'Policy', allClients: true, provider });
  policy.addRule({ name: 'Rule', scopes: ['*'], provider });

  const portal = new DevPortal(stack, 'portal', { name: 'Portal', rbacEnabled: true, provider: konnect });
  portal.addPage('page', { slug: 'page', content: '', provider });
  portal.addTeam('team', { name: 'Team', provider });
  const service = GatewayService.fromAttributes(stack, 'service', {
    serviceId: UUID,
    controlPlaneId: UUID,
    provider: konnect,
  });
  service.addRoute('route', { paths: ['/'], provider });

  const api = new PortalApi(stack, 'api', { name: 'API', gatewayService: service, provider: konnect });
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    authorizationServer: server,
    oktaProvider: provider,
    konnectProvider: konnect,
  });
  const client = oidc.addClient('client', { label: 'Client', redirectUris: ['https://localhost'], provider });
  oidc.publish('api', { api, portal, provider });
  const developer = new PortalDeveloper(stack, 'developer', {
    portal,
    email: 'dev@example.test',
    fullName: 'Dev Eloper',
    provider: konnect,
  });
  oidc.registerClient('app', { client, developer, provider });
  const application = new PortalApplication(stack, 'application', {
    client: OidcClient.fromClientId(stack, 'existing', '0oa1'),
    developer,
    strategy: oidc.strategy,
    provider: konnect,
  });
  application.register('api', { api, provider });

  const resources = Object.entries(synthesize(stack).json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named as { [name: string]: { provider?: string } }).map(([name, { provider: used }]) => ({
      type,
      name,
      used,
    })),
  );
  const expected = (type: string) => (type.startsWith('okta_') ? 'okta.org' : 'konnect.eu');
  expect(resources.filter(({ type, used }) => type !== 'terraform_data' && used !== expected(type))).toEqual(
    [],
  );
});
