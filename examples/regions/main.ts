import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'regions');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});

// One Okta org for all regions: claim and scope are created once.
const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');

for (const region of ['eu', 'us']) {
  const provider = new KonnectProvider(stack, `konnect-${region}`, {
    alias: region,
    serverUrl: `https://${region}.api.konghq.com`,
  });
  const controlPlane = new ControlPlane(stack, `control-plane-${region}`, {
    provider,
    name: `orders-${region}`,
  });
  const gatewayService = new GatewayService(stack, `service-${region}`, {
    provider,
    controlPlane,
    host: `orders.${region}.internal`,
    routes: { [`orders-${region}`]: { paths: ['/orders'] } },
  });
  const portal = new DevPortal(stack, `portal-${region}`, { provider, name: `Orders portal ${region}` });
  const api = new Api(stack, `orders-${region}`, {
    provider,
    name: `Orders ${region}`,
    gatewayService,
  });
  new OktaDevPortalOidc(stack, `oidc-${region}`, {
    authorizationServer,
    konnectProvider: provider,
    name: `Okta OIDC ${region}`,
    clients: {
      app: {
        label: `Orders app ${region}`,
        redirectUris: [`https://${region}.example.com/callback`],
      },
    },
    publications: { orders: { api, portal } },
  });
}

app.synth();
