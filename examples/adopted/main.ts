import { existsSync } from 'node:fs';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  Adoption,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  PortalApi,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

/** Settings come from the environment or the context of cdktf.json; none is needed to synthesize. */
const app = new App();
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'adopted');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

// Everything below is called as it was called in the consoles: the command adopt prints it.
const { id: controlPlaneId } = new GatewayControlPlane(stack, 'quickstart', { name: 'quickstart' });
const gatewayService = new GatewayService(stack, 'example-service', {
  controlPlaneId,
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
const api = new PortalApi(stack, 'api', { name: 'MyAPI', gatewayService });

// The file that the command wrote. It goes when it is deployed, and the prop with it.
const file = setting('ADOPT_FILE') ?? 'adopt.json';
new OktaDevPortalOidc(stack, 'oidc', {
  adopt: existsSync(file) ? Adoption.fromFile(file) : undefined,
  policyName: 'Clients',
  policyDescription: 'Clients',
  policyRuleGroups: ['EVERYONE'],
  clients: { app: { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] } },
  publications: { 'my-api': { api, portal } },
});

app.synth();
