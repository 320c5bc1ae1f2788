import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StackTester } from '../../testing';
import { pack, run, synthesize, synthesizeTypescript, temporaryFolder, typescriptApp } from '../support/jsii';
import { describeWithTerraform } from '../support/sandbox';

const EXAMPLES = resolve(__dirname, '..', '..', 'examples', 'python');

let folder: string;
let python: string;

/** The wheels in a virtual environment, as in a team's project. */
beforeAll(() => {
  folder = temporaryFolder();
  const wheels = pack('python', folder);
  run('python3', ['-m', 'venv', join(folder, 'venv')]);
  python = join(folder, 'venv', 'bin', 'python');
  const requirements = join(EXAMPLES, 'requirements.txt');
  run(python, ['-m', 'pip', 'install', '--quiet', '--find-links', wheels, '--requirement', requirements]);
}, 600_000);

const names = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(names)('examples/python/%s synthesizes the same files as in TypeScript', (name) => {
  const files = synthesize(python, [join(EXAMPLES, name, 'main.py')]);
  expect(Object.keys(files)).toEqual(expect.arrayContaining([expect.stringMatching(/cdk\.tf\.json$/)]));
  expect(files).toEqual(synthesizeTypescript(typescriptApp(name)));
});

describeWithTerraform('the how-to in Python', () => {
  test('opens the API for its client only', async () => {
    const files = synthesize(python, [join(EXAMPLES, 'how-to', 'main.py')]);
    const json = String(files[join('stacks', 'how-to', 'cdk.tf.json')]);
    const tester = await StackTester.start([{ name: 'how-to', json }]);
    try {
      expect(await tester.deploy()).toMatchObject({ change: 0, remove: 0 });
      expect(await tester.plan()).toEqual([]);
      const proof = await tester.prove();
      expect(`${proof}`).toContain('200');
      expect(proof.opensForClientOnly).toBe(true);
    } finally {
      await tester.stop();
    }
  }, 120_000);
});

/** Runs lines of Python in a stack. */
function inStack(...lines: readonly string[]): string {
  const script = join(folder, 'app.py');
  const imports = ['cdktf', 'cdktf_okta_dev_portal_oidc'].map((module) => `from ${module} import *`);
  writeFileSync(script, [...imports, 'stack = TerraformStack(App(), "stack")', ...lines].join('\n'));
  return run(python, [script]);
}

test('the text of an exception has every broken rule', () => {
  const text = inStack(
    'control_plane = ControlPlane(stack, "control-plane", name="orders")',
    'try:',
    '    GatewayService(stack, "service", control_plane=control_plane, host="a b", connect_timeout_ms=0)',
    'except RuntimeError as error:',
    '    print(error)',
  );
  expect(text).toMatch(
    /^stack\/service: invalid input\n {2}- `host` must .* Received "a b"\. .*\n {2}- `connect_timeout_ms` must .* Received 0\. .*\n$/,
  );
});

test('reads data files', () => {
  const file = join(folder, 'catalog.yaml');
  writeFileSync(file, 'apis:\n  orders:\n    nam: Orders\n');
  const text = inStack(
    'try:',
    `    PortalCatalog(stack, "catalog", file="${file}", portals={})`,
    'except RuntimeError as error:',
    '    print(error)',
  );
  expect(text).toContain('catalog.yaml:3:10 apis.orders.nam`');
});
