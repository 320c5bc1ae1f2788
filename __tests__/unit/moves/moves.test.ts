import { Portal } from '@kong/konnect-cdktf-bindings/lib/portal';
import { TerraformHclModule, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { Api, ControlPlane, DevPortal, GatewayService, Moves, OktaDevPortalOidc } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { type Synthesized, synthesize } from '../../support/synth';
import { UUID } from '../../support/validation';
import { followed, movedBlocks } from './moved-blocks';
import '../../../testing/jest';

/** Props of a gateway service of an existing control plane. */
const serviceProps = (stack: TerraformStack) => ({
  controlPlane: ControlPlane.fromControlPlaneId(stack, 'control-plane', UUID),
  host: 'upstream.internal',
});

const CLIENT = { label: 'App', redirectUris: ['https://localhost/callback'] };

/** The steps of the one portal of a stack, without the type and the hashes. */
const portalSteps = (stack: TerraformStack) =>
  movedBlocks(synthesize(stack))
    .map(({ from, to }) => [from, to])
    .filter(([from]) => from.startsWith('konnect_portal.'))
    .map((step) => step.map((address) => address.replace(/^\w+\.(.*)_[0-9A-F]{8}$/, '$1')));

/** The how-to at a place in a stack, with other ids for some parts. */
function howTo(place: (stack: TerraformStack) => Construct, ids: { readonly [part: string]: string } = {}) {
  const stack = stackWithProviders();
  const scope = place(stack);
  const service = new GatewayService(scope, ids.service ?? 'service', {
    ...serviceProps(stack),
    routes: { [ids.route ?? 'route']: { paths: ['/anything'] } },
  });
  const portal = new DevPortal(scope, ids.portal ?? 'portal', { name: 'MyDevPortal' });
  const api = new Api(scope, ids.api ?? 'api', { name: 'MyAPI', gatewayService: service });
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

/** Attributes of all resources without their addresses. */
function attributes({ json }: Synthesized): string[] {
  const resources = Object.entries(json.resource as { [type: string]: object });
  return resources
    .flatMap(([type, named]) => Object.values(named).map((body) => [type, body] as const))
    .map(([type, body]) => {
      const text = JSON.stringify(body, (key, value) => (key === '//' ? undefined : value));
      // Addresses in references differ.
      return `${type} ${text.replace(/([a-z]+_\w+)\.[\w-]+_[0-9A-F]{8}/g, '$1')}`;
    })
    .sort();
}

describe('a renamed construct', () => {
  test('gets a block for each of its resources, also those that are added later', () => {
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
        from: 'terraform_data.oidc_AuthorizationServer_Id_AF81A96F',
        to: 'terraform_data.login_AuthorizationServer_Id_9011A87A',
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
        from: 'terraform_data.oidc_AccessPolicy_ParentId_AE72F043',
        to: 'terraform_data.login_AccessPolicy_ParentId_1E225A13',
      },
      {
        from: 'okta_auth_server_policy.oidc_AccessPolicy_DA86F83E',
        to: 'okta_auth_server_policy.login_AccessPolicy_34879B70',
      },
      {
        from: 'okta_auth_server_policy_rule.oidc_AccessPolicy_Rule-Clientcredentials_B1E5EC21',
        to: 'okta_auth_server_policy_rule.login_AccessPolicy_Rule-Clientcredentials_70BF37CC',
      },
      {
        from: 'terraform_data.oidc_AccessPolicy_Id_17CB89D8',
        to: 'terraform_data.login_AccessPolicy_Id_D9CD1774',
      },
    ]);
    expect(json.json).toMatchProviderSchemas();
  });

  test('has blocks from each former address to a present one, and the same attributes', () => {
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

  test('can be a construct of the app with everything in it', () => {
    const old = synthesize(howTo((stack) => new Construct(new Construct(stack, 'a'), 'b')).stack);
    const { stack, scope } = howTo((each) => new Construct(each, 'c'));
    Moves.from(scope, 'a/b');
    const after = synthesize(stack);
    expect(followed(old.addresses(), after)).toEqual(after.addresses());
    expect(attributes(after)).toEqual(attributes(old));
  });

  test('can be a single route or publication', () => {
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

  test('keeps explicit ids and names, and those that derive from the original path', () => {
    const serviceId = '66666666-6666-4666-8666-666666666666';
    const stack = stackWithProviders();
    const props = serviceProps(stack);
    const service = new GatewayService(stack, 'orders', { ...props, serviceId, name: 'orders-v1' });
    const other = new GatewayService(stack, 'users', props);
    Moves.from(service, 'old');
    Moves.from(other, 'first', 'second');
    const [explicit, derived] = Object.values(synthesize(stack).resources('konnect_gateway_service'));
    expect(explicit).toMatchObject({ id: serviceId, name: 'orders-v1' });
    const first = stackWithProviders();
    new GatewayService(first, 'first', serviceProps(first));
    const { id } = synthesize(first).only('konnect_gateway_service');
    expect(derived).toMatchObject({ id, name: 'first' });
  });
});

describe('a construct that moved more than once', () => {
  test('has a block for each step, oldest first', () => {
    const stack = stackWithProviders();
    Moves.from(new DevPortal(stack, 'c', { name: 'Portal' }), 'a', 'x/b');
    expect(portalSteps(stack)).toEqual([
      ['a', 'x_b'],
      ['x_b', 'c'],
    ]);
  });

  test.each([
    ['renamed, then its parent', 'P1/x', ['P1_x', 'P1_y', 'P2_y']],
    ['renamed after its parent', 'P2/x', ['P1_x', 'P2_x', 'P2_y']],
    ['moved from another parent', 'x', ['x', 'P2_y']],
  ])('%s', (_case, formerPath, places) => {
    const stack = stackWithProviders();
    const platform = new Construct(stack, 'P2');
    const portal = new DevPortal(platform, 'y', { name: 'Portal' });
    Moves.from(portal, formerPath);
    Moves.from(platform, 'P1');
    expect(portalSteps(stack)).toEqual(places.slice(1).map((to, index) => [places[index], to]));
  });
});

test.each(['before', 'after'])('a construct with the id MovedBlocks, created %s, changes nothing', (when) => {
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

describe('there is no block', () => {
  test('for a stack without moves', () => {
    expect(before.json).not.toHaveProperty('moved');
  });

  test('if the address stays: Default, overridden logical ids, moves of cdktf itself', () => {
    const stack = stackWithProviders();
    const portals = ['same', 'own', 'named'].map(
      (id) => new Portal(new Construct(stack, id), 'Default', { name: id }),
    );
    portals[1].moveFromId('konnect_portal.former');
    portals[2].overrideLogicalId('fixed');
    Moves.from(portals[0], 'same');
    Moves.from(portals[1], 'former');
    Moves.from(portals[2], 'former');
    const json = synthesize(stack);
    expect(json.addresses()).toEqual(['konnect_portal.fixed', 'konnect_portal.own', 'konnect_portal.same']);
    expect(movedBlocks(json)).toEqual([{ from: 'konnect_portal.former', to: 'konnect_portal.own' }]);
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
