import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  Api,
  ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  MatchPolicy,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'access-control-enforcement');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'shop' });
// The only traffic of this control plane is that of published APIs, so everything else gets 404.
controlPlane.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED });

// The routes of one API may lead to several services.
const host = process.env.UPSTREAM_HOST ?? 'httpbin.konghq.com';
const orders = { controlPlane, host, path: '/anything/orders' };
new GatewayService(stack, 'orders-service', { ...orders, routes: { orders: { paths: ['/orders'] } } });
const invoices = { controlPlane, host, path: '/anything/invoices' };
new GatewayService(stack, 'invoices-service', {
  ...invoices,
  routes: { invoices: { paths: ['/invoices'] } },
});

const portal = new DevPortal(stack, 'portal', {
  name: 'ShopPortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
// The operations of the specification are what clients may call.
const api = new Api(stack, 'shop', {
  name: 'Shop',
  version: '1.0',
  specification: readFileSync(join(__dirname, 'shop.openapi.yaml'), 'utf8'),
  controlPlane,
});

const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { shop: { api, portal } } });
const client = oidc.addClient('app', {
  label: 'Shop app',
  redirectUris: ['https://localhost/callback'],
  secretStorage: ClientSecretStorage.IN_STATE,
});

new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
