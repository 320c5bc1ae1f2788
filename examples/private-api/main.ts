import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  Api,
  ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  KonnectRegion,
  OktaDevPortalOidc,
  ProviderVersions,
  Visibility,
} from 'okta-dev-portal-oidc';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'private-api');
ProviderVersions.require(stack, { konnect: '~> 3.20' }); // 3.20 adds roles of portal teams
// Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
const serverUrl = setting('KONNECT_SERVER_URL');
new KonnectProvider(stack, 'konnect', { serverUrl });

const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'partners' });
const service = new GatewayService(stack, 'orders-service', {
  controlPlane,
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { orders: { paths: ['/orders'] } },
});

// With RBAC the roles of a team decide which private APIs its developers see.
const portal = new DevPortal(stack, 'portal', {
  name: 'PartnerPortal',
  rbacEnabled: true,
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const api = new Api(stack, 'orders', { name: 'Orders', gatewayService: service });

const oidc = new OktaDevPortalOidc(stack, 'oidc', {
  publications: { orders: { api, portal, visibility: Visibility.PRIVATE } },
});
const client = oidc.addClient('partner-app', {
  label: 'Partner app',
  redirectUris: ['https://localhost/callback'],
  secretStorage: ClientSecretStorage.IN_STATE,
});

// A role names the region of its API. The default is the region of serverUrl.
const region = setting('KONNECT_REGION') ?? (serverUrl === undefined ? 'us' : undefined);
const partners = portal.addTeam('partners', {
  name: 'Partners',
  description: 'Developers who may use the Orders API',
  region: region === undefined ? undefined : KonnectRegion.custom(region),
});
api.grantConsumer(partners);

new TerraformOutput(stack, 'portal_id', { value: portal.portalId });
new TerraformOutput(stack, 'portal_domain', { value: portal.domain });
new TerraformOutput(stack, 'team_id', { value: partners.teamId });
new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
