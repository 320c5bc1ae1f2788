import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { ControlPlane, GatewayService } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { Synthesized, synthesize } from '../../support/synth';
import { expectFailures } from '../../support/validation';

const CONTROL_PLANE_ID = '11111111-1111-4111-8111-111111111111';

const propsIn = (stack: TerraformStack) => ({
  controlPlane: ControlPlane.fromControlPlaneId(stack, 'control-plane', CONTROL_PLANE_ID),
  host: 'upstream.internal',
});

test('has the same id in every synthesis', () => {
  const [first, second] = [stackWithProviders(), stackWithProviders()];
  new GatewayService(first, 'service', propsIn(first));
  new GatewayService(second, 'service', { ...propsIn(second), retries: 3 });
  const id = synthesize(first).only('konnect_gateway_service').id;
  expect(id).toBe('be7a05fd-e4f5-5041-a2af-b3b68cfa9666');
  expect(synthesize(second).only('konnect_gateway_service').id).toBe(id);
});

test('two stacks of one app, and two services of one stack, have different ids', () => {
  const app = Testing.app();
  const ids = ['dev', 'prod'].flatMap((name) => {
    const stack = new TerraformStack(app, name);
    const props = propsIn(stack);
    for (const id of ['a', 'b']) {
      new GatewayService(stack, id, props);
    }
    const json = new Synthesized(JSON.parse(Testing.synth(stack)));
    return Object.values(json.resources('konnect_gateway_service')).map((service) => service.id);
  });
  expect(new Set(ids).size).toBe(4);
});

test('has the id of its props', () => {
  const stack = stackWithProviders();
  const serviceId = '66666666-6666-4666-8666-666666666666';
  new GatewayService(stack, 'service', { ...propsIn(stack), serviceId });
  expect(synthesize(stack).only('konnect_gateway_service').id).toBe(serviceId);
});

test('writes every prop of service and route', () => {
  const stack = stackWithProviders();
  const service = new GatewayService(stack, 'service', {
    ...propsIn(stack),
    name: 'orders',
    protocol: 'https',
    port: 8443,
    path: '/v1',
    retries: 0,
    connectTimeoutMs: 1,
    readTimeoutMs: 2,
    writeTimeoutMs: 3,
    tags: ['shop'],
    routes: { all: { paths: ['/orders'] } },
  });
  const route = service.addRoute('read', {
    name: 'orders-read',
    paths: ['~/orders/\\d+$'],
    hosts: ['api.internal'],
    methods: ['GET'],
    protocols: ['https'],
    stripPath: false,
    tags: ['shop'],
  });
  const json = synthesize(stack);
  const { id: _, ...attributes } = json.only('konnect_gateway_service');
  expect(attributes).toEqual({
    control_plane_id: CONTROL_PLANE_ID,
    host: 'upstream.internal',
    name: 'orders',
    protocol: 'https',
    port: 8443,
    path: '/v1',
    retries: 0,
    connect_timeout: 1,
    read_timeout: 2,
    write_timeout: 3,
    tags: ['shop'],
  });
  const [name] = Object.keys(json.resources('konnect_gateway_service'));
  const [all, read] = Object.values(json.resources('konnect_gateway_route'));
  expect(all).toEqual({
    control_plane_id: CONTROL_PLANE_ID,
    name: 'all',
    paths: ['/orders'],
    protocols: ['http', 'https'],
    service: { id: `\${konnect_gateway_service.${name}.id}` },
  });
  expect(read).toMatchObject({
    name: 'orders-read',
    paths: ['~/orders/\\d+$'],
    hosts: ['api.internal'],
    methods: ['GET'],
    protocols: ['https'],
    strip_path: false,
    tags: ['shop'],
  });
  expect(service.routes.at(-1)).toBe(route);
});

describe('an existing service', () => {
  const SERVICE_ID = '66666666-6666-4666-8666-666666666666';

  test('creates nothing but the routes that are added, with its provider', () => {
    const stack = stackWithProviders();
    const provider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
    const { controlPlane } = propsIn(stack);
    const attributes = { serviceId: SERVICE_ID, controlPlane, provider };
    const service = GatewayService.fromAttributes(stack, 'service', attributes);
    service.addRoute('all', { paths: ['/orders'] });
    expect(service.controlPlane).toBe(controlPlane);
    const json = synthesize(stack);
    expect(json.counts()).toEqual({ konnect_gateway_route: 1 });
    expect(json.only('konnect_gateway_route')).toEqual({
      control_plane_id: CONTROL_PLANE_ID,
      name: 'all',
      paths: ['/orders'],
      protocols: ['http', 'https'],
      service: { id: SERVICE_ID },
      provider: 'konnect.eu',
    });
  });

  test('needs a UUID and a control plane', () => {
    const stack = stackWithProviders();
    const attributes = { serviceId: 'orders', controlPlane: CONTROL_PLANE_ID as never };
    expectFailures(
      () => GatewayService.fromAttributes(stack, 'service', attributes),
      ['serviceId', /must be a UUID/],
      ['controlPlane', /must be a construct with controlPlaneId/],
    );
  });
});

test.each(['connectTimeoutMs', 'readTimeoutMs', 'writeTimeoutMs'])(
  '%s is in milliseconds, within limits',
  (prop) => {
    const create = (value: number) => {
      const stack = stackWithProviders();
      return new GatewayService(stack, 'service', { ...propsIn(stack), [prop]: value });
    };
    for (const value of [0, 2 ** 31 - 1, 0.5]) {
      expectFailures(() => create(value), [prop, /must be a whole number of milliseconds, 1 to 2147483646/]);
    }
    for (const value of [1, 2 ** 31 - 2]) {
      expect(() => create(value)).not.toThrow();
    }
  },
);
