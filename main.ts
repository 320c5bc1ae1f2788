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
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'how-to');
ProviderVersions.require(stack);
// Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

// Prerequisites of the how-to: a gateway service and route, a Dev Portal, an API linked to the service.
const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
const service = new GatewayService(stack, 'example-service', {
  controlPlane,
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { 'example-route': { paths: ['/anything'] } },
});
const portal = new DevPortal(stack, 'portal', {
  name: 'MyDevPortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const api = new Api(stack, 'api', { name: 'MyAPI', gatewayService: service });

// The how-to: issuer, claim, application, scope, access policy, auth strategy, publication.
const oidc = new OktaDevPortalOidc(stack, 'oidc', { publications: { 'my-api': { api, portal } } });
const client = oidc.addClient('dev-portal-app', {
  label: 'Dev Portal app',
  redirectUris: ['https://localhost/callback'],
  secretStorage: ClientSecretStorage.IN_STATE,
});

new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
