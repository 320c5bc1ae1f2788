import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Console } from './console';
import { CommandError } from './exit';

/** Where the state of the deployed stacks is. */
export interface StateOptions {
  /** Names of the stacks; all stacks of the app when empty. */
  readonly stacks: readonly string[];

  /** Folder that `cdktf synth` writes to. */
  readonly output: string;

  /** Folder of a Terraform configuration, instead of an app of cdktf. */
  readonly chdir?: string;

  /** Files with what `terraform show -json` printed, instead of running it. */
  readonly state?: readonly string[];
}

/** One resource or data source in a state. */
export interface StateResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: { readonly [attribute: string]: unknown };
}

interface Module {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly Module[];
}

/** What `terraform show -json` prints of a state. */
interface State {
  readonly format_version?: string;
  readonly values?: { readonly root_module?: Module };
}

/** What Terraform and OpenTofu say of a folder without `init`. */
const UNINITIALIZED = /\b(terraform|tofu) init\b/;
/** Where cdktf writes an app. */
const OUTPUT = 'cdktf.out';

/**
 * Every resource of the deployed stacks.
 *
 * @throws CommandError when a state cannot be read or holds nothing
 */
export async function readState(options: StateOptions, console: Console): Promise<StateResource[]> {
  const { state: files = [], chdir } = options;
  const { cwd } = console.io;
  const folders = chdir ? [resolve(cwd, chdir)] : files.length > 0 ? [] : stackFolders(options, cwd);
  const states =
    files.length > 0
      ? files.map((file) => ({ source: file, resources: resourcesOf(readStateFile(resolve(cwd, file))) }))
      : await Promise.all(
          folders.map(async (folder) => ({
            source: folder,
            resources: await readFolder(folder, options, console),
          })),
        );
  const empty = states.filter(({ resources }) => resources.length === 0).map(({ source }) => source);
  if (empty.length === states.length) {
    throw CommandError.usage(`The state of ${empty.join(', ')} is empty`, 'Deploy the stack first.');
  }
  if (empty.length > 0) {
    console.note(`The state of ${empty.join(', ')} is empty: nothing of it is deployed.`);
  }
  return states.flatMap(({ resources }) => resources);
}

/** A stack that nobody named, and that was never initialized here, is left out: an app may have stacks for later. */
async function readFolder(
  folder: string,
  { stacks, chdir }: StateOptions,
  console: Console,
): Promise<StateResource[]> {
  try {
    return resourcesOf(parse(await show(folder, console), folder));
  } catch (error) {
    const isNamed = stacks.length > 0 || chdir !== undefined;
    if (isNamed || !(error instanceof CommandError) || !UNINITIALIZED.test(error.message)) {
      throw error;
    }
    console.note(
      `The stack in ${folder} is left out, because it is not initialized here: deploy it, or name it to see why.`,
    );
    return [];
  }
}

function readStateFile(file: string): State {
  if (!existsSync(file)) {
    throw CommandError.usage(
      `There is no file ${file}`,
      'Write it with: terraform show -json > state.json, in the folder of the stack.',
    );
  }
  return parse(readFileSync(file, 'utf8'), file);
}

/** The folders of the stacks that `cdktf synth` wrote. */
function stackFolders({ stacks, output: wanted }: StateOptions, cwd: string): string[] {
  const output = wanted || OUTPUT;
  const manifest = resolve(cwd, output, 'manifest.json');
  if (!existsSync(manifest)) {
    throw CommandError.usage(
      `There is no synthesized app in ${resolve(cwd, output)}`,
      'Run this in the folder of the app after cdktf deploy, or name the folder with --output; without cdktf, use --chdir or --state.',
    );
  }
  const known = (
    JSON.parse(readFileSync(manifest, 'utf8')) as { stacks: { [name: string]: { workingDirectory: string } } }
  ).stacks;
  const missing = stacks.find((name) => !Object.hasOwn(known, name));
  if (missing !== undefined) {
    throw CommandError.usage(
      `The app has no stack ${missing}`,
      `Its stacks are ${Object.keys(known).join(', ')}.`,
    );
  }
  const names = stacks.length > 0 ? stacks : Object.keys(known);
  return names.map((name) => join(resolve(cwd, output), known[name].workingDirectory));
}

/** Runs the binary that cdktf would: TERRAFORM_BINARY_NAME, or else terraform or tofu. */
async function show(folder: string, console: Console): Promise<string> {
  const { env } = console.io;
  const { TERRAFORM_BINARY_NAME: named } = env;
  for (const binary of named ? [named] : ['terraform', 'tofu']) {
    try {
      const { stdout } = await promisify(execFile)(binary, ['show', '-json', '-no-color'], {
        cwd: folder,
        env: { ...env, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' } as NodeJS.ProcessEnv,
        maxBuffer: 1024 ** 3,
      });
      return stdout;
    } catch (error) {
      const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: string };
      if (code !== 'ENOENT') {
        throw CommandError.usage(
          `${binary} show -json fails in ${folder}: ${String(stderr ?? code).trim()}`,
          'Deploy the stack first (cdktf deploy, or terraform init and apply), in the same environment.',
        );
      }
      console.debug(`there is no ${binary} on the PATH`);
    }
  }
  throw CommandError.unreachable(
    `There is no ${named ?? 'terraform or tofu'} on the PATH, or no folder ${folder}`,
    'Install Terraform 1.5 or newer, or OpenTofu, or pass a file with --state.',
  );
}

function parse(json: string, source: string): State {
  let state: State | undefined;
  try {
    state = JSON.parse(json) as State;
  } catch {
    // Told below, together with JSON of something else.
  }
  if (typeof state?.format_version !== 'string') {
    throw CommandError.usage(
      `${source} holds no state as terraform show -json prints it`,
      'Write it with: terraform show -json > state.json, in the folder of the stack; a .tfstate file is something else.',
    );
  }
  return state;
}

function resourcesOf({ values }: State): StateResource[] {
  const collect = ({ resources = [], child_modules: children = [] }: Module): StateResource[] => [
    ...resources,
    ...children.flatMap(collect),
  ];
  return values?.root_module ? collect(values.root_module) : [];
}
