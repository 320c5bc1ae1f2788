import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  DevPortal,
  GatewayService,
  OidcClientType,
  OktaDevPortalOidc,
  PortalApi,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'client-teams');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

const { id: controlPlaneId } = new GatewayControlPlane(stack, 'control-plane', { name: 'client-teams' });
const gatewayService = new GatewayService(stack, 'service', {
  controlPlaneId,
  host: 'orders.internal',
  routes: { orders: { paths: ['/orders'] } },
});
const api = new PortalApi(stack, 'orders', { name: 'Orders', gatewayService });
const portal = new DevPortal(stack, 'portal', { name: 'Orders portal' });
const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { orders: { api, portal } } });

// A web application has a callback; a job that nobody signs in to is a service application.
const teams = {
  billing: [{ name: 'web', callback: 'https://billing.example.com/callback' }, { name: 'nightly-export' }],
  shipping: [{ name: 'web', callback: 'https://shipping.example.com/callback' }, { name: 'labels' }],
};

for (const [team, clients] of Object.entries(teams)) {
  for (const { name, callback } of clients) {
    const client = oidc.addClient(`${team}-${name}`, {
      label: `${team} ${name}`,
      ...(callback ? { redirectUris: [callback] } : { type: OidcClientType.SERVICE }),
    });
    new TerraformOutput(stack, `${team}-${name}-client-id`, { value: client.clientId });
  }
}

app.synth();
