import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  AccessControlEnforcement,
  Api,
  type ApiProps,
  ControlPlane,
  GatewayService,
  type IControlPlane,
  MatchPolicy,
} from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, OTHER_UUID, UUID, warningsOf } from '../../support/validation';

const SPECIFICATION = { version: '1.0.0', specification: 'openapi: 3.1.0' };

let stack: TerraformStack;
let controlPlane: ControlPlane;

beforeEach(() => {
  stack = stackWithProviders();
  controlPlane = new ControlPlane(stack, 'control-plane', { name: 'partners' });
});

const api = (id: string, props: Partial<ApiProps> = {}) =>
  new Api(stack, id, { name: id, ...SPECIFICATION, ...props });

const serviceOf = (plane: IControlPlane, id = 'service') =>
  GatewayService.fromAttributes(stack, id, { serviceId: UUID, controlPlane: plane });

describe('the plugin', () => {
  test('has its own address below the control plane, whose address stays', () => {
    const before = synthesize(stack).addresses();
    const { resource } = controlPlane.enforceAccess({ matchPolicy: MatchPolicy.IF_PRESENT });
    const addresses = synthesize(stack).addresses();
    expect(addresses).toEqual([...before, `konnect_gateway_plugin_ace.${resource.friendlyUniqueId}`]);
    expect(resource.friendlyUniqueId).toBe('control-plane_AccessControlEnforcement_D331C979');
    expect(synthesize(stack).only('konnect_gateway_plugin_ace')).toEqual({
      control_plane_id: '${konnect_gateway_control_plane.control-plane.id}',
      config: { match_policy: 'if_present' },
    });
  });

  test('writes every prop, also for an existing control plane', () => {
    const provider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
    const existing = ControlPlane.fromControlPlaneId(stack, 'existing', UUID, { provider });
    const enforcement = existing.enforceAccess({
      matchPolicy: MatchPolicy.REQUIRED,
      anonymous: 'nobody',
      tags: ['portal'],
      preventDestroy: true,
      dependsOn: [controlPlane.resource],
    });
    expect(enforcement.controlPlane).toBe(existing);
    expect(synthesize(stack).only('konnect_gateway_plugin_ace')).toEqual({
      control_plane_id: UUID,
      config: { match_policy: 'required', anonymous: 'nobody' },
      tags: ['portal'],
      provider: 'konnect.eu',
      depends_on: ['konnect_gateway_control_plane.control-plane'],
      lifecycle: { prevent_destroy: true },
    });
  });

  test('warns about a consumer that everyone is', () => {
    controlPlane.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED, anonymous: 'nobody' });
    expect(warningsOf(stack)).toEqual([expect.stringContaining('pass as consumer nobody')]);
  });

  test('warns about a consumer that is known at apply', () => {
    const anonymous = new TerraformVariable(stack, 'anonymous', {}).stringValue;
    controlPlane.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED, anonymous });
    expect(warningsOf(stack)).toEqual([expect.stringContaining('pass as a consumer. Reject')]);
  });

  test('is there once', () => {
    const matchPolicy = MatchPolicy.REQUIRED;
    controlPlane.enforceAccess({ matchPolicy });
    const failure = ['controlPlane', /must not enforce access control twice/] as const;
    expectFailures(() => controlPlane.enforceAccess({ matchPolicy }), failure);
    expectFailures(
      () => new AccessControlEnforcement(stack, 'second', { controlPlane, matchPolicy }),
      failure,
    );
  });

  test('needs a match policy, and can be corrected', () => {
    expectFailures(() => controlPlane.enforceAccess({} as never), ['matchPolicy', /is required/]);
    expect(() => controlPlane.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED })).not.toThrow();
  });
});

describe('an API that is linked to the control plane', () => {
  test('is created after plugin and specification, however they come about', () => {
    const linked = api('orders', { controlPlane });
    const { resource } = controlPlane.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED });
    expect(linked.linkedToGateway).toBe(true);
    expect(synthesize(stack).only('konnect_api_implementation')).toEqual({
      api_id: `\${konnect_api.${linked.resource.friendlyUniqueId}.id}`,
      control_plane_reference: { control_plane: { id: '${konnect_gateway_control_plane.control-plane.id}' } },
      depends_on: [
        `konnect_gateway_plugin_ace.${resource.friendlyUniqueId}`,
        `konnect_api_version.${linked.version?.friendlyUniqueId}`,
      ],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('has the address that a link to a service has', () => {
    const linked = api('orders');
    expect(linked.linkToControlPlane(controlPlane)).toBe(linked.implementation);
    const other = stackWithProviders();
    const toService = new Api(other, 'orders', {
      name: 'orders',
      gatewayService: GatewayService.fromAttributes(other, 'service', {
        serviceId: UUID,
        controlPlane: ControlPlane.fromControlPlaneId(other, 'control-plane', OTHER_UUID),
      }),
    });
    expect(linked.implementation?.friendlyUniqueId).toBe(toService.implementation?.friendlyUniqueId);
  });

  test('depends on no resource of another stack', () => {
    const platform = new TerraformStack(stack.node.root as never, 'platform');
    new KonnectProvider(platform, 'konnect', {});
    const shared = new ControlPlane(platform, 'shared', { name: 'shared' });
    shared.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED });
    new Api(stack, 'orders', { name: 'Orders', controlPlane: shared });
    expect(synthesize(stack).only('konnect_api_implementation')).not.toHaveProperty('depends_on');
  });

  test('depends on no plugin that was handed over, and does not warn', () => {
    const linked = api('orders', { controlPlane });
    controlPlane.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED }).release();
    expect(warningsOf(stack)).toEqual([]);
    expect(synthesize(stack).only('konnect_api_implementation').depends_on).toEqual([
      `konnect_api_version.${linked.version?.friendlyUniqueId}`,
    ]);
  });

  test('warns if it is open', () => {
    api('orders', { controlPlane, specification: undefined });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/API stack\/orders is linked to control plane stack\/control-plane, .* is open/),
      expect.stringMatching(/has no specification/),
    ]);
  });

  test('does not warn about a control plane that another app manages', () => {
    api('orders', { controlPlane: ControlPlane.fromControlPlaneId(stack, 'existing', UUID) });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is linked once', () => {
    const twice = ['controlPlane', /must not be set twice/] as const;
    const linked = api('orders', { controlPlane });
    expectFailures(() => linked.linkToControlPlane(controlPlane), twice);
    expectFailures(() => linked.linkTo(serviceOf(controlPlane)), ['gatewayService', /must not be set twice/]);
    const gatewayService = serviceOf(ControlPlane.fromControlPlaneId(stack, 'existing', UUID), 'other');
    expectFailures(
      () => api('stock', { controlPlane, gatewayService }),
      ['controlPlane', /must not be set with gatewayService/],
    );
    expectFailures(() => api('prices', { gatewayService }).linkToControlPlane(controlPlane), twice);
  });
});

describe('on one control plane the kinds of links are not mixed', () => {
  const beside = /must not have APIs that are linked to its services/;
  const enforced = /must not be of a control plane with access control enforcement/;
  const enforce = () => controlPlane.enforceAccess({ matchPolicy: MatchPolicy.IF_PRESENT });
  const linkToService = () => api('by-service', { gatewayService: serviceOf(controlPlane) });
  const link = () => api('by-control-plane', { controlPlane });

  test.each([
    ['a service, then the plugin', linkToService, enforce, 'controlPlane', beside],
    ['a service, then the control plane', linkToService, link, 'controlPlane', beside],
    ['the plugin, then a service', enforce, linkToService, 'gatewayService', enforced],
    ['the control plane, then a service', link, linkToService, 'gatewayService', enforced],
  ])('%s', (_, first, second, prop, rule) => {
    first();
    expectFailures(second, [prop, rule]);
  });

  test('also if two constructs reference the control plane', () => {
    const [one, two] = ['one', 'two'].map((id) => ControlPlane.fromControlPlaneId(stack, id, UUID));
    one.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED });
    expectFailures(() => api('orders', { gatewayService: serviceOf(two) }), ['gatewayService', enforced]);
  });

  test('two control planes have one kind each', () => {
    link();
    enforce();
    const other = ControlPlane.fromControlPlaneId(stack, 'other', OTHER_UUID);
    api('by-service', { gatewayService: serviceOf(other) });
    expect(synthesize(stack).counts()).toMatchObject({ konnect_api_implementation: 2 });
  });
});
