import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { DevPortal, ProviderVersions } from 'okta-dev-portal-oidc';
import { PortalCatalog } from 'okta-dev-portal-oidc/catalog';

const app = new App();
const stack = new TerraformStack(app, 'data-file');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

// What the platform owns is code. APIs, strategies and clients are data.
new PortalCatalog(stack, 'catalog', {
  file: join(__dirname, 'catalog.yaml'),
  portals: {
    internal: new DevPortal(stack, 'internal', { name: 'Internal portal' }),
    partners: new DevPortal(stack, 'partners', { name: 'Partner portal', rbacEnabled: true }),
  },
  controlPlaneIds: {
    main: new GatewayControlPlane(stack, 'control-plane', { name: 'data-file' }).id,
  },
});

app.synth();
