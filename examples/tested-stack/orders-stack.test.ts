import { type App, Testing } from 'cdktf';
import { StackTester } from 'okta-dev-portal-oidc/testing';
import 'okta-dev-portal-oidc/testing/jest';
import { OrdersStack } from './orders-stack';

function ordersApp(): App {
  const app = Testing.app();
  new OrdersStack(app, 'orders', { upstreamHost: 'upstream.internal' });
  return app;
}

test('the stack is valid by the schemas of both providers', () => {
  expect(ordersApp()).toBeValidTerraform();
  expect(ordersApp()).toBeValidTerraform({ okta: '6.12.0' });
});

test('no secret is in its JSON', () => {
  expect(ordersApp()).toKeepSecretsOut();
});

describe('in the sandbox', () => {
  let tester: StackTester;

  beforeAll(async () => {
    tester = await StackTester.start(ordersApp());
  });

  afterAll(() => tester.stop());

  test('it plans what it is made of, and is deployed', async () => {
    const planned = (await tester.plan()).map(({ actions }) => actions.join());
    expect(new Set(planned)).toEqual(new Set(['create']));
    expect(await tester.deploy()).toMatchObject({ add: planned.length, change: 0, remove: 0 });
  });

  test('a second deployment has nothing to do', async () => {
    expect(await tester.plan()).toEqual([]);
  });

  test('the API is open for its client, and for nobody else', async () => {
    expect(await tester.prove({ client: 'Billing' })).toOpenForItsClientOnly();
  });

  test('the client is the only resource with a secret in the state', async () => {
    expect(await tester.secretsInState()).toEqual([expect.stringMatching(/^okta_app_oauth\./)]);
  });
});
