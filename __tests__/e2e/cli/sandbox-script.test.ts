import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { describeWithTerraform } from '../../support/sandbox';

/*
 * `sandbox.mjs` of a project. In place of `npx cdktf synth`, which takes seconds, a script runs the app.
 */
const ROOT = resolve(__dirname, '..', '..', '..');
const SCRIPT = join(ROOT, 'templates', 'common', 'sandbox.mjs');
const TWO_ENVIRONMENTS = `"${process.execPath}" --require "${join(ROOT, 'node_modules', 'sucrase', 'register', 'ts.js')}" "${join(ROOT, 'examples', 'environments', 'main.ts')}"`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'script-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (file: string) => readFileSync(join(folder, file), 'utf8');

/** Lets a shell command synthesize the app. */
function synthesizeWith(command: string): void {
  const npx = join(folder, 'npx');
  writeFileSync(npx, `#!/bin/sh\n${command}\n`);
  chmodSync(npx, 0o755);
}

function sandbox(...args: string[]) {
  const { CI: _, CHECKPOINT_DISABLE: __, ...env } = process.env;
  return spawnSync(process.execPath, [SCRIPT, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, PATH: [folder, process.env.PATH].join(delimiter) },
  });
}

describeWithTerraform('with two environments', () => {
  beforeEach(() => synthesizeWith(TWO_ENVIRONMENTS));

  test('proves the one that is named, and writes the proof', () => {
    const { status, stdout } = sandbox('staging', '--junit', 'proof.xml', '--markdown', 'proof.md');
    expect(stdout).toContain('\nProof for stack staging\n✓ Issuer: ');
    expect(stdout).toContain('✓ Request with the credentials: 200');
    expect(status).toBe(0);
    expect(read('proof.xml')).toMatch(/<testsuite name="Proof for stack staging" tests="12" failures="0" /);
    expect(read('proof.xml').match(/<testcase /g)).toHaveLength(12);
    expect(read('proof.md')).toContain(
      '### Proof for stack staging\n\n12 links OK, 0 broken, 0 not checked\n',
    );
  });

  test('tells how to name one', () => {
    const { status, stderr } = sandbox();
    expect(stderr).toMatch(/^The stacks have 2 clients\n[\s\S]*npm run sandbox -- <stack>/);
    expect(status).toBe(2);
  });

  test('names the stacks of the app', () => {
    const { status, stderr } = sandbox('test');
    expect(stderr).toMatch(
      /^The app has no stack test\. It has (staging, production|production, staging)\.\n$/,
    );
    expect(status).toBe(2);
  });
});

test('synthesizes without a spinner and a version check', () => {
  synthesizeWith('echo "$@ CI=$CI CHECKPOINT_DISABLE=$CHECKPOINT_DISABLE"; exit 1');
  const { status, stdout, stderr } = sandbox();
  expect(stdout).toBe('cdktf synth CI=true CHECKPOINT_DISABLE=1\n');
  expect(stderr).toBe('The app cannot be synthesized. Nothing was deployed.\n');
  expect(status).toBe(1);
});

test('names an unknown option', () => {
  const { status, stderr } = sandbox('--junt', 'proof.xml');
  expect(stderr).toMatch(/^Unknown option '--junt'.*\n$/);
  expect(status).toBe(2);
});

test('names what does not match the provider schemas, without a stack trace', () => {
  synthesizeWith('exit 0');
  const stack = { name: 'a', constructPath: 'a', dependencies: [], synthesizedStackPath: 'cdk.tf.json' };
  const resource = { okta_app_oauth: { client: { lable: 'Client', type: 'service' } } };
  mkdirSync(join(folder, 'cdktf.out'));
  writeFileSync(join(folder, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks: { a: stack } }));
  writeFileSync(join(folder, 'cdktf.out', 'cdk.tf.json'), JSON.stringify({ resource }));
  const { status, stderr } = sandbox();
  expect(stderr).toMatch(/^expected to match the pinned provider schemas:\n/);
  expect(stderr).toContain('lable');
  expect(stderr).not.toMatch(/^ +at /m);
  expect(status).toBe(1);
});
