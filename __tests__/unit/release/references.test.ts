import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import * as library from '../../../lib';
import { Adoption, Api, AuthorizationServer, DevPortal, Moves, OktaDevPortalOidc } from '../../../lib';
import { prerequisites, stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures, expectSynthFailures, parseFailures, UUID } from '../../support/validation';
import { removedAddresses } from './removed-blocks';

const APP = { label: 'App', redirectUris: ['https://localhost/callback'] };

function howTo() {
  const stack = stackWithProviders();
  const { portal, api } = prerequisites(stack);
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    clients: { app: APP },
    publications: { 'my-api': { api, portal } },
  });
  return { stack, portal, api, oidc };
}

test('a publication on a released portal is an error that names both and the fix', () => {
  const { stack, portal } = howTo();
  portal.release();
  const [failure] = expectSynthFailures(stack, ['reference', /released/, 'stack/oidc/Publication-my-api']);
  expect(failure?.text).toBe(
    'must not be to a released construct (Terraform). Received stack/portal. Release or remove ' +
      'stack/oidc/Publication-my-api too, or pass DevPortal.fromPortalId(…) instead.',
  );
});

test('a publication of a released API is an error, but not its released service', () => {
  const { stack, api } = howTo();
  (stack.node.findChild('service') as library.GatewayService).release();
  api.release();
  expectSynthFailures(stack, [
    'reference',
    /Received stack\/api\. .*Api\.fromApiId/,
    'stack/oidc/Publication-my-api',
  ]);
});

test('a released service is an error of the API', () => {
  const { stack } = howTo();
  (stack.node.findChild('service') as library.GatewayService).release();
  expectSynthFailures(stack, [
    'reference',
    /Received stack\/service\. .*GatewayService\.fromAttributes/,
    'stack/api',
  ]);
});

test('an output is found too', () => {
  const { stack, portal, oidc } = howTo();
  const { domain } = portal;
  new TerraformOutput(new Construct(stack, 'outputs'), 'domain', { value: `https://${domain}` });
  portal.release();
  oidc.publications[0]?.release();
  expectSynthFailures(stack, ['reference', /Received stack\/portal/, 'stack/outputs/domain']);
});

test('a child of the released construct is named', () => {
  const { stack, oidc } = howTo();
  new TerraformOutput(stack, 'strategy', { value: oidc.strategyId });
  oidc.release();
  expectSynthFailures(stack, [
    'reference',
    /Received stack\/oidc\/Strategy\. .*OidcAuthStrategy\.fromStrategyId/,
    'stack/strategy',
  ]);
});

describe('claim and scopes that two constructs share', () => {
  test('are an error that says how to keep them', () => {
    const stack = stackWithProviders();
    const first = new OktaDevPortalOidc(stack, 'first', { name: 'First' });
    new OktaDevPortalOidc(stack, 'second', { name: 'Second' });
    first.release();
    const keep =
      /or keep claim and scopes: pass one authorizationServer to both constructs, and call Moves\.from\(authorizationServer, 'first\/AuthorizationServer'\)\.$/;
    expectSynthFailures(
      stack,
      ['reference', keep, 'stack/second/Strategy'],
      ['reference', keep, 'stack/second/Strategy'],
    );
  });

  test('stay in the stack with the server', () => {
    const stack = stackWithProviders();
    const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
    Moves.from(authorizationServer, 'first/AuthorizationServer');
    const [first] = ['first', 'second'].map(
      (id) => new OktaDevPortalOidc(stack, id, { name: id, authorizationServer }),
    );
    first?.release();
    const json = synthesize(stack);
    expect(json.counts()).toMatchObject({
      okta_auth_server_claim: 1,
      okta_auth_server_scope: 1,
      konnect_application_auth_strategy: 1,
    });
    expect(removedAddresses(json)).toEqual([
      expect.stringMatching(/^konnect_application_auth_strategy\.first_Strategy_/),
    ]);
  });

  test('of a released server need a reference', () => {
    const stack = stackWithProviders();
    const server = AuthorizationServer.fromDefault(stack, 'server') as library.AuthorizationServer;
    new OktaDevPortalOidc(stack, 'oidc', { authorizationServer: server });
    server.release();
    expectSynthFailures(
      stack,
      ['reference', /use the id as text instead\.$/, 'stack/oidc/Strategy'],
      ['reference', /AuthorizationServer\.fromAttributes\(…\) instead\.$/, 'stack/oidc/Strategy'],
      ['reference', /AuthorizationServerScope\.fromScopeName\(…\) instead\.$/, 'stack/oidc/Strategy'],
    );
  });
});

describe('in an app with two stacks', () => {
  let stack: TerraformStack;
  let other: TerraformStack;

  beforeEach(() => {
    const app = Testing.app();
    [stack, other] = ['platform', 'team'].map((id) => {
      const created = new TerraformStack(app, id);
      new KonnectProvider(created, 'konnect', {});
      return created;
    }) as [TerraformStack, TerraformStack];
  });

  function failures() {
    try {
      (stack.node.root as App).synth();
    } catch (error) {
      return parseFailures((error as Error).message);
    }
    return [];
  }

  test('a reference of the other stack is an error that names the construct there', () => {
    const portal = new DevPortal(stack, 'portal', { name: 'Portal' });
    portal.release();
    new Api(other, 'api', { name: 'API', description: portal.portalId });
    expect(failures()).toEqual([
      { path: 'team/api', prop: 'reference', text: expect.stringContaining('Received platform/portal.') },
    ]);
  });

  test('the other stack may have the same addresses, and depend on the first', () => {
    new DevPortal(stack, 'portal', { name: 'Portal' }).release();
    const { apiId } = new Api(stack, 'api', { name: 'API' });
    const own = new DevPortal(other, 'portal', { name: 'Own' });
    new Api(other, 'api', { name: 'Another', description: `${apiId} ${own.portalId}` });
    expect(failures()).toEqual([]);
  });
});

test('another construct at the address of a released one is an error', () => {
  const { stack, portal, oidc } = howTo();
  portal.release();
  oidc.publications[0]?.release();
  new DevPortal(stack, 'portal', { name: 'New', homePage: '' });
  expectSynthFailures(stack, [
    'release',
    /must not be of a resource that the stack still has \(Terraform\)\. Received "konnect_portal\.portal_/,
    'stack/portal',
  ]);
});

test('a construct that moved to the address of a released one is one error', () => {
  const { stack, portal, oidc } = howTo();
  portal.release();
  oidc.publications[0]?.release();
  Moves.from(new DevPortal(stack, 'new', { name: 'New', homePage: '' }), 'portal');
  expectSynthFailures(stack, [
    'release',
    /must not be of a resource that the stack still has .*"konnect_portal\.portal_.*or remove its Moves\.from/,
    'stack/portal',
  ]);
});

test('a construct that the stack adopts is one error', () => {
  const stack = stackWithProviders();
  const portal = new DevPortal(stack, 'portal', { name: 'Portal', homePage: '' });
  const imports = { [`konnect_portal.${portal.resource.friendlyUniqueId}`]: UUID };
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const file = join(folder, 'adoption.json');
  writeFileSync(file, JSON.stringify({ version: 2, stacks: { stack: { imports } } }));
  Adoption.fromFile(file).applyTo(stack);
  rmSync(folder, { recursive: true });
  portal.release();
  expectSynthFailures(stack, [
    'release',
    /must not be of a resource that the stack adopts .*\. Deploy the adoption, remove the prop adopt/,
    'stack/portal',
  ]);
});

test('a client stays in the policy by its id', () => {
  const { stack, oidc } = howTo();
  oidc.allowClient('0oa0');
  oidc.clients[0]?.release();
  oidc.allowClient('0oa1');
  oidc.allowClient('0oa2');
  const json = synthesize(stack);
  expect(json.only('okta_auth_server_policy').client_whitelist).toEqual(['0oa1', '0oa0', '0oa2']);
  expect(removedAddresses(json)).toEqual([expect.stringMatching(/^okta_app_oauth\.oidc_Client-app_/)]);
});

test('a client of addClient takes no place of a released one', () => {
  const { stack, oidc } = howTo();
  oidc.clients[0]?.release();
  oidc.addClient('app-2', APP);
  expectSynthFailures(stack, ['reference', /stack\/oidc\/Client-app\./, 'stack/oidc/AccessPolicy']);
});

test('a client in the policy is an error', () => {
  const { stack, oidc } = howTo();
  oidc.clients[0]?.release();
  expectSynthFailures(stack, [
    'reference',
    /Received stack\/oidc\/Client-app\. .* or call allowClient\(…\) of stack\/oidc with the client id\./,
    'stack/oidc/AccessPolicy',
  ]);
});

test('a client in a policy without an OktaDevPortalOidc is an error with another fix', () => {
  const stack = stackWithProviders();
  const client = new library.OidcClient(stack, 'client', APP);
  const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
  authorizationServer.addAccessPolicy('policy', { name: 'Clients', clients: [client] });
  client.release();
  expectSynthFailures(stack, ['reference', /OidcClient\.fromClientId/, 'stack/server/policy']);
});

test('a reference to an existing resource cannot be released', () => {
  const existing = DevPortal.fromPortalId(stackWithProviders(), 'portal', UUID) as DevPortal;
  expectFailures(() => existing.release(), ['release', /must be called on a construct with resources/]);
});

test('HCL output is refused with the way to go', () => {
  const { stack, portal, oidc } = howTo();
  portal.release();
  oidc.publications[0]?.release();
  expectFailures(
    () => stack.toHclTerraform(),
    ['release', /must be deployed without --hcl.*Received stack\/portal\. Deploy with JSON/],
  );
});

test('every method that an error names exists', () => {
  const { stack, portal, api, oidc } = howTo();
  const server = new library.AuthorizationServer(stack, 'server', { name: 'S', audiences: ['a'] });
  const scope = server.addScope('orders');
  const policy = server.addAccessPolicy('policy', { name: 'P', allClients: true });
  const team = new DevPortal(stack, 'teams', { name: 'Teams', rbacEnabled: true }).addTeam('t', {
    name: 'T',
  });
  const plane = new library.ControlPlane(stack, 'plane', { name: 'Plane' });
  const service = stack.node.findChild('service') as library.GatewayService;
  const released = [portal, api, oidc.clients[0], oidc.strategy as library.OidcAuthStrategy, server, scope]
    .concat(policy as never, team as never, plane as never, service as never)
    .flatMap((each) => each ?? []);
  released.forEach((each, index) => {
    new TerraformOutput(stack, `id-${index}`, {
      value: (Reflect.get(each, 'resource') as { id: string }).id,
    });
    each.release();
  });
  let message = '';
  try {
    Testing.synth(stack, true);
  } catch (error) {
    message = (error as Error).message;
  }
  const named = [...message.matchAll(/pass (\w+)\.(\w+)\(…\)/g)].map(([, type = '', method = '']) => [
    type,
    method,
  ]);
  expect(new Set(named.map(([type]) => type)).size).toBe(released.length);
  for (const [type = '', method = ''] of named) {
    expect(typeof Reflect.get(Reflect.get(library, type), method)).toBe('function');
  }
});
