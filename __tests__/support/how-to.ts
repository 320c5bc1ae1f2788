import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import type { TerraformStack } from 'cdktf';
import { Api, ControlPlane, DevPortal, GatewayService } from '../../lib';
import { newStack } from './synth';

/** A stack with both providers. */
export function stackWithProviders(name?: string): TerraformStack {
  const stack = newStack(name);
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  return stack;
}

/** The portal and the API of the how-to, linked to a gateway service. */
export function prerequisites(stack: TerraformStack): { portal: DevPortal; api: Api } {
  const controlPlane = ControlPlane.fromControlPlaneId(
    stack,
    'control-plane',
    '11111111-1111-4111-8111-111111111111',
  );
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane,
    host: 'upstream.internal',
    routes: { route: { paths: ['/anything'] } },
  });
  return {
    portal: new DevPortal(stack, 'portal', { name: 'MyDevPortal' }),
    api: new Api(stack, 'api', { name: 'MyAPI', gatewayService }),
  };
}
