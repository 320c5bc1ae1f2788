import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import {
  Api,
  AuthMethod,
  ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  OidcClientType,
  OktaDevPortalOidc,
} from 'okta-dev-portal-oidc';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'bearer');
// Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'services' });
const service = new GatewayService(stack, 'orders-service', {
  controlPlane,
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { orders: { paths: ['/orders'] } },
});
const portal = new DevPortal(stack, 'portal', {
  name: 'ServicePortal',
  autoApproveDevelopers: true,
  autoApproveApplications: true,
});
const api = new Api(stack, 'orders', { name: 'Orders', gatewayService: service });

const oidc = new OktaDevPortalOidc(stack, 'oidc', {
  scopes: ['orders.read', 'orders.write'],
  authMethods: [AuthMethod.CLIENT_CREDENTIALS, AuthMethod.BEARER],
  // A client that sends a token chose the scopes itself. The gateway requires this one.
  scopesRequired: ['orders.read'],
  // Audience of the default authorization server.
  audienceRequired: ['api://default'],
  publications: { orders: { api, portal } },
});
const client = oidc.addClient('billing', {
  label: 'Billing',
  type: OidcClientType.SERVICE,
  secretStorage: ClientSecretStorage.IN_STATE,
});

new TerraformOutput(stack, 'portal_id', { value: portal.portalId });
new TerraformOutput(stack, 'api_id', { value: api.apiId });
new TerraformOutput(stack, 'strategy_id', { value: oidc.strategy.strategyId });
new TerraformOutput(stack, 'issuer', { value: oidc.authorizationServer.issuer });
new TerraformOutput(stack, 'client_id', { value: client.clientId });
new TerraformOutput(stack, 'client_secret', { value: client.clientSecret, sensitive: true });

app.synth();
