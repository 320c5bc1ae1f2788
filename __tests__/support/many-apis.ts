import type { TerraformStack } from 'cdktf';
import { Api, ControlPlane, DevPortal, GatewayService, OktaDevPortalOidc } from 'okta-dev-portal-oidc';
import { stackWithProviders } from './how-to';

/** A stack of published APIs that are linked to a gateway service, with a client each. */
export function manyApisStack(apis: number): TerraformStack {
  const stack = stackWithProviders('many');
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
