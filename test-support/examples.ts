import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { inOrder } from '../testing/synthesized';

const EXAMPLES = resolve(__dirname, '..', 'examples');

/** One stack of an example. */
export interface ExampleStack {
  readonly name: string;
  /** Names of the stacks that are deployed before. */
  readonly dependencies: readonly string[];
  /** Warnings and errors that the app left for whoever deploys it. */
  readonly annotations: readonly string[];
  /** The synthesized Terraform JSON. */
  readonly json: string;
}

/** What running the script of an example gave. */
export interface ExampleRun {
  readonly status: number | null;
  readonly stderr: string;
  /** Those that others depend on first. */
  readonly stacks: readonly ExampleStack[];
}

interface Manifest {
  readonly stacks: {
    readonly [name: string]: {
      readonly name: string;
      readonly dependencies: readonly string[];
      readonly annotations: readonly { readonly level: string; readonly message: string }[];
      readonly synthesizedStackPath: string;
    };
  };
}

/** Names of all examples: the folders of `examples`. */
export function exampleNames(): string[] {
  return readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Path of a file of an example. */
export function exampleFile(name: string, file: string): string {
  return join(EXAMPLES, name, file);
}

/** Relative links of an example's README that lead nowhere. */
export function brokenLinks(name: string): string[] {
  const readme = exampleFile(name, 'README.md');
  const targets = [...readFileSync(readme, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target = '']) => target,
  );
  return targets
    .filter((target) => !/^(https?:|#)/.test(target))
    .filter((target) => !existsSync(join(dirname(readme), target.split('#')[0] ?? '')));
}

/** Runs the script of an example as a user would, in its folder, without a setting in the environment but those given. */
export function synthesizeExample(
  name: string,
  settings: { readonly [name: string]: string } = {},
): ExampleRun {
  const outdir = mkdtempSync(join(tmpdir(), `example-${name}-`));
  try {
    const { PATH = '', HOME = '', TMPDIR } = process.env;
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
      cwd: join(EXAMPLES, name),
      encoding: 'utf8',
      env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...settings, CDKTF_OUTDIR: outdir },
    });
    return { status, stderr, stacks: status === 0 ? inOrder(stacksIn(outdir)) : [] };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function stacksIn(outdir: string): ExampleStack[] {
  const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
  return Object.values(stacks).map(({ name, dependencies, annotations, synthesizedStackPath }) => ({
    name,
    dependencies,
    annotations: annotations.map(({ level, message }) => `${level}: ${message}`),
    json: readFileSync(join(outdir, synthesizedStackPath), 'utf8'),
  }));
}
