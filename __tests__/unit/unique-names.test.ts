import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { Api, AuthorizationServer, ControlPlane, DevPortal, GatewayService, Moves } from '../../lib';
import { stackWithProviders } from '../support/how-to';
import { catchSynthError, expectSynthFailures, OTHER_UUID, UUID } from '../support/validation';

let stack: TerraformStack;
let provider: KonnectProvider;

beforeEach(() => {
  stack = stackWithProviders();
  provider = new KonnectProvider(stack, 'eu', { alias: 'eu' });
});

const controlPlane = (id: string) => ControlPlane.fromControlPlaneId(stack, `${id}-cp`, UUID);
const service = (id: string, name?: string) =>
  new GatewayService(stack, id, { controlPlane: controlPlane(id), host: 'upstream.internal', name });
describe.each<readonly [kind: string, add: (id: string, name: string, settings?: object) => unknown]>([
  ['portal', (id, name, settings) => new DevPortal(stack, id, { name, ...settings })],
  ['API', (id, name, settings) => new Api(stack, id, { name, ...settings })],
  ['control plane', (id, name, settings) => new ControlPlane(stack, id, { name, ...settings })],
])('the name of another %s', (kind, add) => {
  const text = new RegExp(`another ${kind} .*Received "Orders".*It is also the name of stack/first`);

  test('in the same region is rejected', () => {
    add('first', 'Orders');
    add('second', 'Orders');
    expectSynthFailures(stack, ['name', text, 'stack/second']);
  });

  test('with the default provider, explicit or not, is rejected', () => {
    add('first', 'Orders');
    add('second', 'Orders', { provider: stack.node.tryFindChild('konnect') });
    expectSynthFailures(stack, ['name', text, 'stack/second']);
  });

  test('in another region is valid', () => {
    add('first', 'Orders');
    add('second', 'Orders', { provider });
    expect(catchSynthError(stack)).toBeUndefined();
  });

  test('that is known at apply is valid', () => {
    const { stringValue } = new TerraformVariable(stack, 'name', {});
    add('first', stringValue);
    add('second', stringValue);
    expect(catchSynthError(stack)).toBeUndefined();
  });
});

test('two versions of an API have one name', () => {
  new Api(stack, 'first', { name: 'Orders', version: '1' });
  new Api(stack, 'second', { name: 'Orders', version: '2' });
  new Api(stack, 'third', { name: 'Orders', version: '2' });
  expectSynthFailures(stack, ['name', /another API .*stack\/second/, 'stack/third']);
});

describe('names in a control plane', () => {
  test('of services are unique, also by default', () => {
    service('orders');
    service('other', 'orders');
    expectSynthFailures(stack, ['name', /another gateway service/, 'stack/other']);
  });

  test('of routes are unique among all services', () => {
    service('orders').addRoute('main', { paths: ['/orders'] });
    service('users').addRoute('main', { paths: ['/users'] });
    expectSynthFailures(stack, ['name', /another route .*stack\/orders\/main/, 'stack/users/main']);
  });

  test('may be used in another control plane', () => {
    service('orders');
    const other = ControlPlane.fromControlPlaneId(stack, 'other-cp', OTHER_UUID);
    new GatewayService(stack, 'us', { controlPlane: other, host: 'a.b', name: 'orders' });
    expect(catchSynthError(stack)).toBeUndefined();
  });

  test('by default are those before a move', () => {
    Moves.from(service('new'), 'orders');
    service('other', 'new');
    expect(catchSynthError(stack)).toBeUndefined();
    service('third', 'orders');
    expectSynthFailures(stack, ['name', /another gateway service .*stack\/new/, 'stack/third']);
  });
});

test('access policies of a server have different names', () => {
  for (const [id, name] of [
    ['first', 'Partners'],
    ['second', 'Partners'],
    ['third', 'Others'],
  ]) {
    const server = AuthorizationServer.fromDefault(stack, `${id}-server`);
    server.addAccessPolicy(id, { name, allClients: true });
  }
  expectSynthFailures(stack, [
    'name',
    /one access policy only.*stack\/first-server\/first/,
    'stack/second-server/second',
  ]);
});

test('a released name is free', () => {
  new DevPortal(stack, 'first', { name: 'Orders' }).release();
  new DevPortal(stack, 'second', { name: 'Orders' });
  expect(catchSynthError(stack)).toBeUndefined();
});
