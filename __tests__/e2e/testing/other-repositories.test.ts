import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Api, ApiPublication, DevPortal, OidcAuthStrategy, Visibility } from '../../../lib';
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

  test('names the ids that the sandbox does not have', async () => {
    const id = 'cbd3a6f5-0f5e-4b43-9d7e-6a3b1c2d4e5f';
    const stack = new TerraformStack(Testing.app(), 'portal');
    new KonnectProvider(stack, 'konnect', {});
    const portal = new DevPortal(stack, 'portal', { name: 'Portal' });
    const api = Api.fromApiId(stack, 'api', id);
    const strategy = OidcAuthStrategy.fromStrategyId(
      stack,
      'strategy',
      '1d2c3b4a-5f6e-4d7c-8b9a-0a1b2c3d4e5f',
    );
    new ApiPublication(stack, 'publication', { api, portal, strategy, visibility: Visibility.PUBLIC });
    tester = await StackTester.start(stack);
    const deployment = tester.deploy();
    await expect(deployment).rejects.toThrow(TestKitError);
    await expect(deployment).rejects.toThrow(`The sandbox starts empty, and stack portal refers to ${id}`);
  });
});
