import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  ClientSecretStorage,
  DevPortal,
  GatewayService,
  KonnectRegion,
  OktaDevPortalOidc,
  PortalApi,
  ProviderVersions,
  Visibility,
} from 'okta-dev-portal-oidc';

/** Settings come from the environment or the context of cdktf.json; none is needed to synthesize. */
const app = new App();
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'private-api');
ProviderVersions.require(stack, { konnect: '~> 3.20' }); // the first with roles of portal teams
// Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
const serverUrl = setting('KONNECT_SERVER_URL');
new KonnectProvider(stack, 'konnect', { serverUrl });

const controlPlane = new GatewayControlPlane(stack, 'control-plane', { name: 'partners' });
const service = new GatewayService(stack, 'orders-service', {
  controlPlaneId: controlPlane.id,
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { orders: { paths: ['/orders'] } },
});

// With RBAC, teams and their roles decide which developer sees which private API.
const portal = new DevPortal(stack, 'portal', {
  name: 'PartnerPortal',
  rbacEnabled: true,
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const api = new PortalApi(stack, 'orders', { name: 'Orders', gatewayService: service });

const oidc = new OktaDevPortalOidc(stack, 'oidc', {
  publications: { orders: { api, portal, visibility: Visibility.PRIVATE } },
});
const client = oidc.addClient('partner-app', {
  label: 'Partner app',
  redirectUris: ['https://localhost/callback'],
  clientSecret: ClientSecretStorage.IN_STATE,
});

// A role names the region of its API; left out, it is the one that serverUrl names.
const region = setting('KONNECT_REGION') ?? (serverUrl === undefined ? 'us' : undefined);
const partners = portal.addTeam('partners', {
  name: 'Partners',
  description: 'Developers who may use the Orders API',
  region: region === undefined ? undefined : KonnectRegion.custom(region),
});
partners.grantConsumer(api);

new TerraformOutput(stack, 'portal_id', { value: portal.portalId });
new TerraformOutput(stack, 'portal_domain', { value: portal.domain });
new TerraformOutput(stack, 'team_id', { value: partners.teamId });
new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
