import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { ControlPlane, DevPortal, ProviderVersions } from 'okta-dev-portal-oidc';
import { PortalCatalog } from 'okta-dev-portal-oidc/catalog';

const app = new App();
const stack = new TerraformStack(app, 'data-file');
ProviderVersions.require(stack);
new OktaProvider(stack, 'okta', {});
new KonnectProvider(stack, 'konnect', {});

// Portals and control planes are code. APIs, strategies and clients are data.
new PortalCatalog(stack, 'catalog', {
  file: join(__dirname, 'catalog.yaml'),
  portals: {
    internal: new DevPortal(stack, 'internal', { name: 'Internal portal' }),
    partners: new DevPortal(stack, 'partners', { name: 'Partner portal', rbacEnabled: true }),
  },
  controlPlanes: {
    main: new ControlPlane(stack, 'control-plane', { name: 'data-file' }),
  },
});

app.synth();
