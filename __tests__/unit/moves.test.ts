import { Portal } from '@kong/konnect-cdktf-bindings/lib/portal';
import { TerraformHclModule, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { Construct } from 'constructs';
import { DevPortal, GatewayService, Moves, OktaDevPortalOidc, PortalApi } from '../../lib';
import { moveRules } from '../../lib/rules-moves';
import { stackWithProviders } from '../support/how-to';
import { followed, movedBlocks } from '../support/moves';
import { type Synthesized, synthesize } from '../support/synth';
import { expectValid } from '../support/valid';
import { messageOf, synthErrorOf } from '../support/validation';

const SERVICE = { controlPlaneId: '11111111-1111-4111-8111-111111111111', host: 'upstream.internal' };
const CLIENT = { label: 'App', redirectUris: ['https://localhost/callback'] };

/** The steps of the one portal of a stack, without the type and the hashes. */
const portalSteps = (stack: TerraformStack) =>
  movedBlocks(synthesize(stack))
    .map(({ from, to }) => [from, to])
    .filter(([from]) => from.startsWith('konnect_portal.'))
    .map((step) => step.map((address) => address.replace(/^\w+\.(.*)_[0-9A-F]{8}$/, '$1')));

/** The how-to somewhere in a stack, under other ids where they are named. */
function howTo(place: (stack: TerraformStack) => Construct, ids: { readonly [part: string]: string } = {}) {
  const stack = stackWithProviders();
  const scope = place(stack);
  const service = new GatewayService(scope, ids.service ?? 'service', {
    ...SERVICE,
    routes: { [ids.route ?? 'route']: { paths: ['/anything'] } },
  });
  const portal = new DevPortal(scope, ids.portal ?? 'portal', { name: 'MyDevPortal' });
  const api = new PortalApi(scope, ids.api ?? 'api', { name: 'MyAPI', gatewayService: service });
  const oidc = new OktaDevPortalOidc(scope, ids.oidc ?? 'oidc', {
    clients: { app: CLIENT },
    publications: { 'my-api': { api, portal } },
  });
  return { stack, scope, service, portal, api, oidc };
}

let before: Synthesized;

beforeEach(() => {
  before = synthesize(howTo((stack) => stack).stack);
});

/** Attributes of all resources, whatever their addresses are. */
function attributes({ json }: Synthesized): string[] {
  const resources = Object.entries(json.resource as { [type: string]: object });
  return resources
    .map(([type, named]) => {
      const text = JSON.stringify(Object.values(named), (key, value) => (key === '//' ? undefined : value));
      // References name addresses, the one thing that may differ.
      return `${type} ${text.replace(/([a-z]+_\w+)\.[\w-]+_[0-9A-F]{8}/g, '$1')}`;
    })
    .sort();
}

describe('what is renamed', () => {
  test('gets a block for each of its resources, those that were added later too', () => {
    const stack = stackWithProviders();
    const oidc = new OktaDevPortalOidc(stack, 'login');
    Moves.from(oidc, 'oidc');
    oidc.addClient('app', CLIENT);
    const json = synthesize(stack);
    expect(movedBlocks(json)).toEqual([
      {
        from: 'okta_auth_server_claim.oidc_AuthorizationServer_Claim-clientId_146E52E1',
        to: 'okta_auth_server_claim.login_AuthorizationServer_Claim-clientId_A6E5313C',
      },
      {
        from: 'okta_auth_server_scope.oidc_AuthorizationServer_Scope-apiaccess_F5FC539F',
        to: 'okta_auth_server_scope.login_AuthorizationServer_Scope-apiaccess_A951B594',
      },
      {
        from: 'konnect_application_auth_strategy.oidc_Strategy_748C715B',
        to: 'konnect_application_auth_strategy.login_Strategy_2271B660',
      },
      {
        from: 'okta_app_oauth.oidc_Client-app_86599D75',
        to: 'okta_app_oauth.login_Client-app_D48D7D94',
      },
      {
        from: 'okta_auth_server_policy.oidc_AccessPolicy_DA86F83E',
        to: 'okta_auth_server_policy.login_AccessPolicy_34879B70',
      },
      {
        from: 'okta_auth_server_policy_rule.oidc_AccessPolicy_Rule-Clientcredentials_B1E5EC21',
        to: 'okta_auth_server_policy_rule.login_AccessPolicy_Rule-Clientcredentials_70BF37CC',
      },
    ]);
    expectValid(json.json);
  });

  test('leads each former address to a present one and changes no attribute', () => {
    const { stack, service, portal, api, oidc } = howTo((each) => new Construct(each, 'platform'), {
      service: 'upstream',
      portal: 'developers',
      oidc: 'login',
    });
    Moves.from(service, 'service');
    Moves.from(portal, 'portal');
    Moves.from(api, 'api');
    Moves.from(oidc, 'oidc');
    const after = synthesize(stack);
    expect(after.addresses()).toHaveLength(before.addresses().length);
    expect(after.addresses().filter((address) => before.addresses().includes(address))).toEqual([]);
    expect(followed(before.addresses(), after)).toEqual(after.addresses());
    expect(attributes(after)).toEqual(attributes(before));
  });

  test('may be a construct of the app with everything in it', () => {
    const old = synthesize(howTo((stack) => new Construct(new Construct(stack, 'a'), 'b')).stack);
    const { stack, scope } = howTo((each) => new Construct(each, 'c'));
    Moves.from(scope, 'a/b');
    const after = synthesize(stack);
    expect(followed(old.addresses(), after)).toEqual(after.addresses());
    expect(attributes(after)).toEqual(attributes(old));
  });

  test('may be a single route or publication', () => {
    const { stack, service, oidc, api, portal } = howTo((each) => each, { route: 'all' });
    Moves.from(service.routes[0], 'service/route');
    Moves.from(oidc.publications[0], 'oidc/Publication-old');
    const json = synthesize(stack);
    expect(movedBlocks(json).map(({ to }) => to.split('.')[0])).toEqual([
      'konnect_gateway_route',
      'terraform_data',
      'konnect_api_publication',
    ]);
    expect(json.only('konnect_gateway_route').name).toBe('route');
    expect([api, portal].map((each) => each.node.path)).toEqual(['stack/api', 'stack/portal']);
  });

  test('keeps an id and a name that were given, and those that it was created with', () => {
    const serviceId = '66666666-6666-4666-8666-666666666666';
    const stack = stackWithProviders();
    const service = new GatewayService(stack, 'orders', { ...SERVICE, serviceId, name: 'orders-v1' });
    const other = new GatewayService(stack, 'users', SERVICE);
    Moves.from(service, 'old');
    Moves.from(other, 'first', 'second');
    const [given, derived] = Object.values(synthesize(stack).resources('konnect_gateway_service'));
    expect(given).toMatchObject({ id: serviceId, name: 'orders-v1' });
    const first = stackWithProviders();
    new GatewayService(first, 'first', SERVICE);
    const { id } = synthesize(first).only('konnect_gateway_service');
    expect(derived).toMatchObject({ id, name: 'first' });
  });
});

describe('what has moved more than once', () => {
  test('goes step by step, oldest first', () => {
    const stack = stackWithProviders();
    Moves.from(new DevPortal(stack, 'c', { name: 'Portal' }), 'a', 'x/b');
    expect(portalSteps(stack)).toEqual([
      ['a', 'x_b'],
      ['x_b', 'c'],
    ]);
  });

  test.each([
    ['was renamed, then what is around it', 'P1/x', ['P1_x', 'P1_y', 'P2_y']],
    ['lies in something that was renamed, and was renamed then', 'P2/x', ['P1_x', 'P2_x', 'P2_y']],
    ['came from elsewhere', 'x', ['x', 'P2_y']],
  ])('%s', (_, formerPath, places) => {
    const stack = stackWithProviders();
    const platform = new Construct(stack, 'P2');
    const portal = new DevPortal(platform, 'y', { name: 'Portal' });
    Moves.from(portal, formerPath);
    Moves.from(platform, 'P1');
    expect(portalSteps(stack)).toEqual(places.slice(1).map((to, index) => [places[index], to]));
  });
});

test.each(['before', 'after'])('a construct of the user called MovedBlocks %s changes nothing', (when) => {
  const stack = stackWithProviders();
  if (when === 'before') new Construct(stack, 'MovedBlocks');
  Moves.from(new DevPortal(stack, 'new', { name: 'Portal' }), 'old');
  if (when === 'after') new Construct(stack, 'MovedBlocks');
  Moves.from(new DevPortal(stack, 'newer', { name: 'Other' }), 'older');
  expect(portalSteps(stack)).toEqual([
    ['old', 'new'],
    ['older', 'newer'],
  ]);
});

describe('no block', () => {
  test('for a stack without moves', () => {
    expect(before.json).not.toHaveProperty('moved');
  });

  test('where the address stays: ids called Default, ids set by hand, moves of cdktf itself', () => {
    const stack = stackWithProviders();
    const portals = ['same', 'own', 'named'].map(
      (id) => new Portal(new Construct(stack, id), 'Default', { name: id }),
    );
    portals[1].moveFromId('konnect_portal.elsewhere');
    portals[2].overrideLogicalId('by-hand');
    Moves.from(portals[0], 'same');
    Moves.from(portals[1], 'former');
    Moves.from(portals[2], 'former');
    const json = synthesize(stack);
    expect(json.addresses()).toEqual(['konnect_portal.by-hand', 'konnect_portal.own', 'konnect_portal.same']);
    expect(movedBlocks(json)).toEqual([{ from: 'konnect_portal.elsewhere', to: 'konnect_portal.own' }]);
  });

  test('for another stack of the app', () => {
    const app = Testing.app();
    const [first, second] = ['first', 'second'].map((id) => new TerraformStack(app, id));
    const portals = [first, second].map((stack) => new DevPortal(stack, 'new', { name: 'Portal' }));
    Moves.from(portals[0], 'old');
    expect(Testing.synth(first)).toContain('"moved"');
    expect(Testing.synth(second)).not.toContain('"moved"');
  });
});

test('modules move too', () => {
  const stack = stackWithProviders();
  const scope = new Construct(stack, 'new');
  new TerraformHclModule(scope, 'module', { source: 'example/portal/konnect' });
  Moves.from(scope, 'old');
  expect(movedBlocks(synthesize(stack))).toEqual([
    { from: 'module.old_module_6C27C032', to: 'module.new_module_161EAB3C' },
  ]);
});

describe('refuses', () => {
  const portal = (stack: TerraformStack, id = 'portal') =>
    new DevPortal(stack, id, { name: 'Portal', homePage: '' });
  const message = (prop: string, rule: keyof typeof moveRules, received: string, path = 'stack/portal') =>
    `${path}: invalid input\n  - ${prop}: ${moveRules[rule].rule}. Received ${received}. ${moveRules[rule].remedy}.`;

  test.each<[keyof typeof moveRules, string, string[], string]>([
    ['formerPathDiffers', 'formerPaths[0]', ['portal'], '"portal"'],
    ['formerPath', 'formerPaths[0]', [''], '""'],
    ['formerPath', 'formerPaths[0]', ['/old'], '"/old"'],
    ['formerPath', 'formerPaths[0]', ['old/'], '"old/"'],
    ['formerPathWithoutStack', 'formerPaths[0]', ['stack/old'], '"stack/old"'],
    ['formerPathOnce', 'formerPaths[2]', ['a', 'b', 'a'], '"a"'],
  ])('%s', (rule, prop, paths, received) => {
    expect(messageOf(() => Moves.from(portal(stackWithProviders()), ...paths))).toBe(
      message(prop, rule, received),
    );
  });

  test('no path at all, a path that is a token, and all of it in one error', () => {
    expect(messageOf(() => Moves.from(portal(stackWithProviders())))).toContain(
      'formerPaths: must hold at least',
    );
    const token = Token.asString({ resolve: () => 'old' });
    const text = messageOf(() => Moves.from(portal(stackWithProviders()), token, 'portal', '/x'));
    expect(text).toContain(`formerPaths[0]: ${moveRules.formerPathKnown.rule}`);
    expect(text).toContain(`formerPaths[1]: ${moveRules.formerPathDiffers.rule}`);
    expect(text).toContain(`formerPaths[2]: ${moveRules.formerPath.rule}`);
  });

  test('a list that is known at apply only', () => {
    const stack = stackWithProviders();
    const { listValue } = new TerraformVariable(stack, 'paths', {});
    expect(messageOf(() => Moves.from(portal(stack), ...listValue))).toContain(
      'formerPaths: must be known when the app is synthesized',
    );
  });

  test('a token that is no text', () => {
    const path = Token.asAny('old') as never;
    expect(messageOf(() => Moves.from(portal(stackWithProviders()), path))).toContain(
      `formerPaths[0]: ${moveRules.formerPathKnown.rule}`,
    );
  });

  test.each<[string, unknown[], string]>([
    ['a number', [5], '[0]: must be a string. Received 5.'],
    ['a list', [['a', 'b']], '[0]: must be a string. Received ["a","b"].'],
    ['nothing', ['a', undefined], '[1]: must be given. Received undefined.'],
  ])('%s for a path', (_what, paths, failure) => {
    const act = () => Moves.from(portal(stackWithProviders()), ...(paths as string[]));
    expect(messageOf(act)).toContain(`stack/portal: invalid input\n  - formerPaths${failure}`);
  });

  test('what is no construct', () => {
    expect(messageOf(() => Moves.from('portal' as unknown as Construct, 'old'))).toBe(
      'Moves.from: invalid input\n  - construct: must be a construct of the type that the prop has. Received "portal". Pass the construct itself, not its id; import what exists with a from... method.',
    );
  });

  test('two calls for one construct, and a construct that lies in no stack', () => {
    const once = portal(stackWithProviders());
    Moves.from(once, 'old');
    expect(messageOf(() => Moves.from(once, 'older'))).toBe(
      message('construct', 'movedOnce', '"stack/portal"'),
    );
    const stack = stackWithProviders();
    expect(messageOf(() => Moves.from(stack, 'old'))).toBe(
      message('construct', 'movedInStack', '"stack"', 'stack'),
    );
    expect(messageOf(() => Moves.from(Testing.app(), 'old'))).toContain(moveRules.movedInStack.rule);
  });

  test('a place that is taken, when the app is synthesized', () => {
    const stack = stackWithProviders();
    Moves.from(portal(stack), 'old');
    portal(stack, 'old');
    expect(synthErrorOf(stack)).toContain(
      message('formerPaths', 'formerAddressFree', '"konnect_portal.old_ECF1530F"'),
    );
  });

  test('one place for two constructs, when the app is synthesized', () => {
    const stack = stackWithProviders();
    Moves.from(portal(stack, 'a'), 'old');
    Moves.from(portal(stack, 'b'), 'old');
    expect(synthErrorOf(stack)).toContain(
      message('formerPaths', 'formerAddressOfOne', '"konnect_portal.old_ECF1530F"', 'stack/b'),
    );
  });

  test('nothing where a construct is called like the stack', () => {
    const stack = stackWithProviders();
    new Construct(stack, 'stack');
    Moves.from(portal(stack), 'stack/portal');
    expect(portalSteps(stack)).toEqual([['stack_portal', 'portal']]);
  });
});
