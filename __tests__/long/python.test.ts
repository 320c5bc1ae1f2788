import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StackTester } from '../../testing';
import { commitAndClone } from '../support/commit-and-clone';
import { refreshLibrary } from '../support/compile';
import {
  createPythonEnvironment,
  describeWithPrograms,
  pack,
  run,
  synthesize,
  synthesizeCode,
  synthesizeTypescript,
  temporaryFolder,
} from '../support/languages';
import { Page } from '../support/pages';
import { describeWithTerraform } from '../support/sandbox';
import { PackedProject } from './package/packed-project';

const ROOT = resolve(__dirname, '..', '..');
const EXAMPLES = join(ROOT, 'examples', 'python');
const TEMPLATES = join(ROOT, 'templates');
/** Files that snippets read, with one of the examples for each. */
const READ_FILES: { readonly [name: string]: string } = {
  'shop.openapi.yaml': 'access-control-enforcement/shop.openapi.yaml',
  'orders.v1.yaml': 'documents/v1.openapi.yaml',
  'errors.md': 'documents/README.md',
};
const BINDINGS = join('packages', 'konnect-cdktf-bindings');

describeWithPrograms('in Python', ['python3'], () => {
  let python: string;
  let wheels: string;

  beforeAll(() => {
    wheels = pack('python');
    const requirements = join(EXAMPLES, 'requirements.txt');
    python = createPythonEnvironment('--find-links', wheels, '--requirement', requirements);
  }, 600_000);

  /** Writes a script with these files beside it. @returns its path */
  function script(code: string, modules: { readonly [name: string]: string } = {}): string {
    const project = temporaryFolder();
    for (const [name, text] of Object.entries({ ...modules, 'main.py': code })) {
      writeFileSync(join(project, name), text);
    }
    return join(project, 'main.py');
  }

  const names = readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  test.each(names)('examples/python/%s is the same as in TypeScript', (name) => {
    expect(synthesize(python, [join(EXAMPLES, name, 'main.py')])).toEqual(
      synthesizeTypescript(name === 'how-to' ? 'main.ts' : join('examples', name, 'main.ts')),
    );
  });

  test('the template of init is the same as in TypeScript, and its tests and those of tested-stack pass', () => {
    const template = join(TEMPLATES, 'python');
    const files = synthesize(python, [join(template, 'main.py')]);
    expect(files).toEqual(synthesizeTypescript(join(TEMPLATES, 'typescript', 'main.ts')));
    const requirements = readFileSync(join(template, 'requirements.txt'), 'utf8');
    const [pytest = ''] = /^pytest==.*$/m.exec(requirements) ?? [];
    run(python, ['-m', 'pip', 'install', '--quiet', pytest]);
    for (const tested of [template, join(EXAMPLES, 'tested-stack')]) {
      const tests = ['-m', 'pytest', '-p', 'no:cacheprovider', tested];
      expect(run(python, tests, { PYTHONDONTWRITEBYTECODE: '1' })).toMatch(/ 2 passed in /);
    }
  });

  test('the example of the README is translated, and the same as in TypeScript', () => {
    const metadata = 'metadata("cdktf-okta-dev-portal-oidc").get_payload()';
    const readme = run(python, ['-c', `from importlib.metadata import *; print(${metadata})`]);
    const [, code = ''] = /```python\n([\s\S]*?)```/.exec(readme) ?? [];
    const [original = ''] = new Page('README.md').codeBlocks('ts');
    expect(synthesize(python, [script(code)])).toEqual(synthesizeCode({ 'main.ts': original }));
  });

  test('the app of docs/start.md is the same as in TypeScript', () => {
    const page = new Page('docs/start.md');
    const [code = ''] = page.codeBlocks('python');
    const [original = ''] = page.codeBlocks('ts');
    expect(synthesize(python, [script(code)])).toEqual(synthesizeCode({ 'main.ts': original }));
  });

  test.each([
    [
      'docs/publish-an-api.md',
      'publish_orders(stack, control_plane, portal, oidc)',
      'publishOrders(stack, controlPlane, portal, oidc)',
    ],
    ['docs/publish-an-api.md', 'allow_both(oidc)', 'allowBoth(oidc)'],
    ['docs/add-a-client.md', 'add_clients(oidc)', 'addClients(oidc)'],
    ['docs/add-a-client.md', 'add_tenants(oidc, ["a", "b"])', 'addTenants(oidc, ["a", "b"])'],
    ['docs/publish-an-api.md', 'describe_orders(api)', 'describeOrders(api)'],
    ['docs/publish-an-api.md', 'create_portal(stack, oidc)', 'createPortal(stack, oidc)'],
    [
      'docs/access-control-enforcement.md',
      'publish_shop(stack, oidc, portal)',
      'publishShop(stack, oidc, portal)',
    ],
    ['docs/hand-over.md', 'hand_over(portal, oidc)', 'handOver(portal, oidc)'],
    ['docs/hand-over.md', 'publish(stack, oidc, api)', 'publish(stack, oidc, api)'],
    ['docs/hand-over.md', 'keep_access(oidc)', 'keepAccess(oidc)'],
    ['docs/hand-over.md', 'hand_over_first(stack)', 'handOverFirst(stack)'],
  ])('in %s %s is the same as in TypeScript', (path, call, originalCall) => {
    const page = new Page(path);
    const snippet = blockWith(`def ${functionOf(call)}(`, page.codeBlocks('python'));
    const original = blockWith(`function ${functionOf(originalCall)}(`, page.codeBlocks('ts'));
    const lines = [
      'control_plane = ControlPlane(stack, "control-plane", name="quickstart")',
      'portal = DevPortal(stack, "published-portal", name="Published")',
      'api = Api.from_api_id(stack, "published-api", "7c504a93-d60b-4a18-bb06-0d1f4f25ac0a")',
      'oidc.publish("published", api=api, portal=portal)',
      `snippet.${call}`,
      'app.synth()',
    ];
    const files = synthesize(python, [
      script(`import snippet\n${inStack(...lines)}`, { 'snippet.py': withExistingFiles(snippet) }),
    ]);
    const originalLines = [
      "const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });",
      "const portal = new DevPortal(stack, 'published-portal', { name: 'Published' });",
      "const api = Api.fromApiId(stack, 'published-api', '7c504a93-d60b-4a18-bb06-0d1f4f25ac0a');",
      "oidc.publish('published', { api, portal });",
      `snippet.${originalCall};`,
    ];
    expect(files).toEqual(
      synthesizeCode({
        'main.ts': originalStack(...originalLines),
        'snippet.ts': withExistingFiles(original),
      }),
    );
  });

  test('the test of docs/test-your-stack.md passes', () => {
    const [snippet = ''] = new Page('docs/test-your-stack.md').codeBlocks('python');
    expect(run(python, [script(`${snippet}\ntest_secrets_stay_in_okta()\nprint("passed")`)])).toBe(
      'passed\n',
    );
  });

  test('an exception has every failure, with props in the spelling of Python', () => {
    const [service = '', error = ''] = new Page('docs/languages.md').codeBlocks('python');
    const code = inStack(
      'control_plane = ControlPlane(stack, "control-plane", name="orders")',
      'service.add_service(stack, control_plane)',
      'error.try_service(TerraformStack(app, "other"), control_plane)',
    );
    const imports = 'import service\nimport error\n';
    const text = run(python, [script(imports + code, { 'service.py': service, 'error.py': error })]);
    const failure = (prop: string, value: string) =>
      ` {2}- \`${prop}\` must .*\\. Received ${value}\\. .*\\n`;
    expect(text).toMatch(
      new RegExp(
        `^other/orders: invalid input\\n${failure('host', '"a b"')}${failure('connect_timeout_ms', '0')}$`,
      ),
    );
  });

  test('data files name the place of an error', () => {
    const file = join(temporaryFolder(), 'catalog.yaml');
    writeFileSync(file, 'apis:\n  orders:\n    nam: Orders\n');
    const code = [
      'try:',
      `    PortalCatalog(stack, "catalog", file="${file}", portals={})`,
      'except RuntimeError as error:',
      '    print(error)',
    ];
    expect(run(python, [script(inStack(...code))])).toContain('catalog.yaml:3:5 apis.orders.nam` ');
  });

  describeWithTerraform('in the sandbox', () => {
    test('the how-to opens its API for its client only', async () => {
      const files = synthesize(python, [join(EXAMPLES, 'how-to', 'main.py')]);
      const json = String(files[join('stacks', 'how-to', 'cdk.tf.json')]);
      const tester = await StackTester.start([{ name: 'how-to', json }]);
      try {
        await tester.deploy();
        expect(await tester.plan()).toEqual([]);
        const proof = await tester.prove();
        expect(proof.links).toContainEqual(expect.objectContaining({ detail: '200' }));
        expect(proof.opensForClientOnly).toBe(true);
      } finally {
        await tester.stop();
      }
    }, 120_000);

    test('a clone of a project of init opens its API for its client only', async () => {
      refreshLibrary();
      const project = new PackedProject();
      const packages = [BINDINGS, 'packages/sandbox', '.'];
      for (const each of packages) {
        const { name } = JSON.parse(readFileSync(join(ROOT, each, 'package.json'), 'utf8'));
        project.install(name, each);
      }
      const packed = join(project.folder, 'python');
      symlinkSync(wheels, packed);
      const created = join(project.folder, 'portal');
      const init = ['init', created, '--language', 'python', '--packages', project.folder];
      run(join(ROOT, 'cli', 'okta-dev-portal-oidc.js'), init);
      // The project has copies.
      rmSync(packed);
      // Below the installed packages.
      const folder = join(project.folder, 'clone');
      commitAndClone(created, folder);
      const requirements = ['--requirement', join(folder, 'requirements.txt')];
      const cloned = createPythonEnvironment('--no-cache-dir', ...requirements);
      symlinkSync(resolve(cloned, '..', '..'), join(folder, '.venv'));
      const env = {
        PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH}`,
        CI: 'true',
        CHECKPOINT_DISABLE: '1',
        DISABLE_VERSION_CHECK: '1',
      };
      const printed = run('npm', ['run', 'sandbox'], env, folder);
      expect(printed).toContain('✓ Request with the credentials: 200\n');
      expect(printed).toContain('✓ Request of an unregistered client: 403\n');
      project.remove();
    }, 300_000);
  });
});

function functionOf(call: string): string {
  return call.replace(/\(.*$/, '');
}

/** The snippet with files of the examples in place of those that it reads. */
function withExistingFiles(snippet: string): string {
  return Object.entries(READ_FILES).reduce(
    (code, [name, file]) => code.replace(name, join(ROOT, 'examples', file)),
    snippet,
  );
}

/** The only block with a text. */
function blockWith(text: string, blocks: readonly string[]): string {
  const found = blocks.filter((block) => block.includes(text));
  expect(found).toHaveLength(1);
  return found.join();
}

/** An app in Python with both providers in a stack. */
function inStack(...lines: readonly string[]): string {
  return [
    'from cdktf import App, TerraformStack',
    'from cdktf_cdktf_provider_okta.provider import OktaProvider',
    'from cdktf_okta_dev_portal_oidc import Api, ControlPlane, DevPortal, OktaDevPortalOidc, PortalCatalog',
    'from konnect_cdktf_bindings.provider import KonnectProvider',
    'app = App()',
    'stack = TerraformStack(app, "docs")',
    'OktaProvider(stack, "okta")',
    'KonnectProvider(stack, "konnect")',
    'oidc = OktaDevPortalOidc(stack, "oidc")',
    ...lines,
  ].join('\n');
}

/** The same in TypeScript. */
function originalStack(...lines: readonly string[]): string {
  return [
    "import { OktaProvider } from '@cdktf/provider-okta/lib/provider';",
    "import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';",
    "import { App, TerraformStack } from 'cdktf';",
    "import { Api, ControlPlane, DevPortal, OktaDevPortalOidc } from 'okta-dev-portal-oidc';",
    "import * as snippet from './snippet';",
    'const app = new App();',
    "const stack = new TerraformStack(app, 'docs');",
    "new OktaProvider(stack, 'okta', {});",
    "new KonnectProvider(stack, 'konnect', {});",
    "const oidc = new OktaDevPortalOidc(stack, 'oidc');",
    ...lines,
    'app.synth();',
  ].join('\n');
}
