import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTerraform, type Sandbox } from 'okta-dev-portal-oidc-sandbox';

const BACKEND = /^backend "\w+" \{[\s\S]*?^\}\n/m;
const STATE_FILE = /"[^"\n]*terraform\.([\w-]+)\.tfstate"/g;

/**
 * What Terraform says of the HCL of a stack, planned with the state of its JSON in the sandbox.
 *
 * @returns exit code of `terraform plan -detailed-exitcode` and its output: 0 without changes, 2 with some
 */
export function planHcl(sandbox: Sandbox, stack: string, hcl: string): Promise<string> {
  const { folder } = sandbox.workspace(stack);
  rmSync(join(folder, 'cdk.tf.json'));
  const redirected = hcl
    .replace(BACKEND, '')
    .replace(STATE_FILE, (_, other: string) =>
      JSON.stringify(join(sandbox.workspace(other).folder, 'terraform.tfstate')),
    );
  writeFileSync(join(folder, 'cdk.tf'), redirected);
  const options = ['-detailed-exitcode', '-input=false', '-no-color'];
  const plan = spawn(String(findTerraform()), ['plan', ...options], {
    cwd: folder,
    env: { ...process.env, ...sandbox.environment() },
  });
  let output = '';
  for (const stream of [plan.stdout, plan.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => plan.once('close', (code) => resolve(`${code}: ${output}`)));
}
