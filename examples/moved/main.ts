import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  Moves,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

const app = new App();
// A setting from the environment or the context of cdktf.json. Synthesis needs none.
const setting = (name: string): string | undefined =>
  process.env[name] ?? (app.node.tryGetContext(name) as string | undefined);

const stack = new TerraformStack(app, 'moved');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', { orgName: setting('OKTA_ORG_NAME'), baseUrl: setting('OKTA_BASE_URL') });
new KonnectProvider(stack, 'konnect', { serverUrl: setting('KONNECT_SERVER_URL') });
const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'moved' });

/** Was in the stack itself before, as `example-service`, `portal`, `api` and `oidc`. */
class DeveloperPlatform extends Construct {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const service = new GatewayService(this, 'orders-service', {
      controlPlane,
      host: setting('UPSTREAM_HOST') ?? 'httpbin.konghq.com',
      routes: { 'orders-route': { paths: ['/orders'] } },
    });
    const portal = new DevPortal(this, 'portal', { name: 'MovedPortal' });
    const api = new Api(this, 'orders', { name: 'Orders', gatewayService: service });
    const oidc = new OktaDevPortalOidc(this, 'login', {
      name: 'Moved OIDC',
      claimName: 'movedClientId',
      scopes: ['moved.access'],
      clients: { app: { label: 'Moved app', redirectUris: ['https://localhost/callback'] } },
      publications: { orders: { api, portal } },
    });

    // Former paths, oldest first. `oidc` was renamed to `login` before it was nested.
    Moves.from(service, 'example-service');
    Moves.from(portal, 'portal');
    Moves.from(api, 'api');
    Moves.from(oidc, 'oidc', 'login');
  }
}

new DeveloperPlatform(stack, 'platform');

app.synth();
