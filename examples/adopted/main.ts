import { existsSync } from 'node:fs';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  Adoption,
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'adopted');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

// Names and settings are those chosen in the consoles. `okta-dev-portal-oidc adopt --write-app` writes this part.
const controlPlane = new ControlPlane(stack, 'quickstart', { name: 'quickstart' });
const gatewayService = new GatewayService(stack, 'example-service', {
  controlPlane,
  serviceId: '0f1e2d3c-4b5a-4968-8776-655443322110',
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { 'example-route': { paths: ['/anything'] } },
});
const portal = new DevPortal(stack, 'portal', {
  name: 'MyDevPortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const api = new Api(stack, 'api', { name: 'MyAPI', gatewayService });

// The file that the command writes for this stack. Remove it and the `adopt` prop after the deployment.
const file = setting('ADOPTION_FILE') ?? 'adoption.json';
new OktaDevPortalOidc(stack, 'oidc', {
  adopt: existsSync(file) ? Adoption.fromFile(file) : undefined,
  accessPolicy: { name: 'Clients', description: 'Clients', groups: ['EVERYONE'] },
  clients: { app: { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] } },
  publications: { 'my-api': { api, portal } },
});

app.synth();
