import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
  Visibility,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'two-portals');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'two-portals' });
const gatewayService = new GatewayService(stack, 'service', {
  controlPlane,
  host: 'orders.internal',
  routes: { orders: { paths: ['/orders'] } },
});
const api = new Api(stack, 'orders', { name: 'Orders', gatewayService });

// Employees are approved automatically. Partners are approved one by one.
const employees = new DevPortal(stack, 'employees', {
  name: 'Employee portal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const partners = new DevPortal(stack, 'partners', { name: 'Partner portal', rbacEnabled: true });

new OktaDevPortalOidc(stack, 'oidc', {
  clients: { app: { label: 'Orders app', redirectUris: ['https://app.example.com/callback'] } },
  publications: {
    employees: { api, portal: employees },
    partners: { api, portal: partners, visibility: Visibility.PRIVATE },
  },
});

app.synth();
