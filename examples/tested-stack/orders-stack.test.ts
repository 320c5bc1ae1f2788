import { type App, Testing } from 'cdktf';
import { StackTester } from 'okta-dev-portal-oidc/testing';
import 'okta-dev-portal-oidc/testing/jest';
import { OrdersStack } from './orders-stack';

function ordersApp(): App {
  const app = Testing.app();
  new OrdersStack(app, 'orders', { upstreamHost: 'upstream.internal' });
  return app;
}

test('the stack matches the schemas of both providers', () => {
  expect(ordersApp()).toMatchProviderSchemas();
  expect(ordersApp()).toMatchProviderSchemas({ okta: '6.12.0' });
});

test('the JSON contains no secret', () => {
  expect(ordersApp()).toKeepSecretsOut();
});

describe('in the sandbox', () => {
  let tester: StackTester;

  beforeAll(async () => {
    tester = await StackTester.start(ordersApp());
  });

  afterAll(() => tester.stop());

  test('the first plan only creates, and deploys', async () => {
    const planned = (await tester.plan()).map(({ actions }) => actions.join());
    expect(new Set(planned)).toEqual(new Set(['create']));
    expect(await tester.deploy()).toMatchObject({ add: planned.length, change: 0, remove: 0 });
  });

  test('the next plan is empty', async () => {
    expect(await tester.plan()).toEqual([]);
  });

  test('only the registered client can call the API', async () => {
    expect(await tester.prove({ client: 'Billing' })).toOpenForItsClientOnly();
  });

  // For ClientSecretStorage.IN_STATE. By default secrets stay in Okta: toEqual([]).
  test('only the client has a secret in the state', async () => {
    expect(await tester.secretsInState()).toEqual([expect.stringMatching(/^okta_app_oauth\./)]);
  });
});
