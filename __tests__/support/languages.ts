import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeUnlessInCi } from './describe-unless';

const ROOT = resolve(__dirname, '..', '..');

/** Every synthesized file by its path. */
export interface SynthesizedFiles {
  readonly [path: string]: string;
}

/** Runs a suite with programs of another language. Without one of them CI fails, and the suite is skipped elsewhere. */
export function describeWithPrograms(name: string, programs: readonly string[], suite: () => void): void {
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
  const reason = missing.length > 0 ? `${missing.join(', ')} is not on the PATH` : undefined;
  describeUnlessInCi(reason, name, suite);
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'languages-'));
}

/**
 * Runs a program, by default at the root of the repository: the local backend of a stack names its working directory.
 *
 * @throws Error with what it prints, if it fails
 */
export function run(
  program: string,
  args: readonly string[],
  env: { readonly [name: string]: string } = {},
  cwd = ROOT,
): string {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    // jsii warns of Node.js 20 at each start.
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', ...env },
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? status}\n${stdout}${stderr}`);
  }
  return stdout;
}

/** Packs the library for a language, with the resources that it uses. @returns the folder of the packages */
export function pack(language: string, host = 'cdktf'): string {
  const out = temporaryFolder();
  run(process.execPath, [
    ...['scripts/package.mjs', language, '--host', host],
    ...['--modules', 'used', '--out', out],
  ]);
  return join(out, language);
}

/** Installs packages in a new virtual environment, as in a team's project. @returns its Python */
export function createPythonEnvironment(...requirements: readonly string[]): string {
  const folder = temporaryFolder();
  run('python3', ['-m', 'venv', folder]);
  const python = join(folder, 'bin', 'python');
  run(python, ['-m', 'pip', 'install', '--quiet', ...requirements]);
  return python;
}

/** Runs an app, and returns what it synthesizes. */
export function synthesize(program: string, args: readonly string[]): SynthesizedFiles {
  const outdir = temporaryFolder();
  run(program, args, { CDKTF_OUTDIR: outdir });
  return filesIn(outdir);
}

function filesIn(outdir: string): SynthesizedFiles {
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((file) => statSync(join(outdir, file)).isFile());
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
}

/** Synthesizes an app in TypeScript from the sources. */
export function synthesizeTypescript(script: string): SynthesizedFiles {
  const sources = join(__dirname, 'sources.js');
  return synthesize(process.execPath, ['-r', sources, '-r', 'sucrase/register/ts', script]);
}

/** The same for the code of an app in `main.ts`, and other files. */
export function synthesizeCode(files: { readonly [name: string]: string }): SynthesizedFiles {
  const folder = temporaryFolder();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, code] of Object.entries(files)) {
    writeFileSync(join(folder, name), code);
  }
  return synthesizeTypescript(join(folder, 'main.ts'));
}
