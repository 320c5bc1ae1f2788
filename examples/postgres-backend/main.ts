import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, PgBackend, TerraformStack } from 'cdktf';
import {
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

const stack = new TerraformStack(app, 'postgres-backend');
ProviderVersions.require(stack);
// Terraform reads the connection from PG_CONN_STR at run time, so the JSON contains no password.
new PgBackend(stack, { connStr: '', schemaName: 'dev_portal' });
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'shared' });
const service = new GatewayService(stack, 'shared-service', {
  controlPlane,
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { 'shared-route': { paths: ['/shared'] } },
});
const portal = new DevPortal(stack, 'portal', { name: 'SharedPortal' });
const api = new Api(stack, 'api', { name: 'SharedAPI', gatewayService: service });
new OktaDevPortalOidc(stack, 'oidc', {
  name: 'Shared OIDC',
  claimName: 'sharedClientId',
  scopes: ['shared.access'],
  clients: { app: { label: 'Shared app', redirectUris: ['https://localhost/callback'] } },
  publications: { 'shared-api': { api, portal } },
});

app.synth();
