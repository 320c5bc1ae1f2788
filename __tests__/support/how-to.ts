import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import type { TerraformStack } from 'cdktf';
import { DevPortal, GatewayService, PortalApi } from '../../lib';
import { newStack } from './synth';

/** A stack with both providers. */
export function stackWithProviders(): TerraformStack {
  const stack = newStack();
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  return stack;
}

/** A portal and an API that is linked to a gateway service: what the how-to takes for granted. */
export function prerequisites(stack: TerraformStack): { portal: DevPortal; api: PortalApi } {
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlaneId: '11111111-1111-4111-8111-111111111111',
    host: 'upstream.internal',
    routes: { route: { paths: ['/anything'] } },
  });
  return {
    portal: new DevPortal(stack, 'portal', { name: 'MyDevPortal' }),
    api: new PortalApi(stack, 'api', { name: 'MyAPI', gatewayService }),
  };
}
