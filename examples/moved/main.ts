import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  DevPortal,
  GatewayService,
  Moves,
  OktaDevPortalOidc,
  PortalApi,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

/** Settings come from the environment or the context of cdktf.json; none is needed to synthesize. */
const app = new App();
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'moved');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });
const controlPlane = new GatewayControlPlane(stack, 'control-plane', { name: 'moved' });

/** What was in the stack itself before, as `example-service`, `portal`, `api` and `oidc`. */
class DeveloperPlatform extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const service = new GatewayService(this, 'orders-service', {
      controlPlaneId: controlPlane.id,
      host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
      routes: { 'orders-route': { paths: ['/orders'] } },
    });
    const portal = new DevPortal(this, 'portal', { name: 'MovedPortal' });
    const api = new PortalApi(this, 'orders', { name: 'Orders', gatewayService: service });
    const oidc = new OktaDevPortalOidc(this, 'login', {
      name: 'Moved OIDC',
      claimName: 'movedClientId',
      scopes: ['moved.access'],
      clients: { app: { label: 'Moved app', redirectUris: ['https://localhost/callback'] } },
      publications: { orders: { api, portal } },
    });

    // Where each of them was, oldest first. The login was renamed once before it was nested.
    Moves.from(service, 'example-service');
    Moves.from(portal, 'portal');
    Moves.from(api, 'api');
    Moves.from(oidc, 'oidc', 'login');
  }
}

new DeveloperPlatform(stack, 'platform');

app.synth();
