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
  Visibility,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'many-apis');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'many-apis' });

// With RBAC the default visibility is private.
const portal = new DevPortal(stack, 'portal', { name: 'Company APIs', rbacEnabled: true });

// One strategy for each set of scopes. Both use one authorization server.
const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
const access = {
  read: new OktaDevPortalOidc(stack, 'read', {
    authorizationServer,
    name: 'Okta OIDC, read',
    scopes: ['catalog.read'],
  }),
  write: new OktaDevPortalOidc(stack, 'write', {
    authorizationServer,
    name: 'Okta OIDC, write',
    scopes: ['catalog.read', 'catalog.write'],
  }),
};

const apis = {
  products: { name: 'Products', oidc: access.read, visibility: Visibility.PUBLIC },
  prices: { name: 'Prices', oidc: access.read, visibility: Visibility.PRIVATE },
  orders: { name: 'Orders', oidc: access.write, visibility: Visibility.PRIVATE },
};

for (const [id, { name, oidc, visibility }] of Object.entries(apis)) {
  const gatewayService = new GatewayService(stack, `${id}-service`, {
    controlPlane,
    host: `${id}.internal`,
    routes: { [id]: { paths: [`/${id}`] } },
  });
  const api = new Api(stack, id, { name, gatewayService });
  oidc.publish(id, { api, portal, visibility });
}

access.read.addClient('shop', { label: 'Shop', redirectUris: ['https://shop.example.com/callback'] });
access.write.addClient('back-office', {
  label: 'Back office',
  redirectUris: ['https://office.example.com/callback'],
});

app.synth();
