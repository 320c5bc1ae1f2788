import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readStacks, type SynthesizedStack } from '../../testing';
import { Page } from './pages';

const ROOT = resolve(__dirname, '..', '..');
const EXAMPLES = join(ROOT, 'examples');
const SOURCES = join(__dirname, 'sources.js');

/** What running the script of an example gave. */
export interface ExampleRun {
  readonly status: number | null;
  readonly stderr: string;
  /** Those that others depend on first. HCL in place of JSON with `SYNTH_HCL_OUTPUT=true`. */
  readonly stacks: readonly SynthesizedStack[];
  /** Warnings and errors of the app. */
  readonly annotations: readonly unknown[];
}

/** The command by which the README of an example deploys it, from the root of the repository. */
interface ExampleCommand {
  /** Stacks that it names, or a pattern of their names; empty for an app with one stack. */
  readonly stacks: readonly string[];
  /** The script with the arguments of Node.js before it. */
  readonly app: readonly string[];
}

/** Folders of `examples` with apps in other languages. */
const OTHER_LANGUAGES = ['go', 'java', 'python'];

/** Names of all examples in TypeScript: folders of `examples`. */
export function exampleNames(): string[] {
  return readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !OTHER_LANGUAGES.includes(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** Path of a file of an example. */
export function exampleFile(name: string, file: string): string {
  return join(EXAMPLES, name, file);
}

/** @throws Error when the README has no such command */
export function exampleCommand(name: string): ExampleCommand {
  const commands = new Page(`examples/${name}/README.md`).shellCommands();
  const [deploy] = commands.filter((command) => command.startsWith('npx cdktf deploy'));
  const [, stacks, app] = /^npx cdktf deploy(.*) --app "node (.*)"$/.exec(deploy ?? '') ?? [];
  if (stacks === undefined || app === undefined) {
    throw new Error(`examples/${name}/README.md does not say how to deploy it: ${deploy}`);
  }
  const names = stacks.split(' ').filter((stack) => stack !== '');
  return { stacks: names.map((stack) => stack.replace(/^'(.*)'$/, '$1')), app: app.split(' ') };
}

/** Synthesizes an example from the sources with the command of its README, without any other setting in the environment. */
export function synthesizeExample(name: string, settings: Settings = {}): ExampleRun {
  return synthesizeApp(exampleCommand(name).app, settings);
}

/** Variables of an environment. */
interface Settings {
  readonly [variable: string]: string;
}

/** Synthesizes an app from the sources: a script with the arguments of Node.js before it. */
export function synthesizeApp(app: readonly string[], settings: Settings = {}): ExampleRun {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    const { PATH = '', HOME = '', TMPDIR } = process.env;
    const { status, stderr } = spawnSync(process.execPath, ['-r', SOURCES, ...app], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...settings, CDKTF_OUTDIR: outdir },
    });
    const isDone = status === 0;
    const stacks = isDone ? readStacks(outdir) : [];
    return { status, stderr, stacks, annotations: isDone ? annotationsIn(outdir) : [] };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function annotationsIn(outdir: string): unknown[] {
  const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    readonly stacks: { readonly [name: string]: { readonly annotations: readonly unknown[] } };
  };
  return Object.values(stacks).flatMap(({ annotations }) => annotations);
}
