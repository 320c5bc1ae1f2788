import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { DevPortal, GatewayService, OktaDevPortalOidc, PortalApi } from 'okta-dev-portal-oidc';

/** A stack of published APIs that are linked to a gateway service, with a client each. */
export function manyApisStack(apis: number): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'many');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  const { id: controlPlaneId } = new GatewayControlPlane(stack, 'control-plane', { name: 'quickstart' });
  const gatewayService = new GatewayService(stack, 'service', { controlPlaneId, host: 'upstream.internal' });
  const portal = new DevPortal(stack, 'portal', { name: 'MyDevPortal' });
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  for (let index = 0; index < apis; index++) {
    const api = new PortalApi(stack, `api-${index}`, { name: `API ${index}`, gatewayService });
    oidc.publish(`api-${index}`, { api, portal });
    oidc.addClient(`client-${index}`, {
      label: `Client ${index}`,
      redirectUris: ['https://localhost/callback'],
    });
  }
  return stack;
}
