import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { exampleFile } from '../../support/examples';
import { Page } from '../../support/pages';

const ROOT = join(__dirname, '..', '..', '..');

/** What the Jest of a consumer project compiles its tests with. */
export type Transformer = 'babel-jest' | '@swc/jest';

/** Identities across the border to the packages. Only a test framework with its own modules can break them. */
const BORDER = `
const { StackTester, TestKitError } = require('okta-dev-portal-oidc/testing');
const { Providers, Sandbox, TerraformError } = require('okta-dev-portal-oidc-sandbox');

test('what the kit returns and throws is of the classes that a test can import, and strictly equal', async () => {
  const broken = { terraform: {}, output: { o: { value: '\${nonsense(1)}' } } };
  const tester = await StackTester.start([{ name: 'broken', json: JSON.stringify(broken) }], {
    providers: Providers.FAKE,
  });
  try {
    expect(tester.sandbox).toBeInstanceOf(Sandbox);
    expect(tester.sandbox.requests.all()).toStrictEqual([]);
    await expect(tester.deploy()).rejects.toThrow(TerraformError);
    await expect(tester.prove({ client: 'None' })).rejects.toThrow(TestKitError);
  } finally {
    await tester.stop();
  }
});
`;

const IMPORTED_GLOBALS = `
const { expect, test } = require('@jest/globals');
require('okta-dev-portal-oidc/testing/jest-globals');

test('an imported expect has the matchers', () => {
  expect({ locals: {} }).toMatchProviderSchemas();
});
`;

/**
 * Writes the tests of examples/tested-stack into a folder of a project that has the packages, as a consumer has them: in
 * TypeScript with the configuration that the page on tests shows, or in JavaScript without one.
 */
export function writeConsumerProject(folder: string, transformer: Transformer): void {
  const isJavaScript = transformer === 'babel-jest';
  const extension = isJavaScript ? 'js' : 'ts';
  mkdirSync(folder);
  for (const name of ['orders-stack', 'orders-stack.test']) {
    const source = readFileSync(exampleFile('tested-stack', `${name}.ts`), 'utf8');
    writeFileSync(join(folder, `${name}.${extension}`), isJavaScript ? toJavaScript(source) : source);
  }
  writeFileSync(join(folder, 'border.test.js'), BORDER);
  writeFileSync(join(folder, 'globals.test.js'), IMPORTED_GLOBALS);
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer" }');
  if (!isJavaScript) {
    writeFileSync(
      join(folder, 'jest.config.js'),
      new Page('docs/test-your-stack.md').codeBlocks('js').join('\n'),
    );
  }
}

/** Runs the tests of a consumer project with Jest. Only the timeout differs from Jest's defaults: for a busy machine. */
export function runConsumerTests(folder: string): SpawnSyncReturns<string> {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--runInBand', '--testTimeout=60000', `--cacheDirectory=${join(folder, 'cache')}`];
  // Without what the jest around this one tells its workers.
  const { JEST_WORKER_ID: _, NODE_OPTIONS: __, NODE_ENV: ___, ...env } = process.env;
  return spawnSync(process.execPath, [jest, ...options], { cwd: folder, encoding: 'utf8', env });
}

function toJavaScript(source: string): string {
  return transformSync(source, {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  }).code;
}
