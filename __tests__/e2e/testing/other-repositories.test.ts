import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  AccessPolicy,
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  KonnectRegion,
  OidcClientType,
  OktaDevPortalOidc,
  PortalTeam,
  ProviderVersions,
  Visibility,
} from '../../../lib';
import { StackTester, TestKitError } from '../../../testing';
import { describeWithTerraform } from '../../support/sandbox';
import { Platform } from './platform';
import '../../../testing/jest';

/*
 * Stacks whose resources exist, belong to another repository, or did before.
 */
describeWithTerraform('a tester', () => {
  let tester: StackTester;

  async function deployed(stack: TerraformStack): Promise<StackTester> {
    tester = await StackTester.start(stack);
    await tester.deploy();
    return tester;
  }

  afterEach(() => tester?.stop());

  test('deploys a stack that handed over its portal, and says that there is no access to prove', async () => {
    const stack = new Platform();
    for (const released of [stack.portal, ...stack.oidc.publications]) {
      released.release();
    }
    expect(stack).toMatchProviderSchemas();
    await deployed(stack);
    expect(await tester.plan()).toEqual([]);
    const message = /^The stacks publish no API, so no access can be proved\. (?!.*--)/;
    await expect(tester.prove()).rejects.toThrow(message);
    await expect(tester.register()).rejects.toThrow(message);
  });

  test('creates what the stack imports elsewhere', async () => {
    const stack = new Platform();
    stack.portal.resource.importFrom('7c504a93-d60b-4a18-bb06-0d1f4f25ac0a');
    await deployed(stack);
    expect(await tester.plan()).toEqual([]);
    expect(await tester.prove()).toOpenForItsClientOnly();
  });

  test('provides the client ids that an access policy names, and opens the API for the client of the stack only', async () => {
    const stack = new Platform();
    stack.oidc.allowClient('0oa18billing2other34');
    await deployed(stack);
    expect(await tester.plan()).toEqual([]);
    expect(await tester.prove()).toOpenForItsClientOnly();
    expect(tester.sandbox.okta.clients().map(({ label }) => label)).toEqual(['billing']);
  });

  test('proves access to an API on a portal that the stack gave away and refers to', async () => {
    const stack = new Platform();
    const controlPlane = ControlPlane.fromControlPlaneId(stack, 'existing', IDS.controlPlane);
    stack.portal.release();
    for (const each of stack.oidc.publications) {
      each.release();
    }
    const portal = DevPortal.fromPortalId(stack, 'portal', IDS.portal);
    const gatewayService = GatewayService.fromAttributes(stack, 'service', {
      controlPlane,
      serviceId: IDS.service,
    });
    gatewayService.addRoute('books', { paths: ['/books'] });
    const api = new Api(stack, 'books', { name: 'books', gatewayService });
    stack.oidc.publish('books', { api, portal, visibility: Visibility.PUBLIC });
    await deployed(stack);
    expect(await tester.prove()).toOpenForItsClientOnly();
  });

  test('provides what a stack of another team refers to', async () => {
    const stack = teamStack();
    expect(stack).toMatchProviderSchemas();
    await deployed(stack);
    expect(await tester.plan()).toEqual([]);
    await tester.destroy();
  });

  test('provides an entity once for two stacks', async () => {
    const app = Testing.app();
    for (const name of ['one', 'two']) {
      const stack = new TerraformStack(app, name);
      new KonnectProvider(stack, 'konnect', {});
      DevPortal.fromPortalId(stack, 'portal', IDS.portal).addPage(name, { slug: name, content: name });
    }
    tester = await StackTester.start(app);
    await tester.deploy();
    expect(tester.sandbox.konnect.snapshot()).toMatchObject({ portals: [{ name: IDS.portal }] });
  });

  test('names the ids that the sandbox does not have', async () => {
    const stack = new TerraformStack(Testing.app(), 'portal');
    new KonnectProvider(stack, 'konnect', {});
    const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'Orders' });
    const gatewayService = GatewayService.fromAttributes(stack, 'service', {
      controlPlane,
      serviceId: IDS.service,
    });
    new Api(stack, 'api', { name: 'Orders', gatewayService });
    tester = await StackTester.start(stack);
    const deployment = tester.deploy();
    await expect(deployment).rejects.toThrow(TestKitError);
    await expect(deployment).rejects.toThrow(`The stacks refer to ${IDS.service} by id`);
  });
});

const IDS = {
  api: 'cbd3a6f5-0f5e-4b43-9d7e-6a3b1c2d4e5f',
  controlPlane: 'f0e1d2c3-b4a5-4968-8776-554433221100',
  portal: '7c504a93-d60b-4a18-bb06-0d1f4f25ac0a',
  service: '0f1e2d3c-4b5a-4968-8776-655443322110',
  strategy: '1d2c3b4a-5f6e-4d7c-8b9a-0a1b2c3d4e5f',
  team: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
};

/** A stack that refers to every part of a platform by id. */
function teamStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'team');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  ProviderVersions.require(stack, { konnect: '>= 3.20.0, < 4.0.0' });
  const portal = DevPortal.fromPortalId(stack, 'portal', IDS.portal);
  const controlPlane = ControlPlane.fromControlPlaneId(stack, 'control-plane', IDS.controlPlane);
  const gatewayService = GatewayService.fromAttributes(stack, 'service', {
    controlPlane,
    serviceId: IDS.service,
  });
  gatewayService.addRoute('orders', { paths: ['/orders'] });
  const oidc = OktaDevPortalOidc.fromAttributes(stack, 'oidc', {
    authorizationServerId: 'aus1platform2server3',
    issuer: 'https://my-org.okta.com/oauth2/aus1platform2server3',
    scopeNames: ['orders:read'],
    strategyId: IDS.strategy,
  });
  oidc.addClient('billing', { label: 'Billing', type: OidcClientType.SERVICE });
  oidc.allowClient('0oa18billing2other34');
  const existing = Api.fromApiId(stack, 'existing', IDS.api);
  oidc.publish('existing', { api: existing, portal, visibility: Visibility.PUBLIC });
  const api = new Api(stack, 'api', { name: 'Orders', gatewayService });
  oidc.publish('orders', { api, portal, visibility: Visibility.PUBLIC });
  const team = PortalTeam.fromAttributes(stack, 'team', {
    teamId: IDS.team,
    portal,
    region: KonnectRegion.US,
  });
  existing.grantConsumer(team);
  const policy = AccessPolicy.fromAttributes(stack, 'policy', {
    policyId: '00p1platform2policy3',
    authorizationServer: oidc.authorizationServer,
  });
  policy.addRule({
    name: 'More',
    scopes: ['orders:write'],
  });
  return stack;
}
