import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { Construct } from 'constructs';
import { ControlPlane, GatewayService } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, UUID } from '../../support/validation';

test('has the address of the resource that it replaces', () => {
  const [raw, stack] = [stackWithProviders(), stackWithProviders()];
  const [props, others] = [{ name: 'quickstart' }, { name: 'platform' }];
  new GatewayControlPlane(raw, 'control-plane', props);
  new GatewayControlPlane(new Construct(raw, 'platform'), 'control-plane', others);
  const controlPlane = new ControlPlane(stack, 'control-plane', props);
  new ControlPlane(new Construct(stack, 'platform'), 'control-plane', others);
  const addresses = synthesize(stack).addresses();
  expect(addresses).toEqual(synthesize(raw).addresses());
  expect(addresses).toContain('konnect_gateway_control_plane.control-plane');
  expect(controlPlane.resource.node.id).toBe('Default');
});

test('writes every prop', () => {
  const stack = stackWithProviders();
  const provider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
  new ControlPlane(stack, 'control-plane', {
    name: 'orders',
    description: 'Gateways of orders',
    labels: { team: 'orders' },
    provider,
    preventDestroy: true,
  });
  expect(synthesize(stack).only('konnect_gateway_control_plane')).toEqual({
    name: 'orders',
    description: 'Gateways of orders',
    labels: { team: 'orders' },
    provider: 'konnect.eu',
    lifecycle: { prevent_destroy: true },
  });
});

test('leaves optional props to the provider', () => {
  const stack = stackWithProviders();
  new ControlPlane(stack, 'control-plane', { name: 'orders' });
  expect(synthesize(stack).only('konnect_gateway_control_plane')).toEqual({ name: 'orders' });
});

test('is the control plane of a service and its routes', () => {
  const stack = stackWithProviders();
  const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'orders' });
  new GatewayService(stack, 'service', {
    controlPlane,
    host: 'upstream.internal',
    routes: { all: { paths: ['/orders'] } },
  });
  const json = synthesize(stack);
  const id = '${konnect_gateway_control_plane.control-plane.id}';
  expect(json.only('konnect_gateway_service').control_plane_id).toBe(id);
  expect(json.only('konnect_gateway_route').control_plane_id).toBe(id);
});

test('an existing control plane creates nothing', () => {
  const stack = stackWithProviders();
  const provider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
  const controlPlane = ControlPlane.fromControlPlaneId(stack, 'control-plane', UUID, { provider });
  expect([controlPlane.controlPlaneId, controlPlane.provider]).toEqual([UUID, provider]);
  expect(synthesize(stack).counts()).toEqual({});
});

test('rejects invalid props', () => {
  const stack = stackWithProviders();
  expectFailures(
    () => new ControlPlane(stack, 'control-plane', { name: ' ', labels: { kong: 'a b' } }),
    ['name', /must have 2 to 256 characters \(Konnect\)/],
    ['labels.kong', /must have a key that does not start with kong/],
    ['labels.kong', /must have a value of a-z/],
  );
});

test('rejects an id that is not a UUID', () => {
  expectFailures(
    () => ControlPlane.fromControlPlaneId(stackWithProviders(), 'control-plane', 'quickstart'),
    ['controlPlaneId', /must be a UUID/],
  );
});
