import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Testing } from 'cdktf';
import {
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  assertOpensForItsClientOnly,
  StackTester,
} from 'okta-dev-portal-oidc/testing';
import { DevPortalStack } from './dev-portal-stack';

const app = Testing.app();
new DevPortalStack(app, 'dev-portal');

test('the stack matches the schemas of both providers', () => {
  assertMatchesProviderSchemas(app);
});

test('the JSON contains no secret', () => {
  assertKeepsSecretsOut(app);
});

// In a sandbox on loopback, with Terraform or OpenTofu.
test('only the registered client can call the API', async () => {
  const tester = await StackTester.start(app);
  try {
    await tester.deploy();
    assert.deepEqual(await tester.plan(), []);
    // With several clients, once for each: prove({ client: 'Billing', api: 'Orders' }).
    assertOpensForItsClientOnly(await tester.prove());
  } finally {
    await tester.stop();
  }
});
