import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Api, ControlPlane, DevPortal, GatewayService, OktaDevPortalOidc } from 'okta-dev-portal-oidc';

/** A stack of published APIs that are linked to a gateway service, with a client each. */
export function manyApisStack(apis: number): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'many');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
  const gatewayService = new GatewayService(stack, 'service', { controlPlane, host: 'upstream.internal' });
  const portal = new DevPortal(stack, 'portal', { name: 'MyDevPortal' });
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  for (let index = 0; index < apis; index++) {
    const api = new Api(stack, `api-${index}`, { name: `API ${index}`, gatewayService });
    oidc.publish(`api-${index}`, { api, portal });
    oidc.addClient(`client-${index}`, {
      label: `Client ${index}`,
      redirectUris: ['https://localhost/callback'],
    });
  }
  return stack;
}
