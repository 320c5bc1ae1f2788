import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const rootDir = resolve(__dirname, '..');

/** Settings of the examples, which a test does not take from the machine that it runs on. */
const SETTINGS = ['OKTA_ORG_NAME', 'OKTA_BASE_URL', 'KONNECT_SERVER_URL', 'UPSTREAM_HOST'];

/** Terraform JSON of the stack of an example, whose name is that of its folder, as `cdktf synth` writes it. */
export function synthesizeExample(name: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !SETTINGS.includes(key)));
    execFileSync(process.execPath, ['--import', 'tsx', join('examples', name, 'main.ts')], {
      cwd: rootDir,
      env: { ...env, CDKTF_OUTDIR: outdir },
    });
    const json = JSON.parse(readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8'));
    // cdktf writes the folder that it ran in into the default backend.
    delete json.terraform.backend;
    return JSON.stringify(json);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
