import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  assertOpensForItsClientOnly,
  readStacks,
  StackTester,
} from 'okta-dev-portal-oidc/testing';
import './main'; // synthesizes the app

const stacks = readStacks('cdktf.out');

test('the stack matches the schemas of both providers', () => {
  assertMatchesProviderSchemas(stacks);
});

test('the JSON contains no secret', () => {
  assertKeepsSecretsOut(stacks);
});

// In a sandbox on loopback, with Terraform or OpenTofu.
test('only the registered client can call the API', async () => {
  const tester = await StackTester.start(stacks);
  try {
    await tester.deploy();
    assert.deepEqual(await tester.plan(), []);
    // With several clients, once for each: prove({ client: 'Billing', api: 'Orders' }).
    assertOpensForItsClientOnly(await tester.prove());
  } finally {
    await tester.stop();
  }
});
