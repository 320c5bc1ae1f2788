import { Api, ControlPlane, DevPortal, GatewayService, OktaDevPortalOidc } from '../../lib';
import { stackWithProviders } from '../support/how-to';
import { type Synthesized, synthesize } from '../support/synth';
import { UUID } from '../support/validation';

/*
 * Terraform destroys a resource whose address is gone, or whose attribute forces a replacement. Neither may happen to
 * the link of an API, a publication or a client.
 */
interface Settings {
  readonly scopes?: string[];
  readonly displayName?: string;
  readonly retries?: number;
  readonly homePage?: string;
  readonly label?: string;
}

function howTo(settings: Settings): Synthesized {
  const stack = stackWithProviders();
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane: ControlPlane.fromControlPlaneId(stack, 'control-plane', UUID),
    host: 'upstream.internal',
    retries: settings.retries,
    routes: { route: { paths: ['/anything'] } },
  });
  const portal = new DevPortal(stack, 'portal', { name: 'MyDevPortal', homePage: settings.homePage });
  const api = new Api(stack, 'api', { name: 'MyAPI', gatewayService });
  new OktaDevPortalOidc(stack, 'oidc', {
    scopes: settings.scopes,
    displayName: settings.displayName,
    clients: { app: { label: settings.label ?? 'App', redirectUris: ['https://localhost/callback'] } },
    publications: { api: { api, portal } },
  });
  return synthesize(stack);
}

test.each<[string, Settings, string]>([
  ['a scope', { scopes: ['api.access', 'api.more'] }, 'konnect_application_auth_strategy'],
  ['the display name', { displayName: 'Login' }, 'konnect_application_auth_strategy'],
  ["the gateway service's retries", { retries: 3 }, 'konnect_gateway_service'],
  ["the page's text", { homePage: '# Hello' }, 'konnect_portal_page'],
  ["the application's label", { label: 'Renamed' }, 'okta_app_oauth'],
])('a change of %s leaves links, publications and clients where they are', (_, settings, changed) => {
  const before = howTo({});
  const after = howTo(settings);
  expect(after.addresses()).toEqual(expect.arrayContaining(before.addresses()));
  expect(after.only(changed)).not.toEqual(before.only(changed));
  for (const type of [
    'konnect_api_implementation',
    'konnect_api_publication',
    'konnect_api',
    'terraform_data',
  ]) {
    expect(after.resources(type)).toEqual(before.resources(type));
  }
  // Others reference these two by id. The service has an explicit one, and a label does not replace the client.
  expect(after.only('konnect_gateway_service').id).toBe(before.only('konnect_gateway_service').id);
  expect({ ...after.only('okta_app_oauth'), label: '' }).toEqual({
    ...before.only('okta_app_oauth'),
    label: '',
  });
});
