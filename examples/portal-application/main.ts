import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  ClientSecretStorage,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  PortalApi,
  PortalDeveloper,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'portal-application');
// Developers, applications and registrations are resources from konnect 3.21 on.
ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' });
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

// What the how-to expects.
const { id: controlPlaneId } = new GatewayControlPlane(stack, 'control-plane', { name: 'quickstart' });
const gatewayService = new GatewayService(stack, 'service', {
  controlPlaneId,
  host: 'httpbin.konghq.com',
  path: '/anything',
  routes: { 'example-route': { paths: ['/anything'] } },
});
const portal = new DevPortal(stack, 'portal', {
  name: 'MyDevPortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const api = new PortalApi(stack, 'api', { name: 'MyAPI', gatewayService });

// The how-to.
const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { 'my-api': { api, portal } } });
const client = oidc.addClient('app', {
  label: 'Dev Portal app',
  redirectUris: ['https://localhost/callback'],
  clientSecret: ClientSecretStorage.IN_STATE,
});

// Its last step: the developer, and an app that is registered for every API published above.
const developer = new PortalDeveloper(stack, 'developer', {
  portal,
  email: 'developer@example.com',
  fullName: 'Developer',
});
oidc.registerClient('my-app', { client, developer });

new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
