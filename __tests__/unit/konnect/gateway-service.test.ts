import { TerraformStack, Testing } from 'cdktf';
import { GatewayService } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { Synthesized, synthesize } from '../../support/synth';

const PROPS = { controlPlaneId: '11111111-1111-4111-8111-111111111111', host: 'upstream.internal' };

test('has an id of its own, the same in every synthesis', () => {
  const [first, second] = [stackWithProviders(), stackWithProviders()];
  new GatewayService(first, 'service', PROPS);
  new GatewayService(second, 'service', { ...PROPS, retries: 3 });
  const id = synthesize(first).only('konnect_gateway_service').id;
  expect(id).toBe('be7a05fd-e4f5-5041-a2af-b3b68cfa9666');
  expect(synthesize(second).only('konnect_gateway_service').id).toBe(id);
});

test('two stacks of one app, and two services of one stack, have different ids', () => {
  const app = Testing.app();
  const ids = ['dev', 'prod'].flatMap((name) => {
    const stack = new TerraformStack(app, name);
    for (const id of ['a', 'b']) {
      new GatewayService(stack, id, PROPS);
    }
    const json = new Synthesized(JSON.parse(Testing.synth(stack)));
    return Object.values(json.resources('konnect_gateway_service')).map((service) => service.id);
  });
  expect(new Set(ids).size).toBe(4);
});

test('takes an id, for a service that is to be renamed or exists', () => {
  const stack = stackWithProviders();
  const serviceId = '66666666-6666-4666-8666-666666666666';
  new GatewayService(stack, 'service', { ...PROPS, serviceId });
  expect(synthesize(stack).only('konnect_gateway_service').id).toBe(serviceId);
});

test('every prop reaches service and route', () => {
  const stack = stackWithProviders();
  const service = new GatewayService(stack, 'service', {
    ...PROPS,
    name: 'orders',
    protocol: 'https',
    port: 8443,
    path: '/v1',
    retries: 0,
    connectTimeout: 1,
    readTimeout: 2,
    writeTimeout: 3,
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
    control_plane_id: PROPS.controlPlaneId,
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
    control_plane_id: PROPS.controlPlaneId,
    name: 'all',
    paths: ['/orders'],
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
