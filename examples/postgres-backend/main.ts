import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, PgBackend, TerraformStack } from 'cdktf';
import {
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

const stack = new TerraformStack(app, 'postgres-backend');
ProviderVersions.require(stack);
// Terraform reads the connection from PG_CONN_STR when it runs, so no password gets into the JSON.
new PgBackend(stack, { connStr: '', schemaName: 'dev_portal' });
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });

const controlPlane = new GatewayControlPlane(stack, 'control-plane', { name: 'shared' });
const service = new GatewayService(stack, 'shared-service', {
  controlPlaneId: controlPlane.id,
  host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
  path: '/anything',
  routes: { 'shared-route': { paths: ['/shared'] } },
});
const portal = new DevPortal(stack, 'portal', { name: 'SharedPortal' });
const api = new PortalApi(stack, 'api', { name: 'SharedAPI', gatewayService: service });
new OktaDevPortalOidc(stack, 'oidc', {
  name: 'Shared OIDC',
  claimName: 'sharedClientId',
  scopes: ['shared.access'],
  clients: { app: { label: 'Shared app', redirectUris: ['https://localhost/callback'] } },
  publications: { 'shared-api': { api, portal } },
});

app.synth();
