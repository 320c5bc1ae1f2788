import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** A folder for one test file. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'jsii-'));
}

/** Runs a program. @throws Error with what it prints, if it fails */
export function run(
  program: string,
  args: readonly string[],
  { cwd = ROOT, env = {} }: { cwd?: string; env?: { readonly [name: string]: string } } = {},
): string {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    // jsii warns of Node.js 20 at each start.
    env: { ...process.env, JSII_SILENCE_WARNING_EOL_NODE_VERSION: '1', ...env },
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? status}\n${stdout}${stderr}`);
  }
  return stdout;
}

/** Packs the library for a language, with the Konnect resources that it uses. */
export function pack(language: string, out: string): string {
  run(process.execPath, ['scripts/package.mjs', language, '--modules', 'used', '--out', out]);
  return join(out, language);
}

/** Script of the app in TypeScript that an example in another language is about. */
export function typescriptApp(name: string): string {
  return name === 'how-to' ? 'main.ts' : join('examples', name, 'main.ts');
}

/** Synthesizes an app in TypeScript from the sources. */
export function synthesizeTypescript(script: string): SynthesizedFiles {
  const sources = join(__dirname, 'sources.js');
  return synthesize(process.execPath, ['-r', sources, '-r', 'sucrase/register/ts', script]);
}

/** Every synthesized file by its path. */
export interface SynthesizedFiles {
  readonly [path: string]: string;
}

/** Runs an app, and returns what it synthesizes. */
export function synthesize(program: string, args: readonly string[], cwd?: string): SynthesizedFiles {
  const outdir = temporaryFolder();
  run(program, args, { ...(cwd && { cwd }), env: { CDKTF_OUTDIR: outdir } });
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((file) => statSync(join(outdir, file)).isFile());
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
}
