import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appCommand, SandboxScript } from '../../support/sandbox-script';

/*
 * What `sandbox.mjs` of a project says before it deploys. The long tests deploy.
 */
let script: SandboxScript;

afterEach(() => script.remove());

test('synthesizes without a spinner and a version check', () => {
  script = new SandboxScript('echo "$@ CI=$CI CHECKPOINT_DISABLE=$CHECKPOINT_DISABLE"; exit 1');
  const { status, stdout, stderr } = script.run();
  expect(stdout).toBe('synth CI=true CHECKPOINT_DISABLE=1\n');
  expect(stderr).toBe('The app cannot be synthesized. Nothing was deployed.\n');
  expect(status).toBe(1);
});

test('reports that the app cannot be synthesized', () => {
  script = new SandboxScript('exit 1');
  script.run('--junit', 'proof.xml', '--markdown', 'proof.md');
  expect(script.read('proof.xml')).toContain('<failure message="The app cannot be synthesized.');
  expect(script.read('proof.md')).toContain('❌');
});

test('names the stacks of the app', () => {
  script = new SandboxScript(appCommand('examples', 'environments', 'main.ts'));
  const { status, stderr } = script.run('test');
  expect(stderr).toMatch(
    /^The app has no stack test\. It has (staging, production|production, staging)\.\n$/,
  );
  expect(status).toBe(2);
});

test('names an unknown option', () => {
  script = new SandboxScript('exit 0');
  const { status, stderr } = script.run('--junt', 'proof.xml');
  expect(stderr).toMatch(/^Unknown option '--junt'.*\n$/);
  expect(status).toBe(2);
});

test('names what does not match the provider schemas, without a stack trace', () => {
  script = new SandboxScript('exit 0');
  const outdir = join(script.folder, 'cdktf.out');
  const stack = { name: 'a', constructPath: 'a', dependencies: [], synthesizedStackPath: 'cdk.tf.json' };
  const resource = { okta_app_oauth: { client: { lable: 'Client', type: 'service' } } };
  mkdirSync(outdir);
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ stacks: { a: stack } }));
  writeFileSync(join(outdir, 'cdk.tf.json'), JSON.stringify({ resource }));
  const { status, stderr } = script.run();
  expect(stderr).toMatch(/^expected to match the pinned provider schemas:\n/);
  expect(stderr).toContain('lable');
  expect(stderr).not.toMatch(/^ +at /m);
  expect(status).toBe(1);
});
