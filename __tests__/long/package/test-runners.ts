import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** Test runners without Jest's `expect`. */
export type TestRunner = 'vitest' | 'node:test';

interface RunnerTest {
  readonly file: string;
  readonly source: string;
  readonly command: (folder: string) => readonly string[];
}

const STACK = `
function newStack() {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new TerraformOutput(stack, 'output', { value: 'value' });
  return stack;
}

const broken = { resource: { konnect_portal: { P: { nmae: 'p' } } } };
const secret = { provider: { okta: [{ api_token: '00abcdef' }] } };
const link = { name: 'a', title: 'A', detail: '200', milliseconds: 1 };
`;

const TESTS: { readonly [runner in TestRunner]: RunnerTest } = {
  vitest: {
    file: 'stack.test.ts',
    source: `
import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { AccessProof } from 'okta-dev-portal-oidc/testing';
import { expect, test } from 'vitest';
import 'okta-dev-portal-oidc/testing/vitest';
${STACK}
test('matchers', () => {
  expect(newStack()).toMatchProviderSchemas();
  expect(newStack()).toMatchProviderSchemas({ okta: '6.12.0' });
  expect(() => expect(broken).toMatchProviderSchemas()).toThrow(/unknown attribute "nmae"/);
  expect(newStack()).toKeepSecretsOut();
  expect(secret).not.toKeepSecretsOut();
  expect(new AccessProof([{ ...link, status: 'ok' }])).toOpenForItsClientOnly();
  expect(new AccessProof([{ ...link, status: 'failed' }])).not.toOpenForItsClientOnly();
});
`,
    command: (folder) => [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', folder],
  },
  'node:test': {
    file: 'stack.test.js',
    source: `
const assert = require('node:assert');
const { test } = require('node:test');
const { TerraformOutput, TerraformStack, Testing } = require('cdktf');
const {
  AccessProof,
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  assertOpensForItsClientOnly,
} = require('okta-dev-portal-oidc/testing');
${STACK}
test('assertions', () => {
  assertMatchesProviderSchemas(newStack());
  assertMatchesProviderSchemas(newStack(), { okta: '6.12.0' });
  assert.throws(() => assertMatchesProviderSchemas(broken), /unknown attribute "nmae"/);
  assertKeepsSecretsOut(newStack());
  assert.throws(() => assertKeepsSecretsOut(secret), { name: 'AssertionError', message: /api_token/ });
  assertOpensForItsClientOnly(new AccessProof([{ ...link, status: 'ok' }]));
  assert.throws(() => assertOpensForItsClientOnly(new AccessProof([{ ...link, status: 'failed' }])), /✗ A: 200/);
});
`,
    command: (folder) => ['--test', join(folder, 'stack.test.js')],
  },
};

/** Writes a test into a folder of a project that has the packages, and runs it. */
export function runWith(runner: TestRunner, folder: string): SpawnSyncReturns<string> {
  const { file, source, command } = TESTS[runner];
  mkdirSync(folder);
  writeFileSync(join(folder, file), source);
  // Without the variables of the Jest that runs this test.
  const { JEST_WORKER_ID: _, NODE_OPTIONS: __, NODE_ENV: ___, ...env } = process.env;
  return spawnSync(process.execPath, command(folder), {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, NO_COLOR: '1' },
  });
}
