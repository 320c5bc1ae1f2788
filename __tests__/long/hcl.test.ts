import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TerraformStack, Testing } from 'cdktf';
import { Api, DevPortal } from 'okta-dev-portal-oidc';
import { findTerraform, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { exampleCommand, exampleNames, synthesizeApp } from '../support/examples';
import { describeWithTerraform, howToStack } from '../support/sandbox';

/*
 * `cdktf synth --hcl` is the way out of cdktf. The HCL of a stack that was deployed as JSON must plan nothing.
 */
const APPS: readonly (readonly [string, readonly string[]])[] = [
  ['main.ts', ['-r', 'sucrase/register/ts', 'main.ts']],
  ...exampleNames().map((name) => [`examples/${name}`, exampleCommand(name).app] as const),
];

const TEXTS = [
  'two\nlines\n',
  'a "quoted" \\ path, 100% and $5',
  '${env} %{if} $${x} $',
  '{"a": ["b"]}',
  '[list]',
  '007',
  'form\ffeed, tab\t and return\r',
];

/** The how-to with a page and an API for each of the texts, also before a value that is known at apply only. */
function stackWithTexts(): TerraformStack {
  const stack = howToStack();
  const portal = new DevPortal(stack, 'portal-of-texts', { name: 'Texts', homePage: '' });
  TEXTS.forEach((text, index) => {
    portal.addPage(`page-${index}`, {
      slug: `page-${index}`,
      content: `${text}${portal.portalId}`,
      title: text,
    });
    new Api(stack, `api-${index}`, {
      name: `API ${index}`,
      version: '1',
      description: text,
      attributes: { texts: ['"', '\\', '${x}'] },
      labels: { 'a.b': `v${index}` },
      specification: JSON.stringify({ openapi: '3.1.0', info: { title: text } }, undefined, index % 2),
    });
  });
  return stack;
}

/**
 * Plans the HCL of a stack with the state of its JSON in the sandbox. Returns what Terraform prints.
 *
 * @throws Error if the plan has changes, or Terraform fails
 */
async function planHcl(sandbox: Sandbox, stack: string, hcl: string): Promise<string> {
  const { folder } = sandbox.workspace(stack);
  rmSync(join(folder, 'cdk.tf.json'));
  const redirected = hcl
    .replace(/^backend "\w+" \{[\s\S]*?^\}\n/m, '')
    .replace(/"[^"\n]*terraform\.([\w-]+)\.tfstate"/g, (_, other: string) =>
      JSON.stringify(join(sandbox.workspace(other).folder, 'terraform.tfstate')),
    );
  writeFileSync(join(folder, 'cdk.tf'), redirected);
  const options = ['-detailed-exitcode', '-input=false', '-no-color'];
  const { stdout } = await promisify(execFile)(String(findTerraform()), ['plan', ...options], {
    cwd: folder,
    env: { ...process.env, ...sandbox.environment() },
  });
  return stdout;
}

describeWithTerraform('cdktf synth --hcl', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
  }, 30_000);

  afterEach(() => sandbox.stop());

  test.each(APPS)(
    '%s plans nothing with the state of its JSON',
    async (_name, app) => {
      for (const { name, json } of synthesizeApp(app).stacks) {
        await sandbox.deployJson(name, json);
      }
      const { stacks, stderr } = synthesizeApp(app, { SYNTH_HCL_OUTPUT: 'true' });
      expect(stderr).toBe('');
      expect(stacks.length).toBeGreaterThan(0);
      for (const { name, json } of stacks) {
        expect(await planHcl(sandbox, name, json)).toContain('No changes.');
      }
    },
    120_000,
  );

  test('every text means itself', async () => {
    await sandbox.deployJson('texts', Testing.synth(stackWithTexts()));
    process.env.SYNTH_HCL_OUTPUT = 'true';
    try {
      const stack = stackWithTexts();
      stack.prepareStack();
      const { hcl } = stack.toHclTerraform();
      expect(await planHcl(sandbox, 'texts', hcl)).toContain('No changes.');
    } finally {
      delete process.env.SYNTH_HCL_OUTPUT;
    }
  }, 60_000);
});
