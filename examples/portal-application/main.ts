import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  Api,
  ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  PortalDeveloper,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
const stack = new TerraformStack(app, 'portal-application');
// konnect 3.21 adds resources for developers, applications and registrations.
ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' });
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

// Prerequisites of the how-to.
const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
const gatewayService = new GatewayService(stack, 'service', {
  controlPlane,
  host: 'httpbin.konghq.com',
  path: '/anything',
  routes: { 'example-route': { paths: ['/anything'] } },
});
const portal = new DevPortal(stack, 'portal', {
  name: 'MyDevPortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const api = new Api(stack, 'api', { name: 'MyAPI', gatewayService });

// The how-to.
const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { 'my-api': { api, portal } } });
const client = oidc.addClient('app', {
  label: 'Dev Portal app',
  redirectUris: ['https://localhost/callback'],
  secretStorage: ClientSecretStorage.IN_STATE,
});

// Its last step: a developer and an application registered for every API published above.
const developer = new PortalDeveloper(stack, 'developer', {
  portal,
  email: 'developer@example.com',
  fullName: 'Developer',
});
oidc.registerClient('my-app', { client, developer });

new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
