import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  OidcClientType,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'client-teams');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'client-teams' });
const gatewayService = new GatewayService(stack, 'service', {
  controlPlane,
  host: 'orders.internal',
  routes: { orders: { paths: ['/orders'] } },
});
const api = new Api(stack, 'orders', { name: 'Orders', gatewayService });
const portal = new DevPortal(stack, 'portal', { name: 'Orders portal' });
const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { orders: { api, portal } } });

// A web application has a callback URL. A job is a service application.
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
