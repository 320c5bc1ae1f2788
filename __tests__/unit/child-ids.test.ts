import { TerraformStack } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  type IOktaDevPortalOidc,
  OktaDevPortalOidc,
} from '../../lib';
import { stackWithProviders } from '../support/how-to';
import { expectFailures, UUID } from '../support/validation';

let stack: TerraformStack;
let service: GatewayService;
let oidc: IOktaDevPortalOidc;
let portal: DevPortal;

beforeEach(() => {
  stack = stackWithProviders();
  const controlPlane = ControlPlane.fromControlPlaneId(stack, 'control-plane', UUID);
  service = new GatewayService(stack, 'service', { controlPlane, host: 'upstream.internal' });
  oidc = new OktaDevPortalOidc(stack, 'oidc');
  portal = new DevPortal(stack, 'portal', { name: 'Portal' });
});

const addRoute = (id: string) => service.addRoute(id, { paths: ['/a'] });
const addClient = (id: string) => oidc.addClient(id, { label: 'App', redirectUris: ['https://a.example/b'] });
const publish = (id: string, scope: TerraformStack = stack) => {
  const name = `api-${scope.node.children.length}`;
  return oidc.publish(id, { api: new Api(scope, name, { name }), portal });
};

test.each([
  ['stack/service', 'Resource', () => addRoute('Resource')],
  ['stack/service', 'a/b', () => [addRoute('a--b'), addRoute('a/b')]],
  ['stack/oidc', 'app', () => [addClient('app'), addClient('app')]],
  ['stack/oidc', 'api', () => [publish('api'), publish('api')]],
])('%s has a child %s already', (path, _id, act) => {
  expectFailures(act, ['id', /must not be the id of another/, path]);
});

test.each([
  ['', /must have at least 1 character/],
  ['${TfToken[TOKEN.0]}', /must be known at synthesis/],
  ['#{TfToken[TOKEN.0]}', /must (be known|contain only tokens)/],
  [5 as unknown as string, /must be a string/],
  [Symbol('id') as unknown as string, /must be a string/],
])('%p is not an id', (id, text) => {
  const other = new TerraformStack(stack.node.root, 'other');
  for (const act of [addRoute, addClient, publish, (each: string) => publish(each, other)]) {
    expectFailures(() => act(id), ['id', text]);
  }
});

test('clients, publications and routes may have the same id', () => {
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

test('the id of a rule is a construct id', () => {
  const policy = AuthorizationServer.fromDefault(stack, 'server').addAccessPolicy('policy', {
    name: 'Policy',
  });
  const rule = { name: 'Rule', scopes: ['*'] };
  expectFailures(() => policy.addRule(rule, ''), ['id', /at least 1 character/, 'stack/server/policy']);
  expectFailures(() => policy.addRule(rule, 5 as never), ['id', /must be a string/]);
});

test('names of rules that differ in / and -- only make two ids', () => {
  const policy = AuthorizationServer.fromDefault(stack, 'server').addAccessPolicy('policy', {
    name: 'Policy',
  });
  const ids = ['a/b', 'a--b'].map((name) => policy.addRule({ name, scopes: ['*'] }).node.id);
  expect(ids).toEqual(['Rule-a%2Fb', 'Rule-a--b']);
});

test('a rejected route leaves its id free', () => {
  expectFailures(() => service.addRoute('route', { paths: ['orders'] }), ['paths[0]', /must start with/]);
  expect(addRoute('route').node.id).toBe('route');
});
