import { TerraformStack } from 'cdktf';
import { DevPortal, GatewayService, type IOktaDevPortalOidc, OktaDevPortalOidc, PortalApi } from '../../lib';
import { stackWithProviders } from '../support/how-to';
import { messageOf, UUID } from '../support/validation';

let stack: TerraformStack;
let service: GatewayService;
let oidc: IOktaDevPortalOidc;
let portal: DevPortal;

beforeEach(() => {
  stack = stackWithProviders();
  service = new GatewayService(stack, 'service', { controlPlaneId: UUID, host: 'upstream.internal' });
  oidc = new OktaDevPortalOidc(stack, 'oidc');
  portal = new DevPortal(stack, 'portal', { name: 'Portal' });
});

const addRoute = (id: string) => service.addRoute(id, { paths: ['/a'] });
const addClient = (id: string) => oidc.addClient(id, { label: 'App', redirectUris: ['https://a.example/b'] });
const publish = (id: string, scope: TerraformStack = stack) =>
  oidc.publish(id, {
    api: new PortalApi(scope, `api-${scope.node.children.length}`, { name: 'API' }),
    portal,
  });

const TAKEN = 'must not be the id of something that the construct has already';

test.each([
  ['stack/service', 'Resource', () => addRoute('Resource')],
  ['stack/service', 'a/b', () => [addRoute('a--b'), addRoute('a/b')]],
  ['stack/oidc', 'app', () => [addClient('app'), addClient('app')]],
  ['stack/oidc', 'api', () => [publish('api'), publish('api')]],
])('%s has %j already', (path, id, act) => {
  expect(messageOf(act)).toBe(
    `${path}: invalid input\n  - id: ${TAKEN}. Received ${JSON.stringify(id)}. Choose another id.`,
  );
});

test.each([
  ['""', ''],
  ['"${TfToken[TOKEN.0]}"', '${TfToken[TOKEN.0]}'],
  ['"#{TfToken[TOKEN.0]}"', '#{TfToken[TOKEN.0]}'],
  ['5', 5 as unknown as string],
  ['Symbol(id)', Symbol('id') as unknown as string],
])('%s is no id', (received, id) => {
  const other = new TerraformStack(stack.node.root, 'other');
  for (const act of [addRoute, addClient, publish, (each: string) => publish(each, other)]) {
    expect(messageOf(() => act(id))).toMatch(/^stack\/(service|oidc): invalid input\n/);
    expect(messageOf(() => act(id))).toContain(
      `  - id: must be the id of a construct: a text that is not empty and holds no token. Received ${received}. Choose another id.`,
    );
  }
});

test('clients, publications and routes are not in the way of each other', () => {
  const other = new TerraformStack(stack.node.root, 'other');
  const made = [addRoute('a'), addClient('a'), publish('a'), publish('a', other), addClient('Resource')];
  expect(made.map(({ node }) => node.id)).toEqual([
    'a',
    'Client-a',
    'Publication-a',
    'Publication-a',
    'Client-Resource',
  ]);
});
