// main.ts with more published APIs and clients: many.cjs <APIs>
const { OktaProvider } = require('@cdktf/provider-okta/lib/provider');
const { KonnectProvider } = require('@kong/konnect-cdktf-bindings/lib/provider');
const { App, TerraformStack } = require('cdktf');
const {
  Api,
  ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
} = require('okta-dev-portal-oidc');

const [, , apis] = process.argv;

const app = new App();
const stack = new TerraformStack(app, 'many');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});
const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
const gatewayService = new GatewayService(stack, 'example-service', {
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
const oidc = new OktaDevPortalOidc(stack, 'oidc');
for (let index = 0; index < Number(apis); index++) {
  const api = new Api(stack, `api-${index}`, { name: `API ${index}`, gatewayService });
  oidc.publish(`api-${index}`, { api, portal });
  oidc.addClient(`client-${index}`, {
    label: `Client ${index}`,
    redirectUris: ['https://localhost/callback'],
    secretStorage: ClientSecretStorage.IN_STATE,
  });
}
app.synth();
