import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Console } from './console';
import { CommandError } from './exit';

/** Location of the state of the deployed stacks. */
export interface StateOptions {
  /** Names of the stacks; all stacks of the app when empty. */
  readonly stacks: readonly string[];

  /** Output folder of `cdktf synth`. */
  readonly output: string;

  /** Folder of a Terraform configuration, instead of a cdktf app. */
  readonly chdir?: string;

  /** Files with the output of `terraform show -json`, instead of running it. */
  readonly state?: readonly string[];
}

/** A resource or data source in a state. */
export interface StateResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values: { readonly [attribute: string]: unknown };

  /** Stack, folder or file that it comes from. */
  readonly source?: string;
}

interface Module {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly Module[];
}

/** Output of `terraform show -json`. */
interface State {
  readonly format_version?: string;
  readonly values?: { readonly root_module?: Module };
}

/** Part of the message of Terraform and OpenTofu for a folder without `init`. */
const UNINITIALIZED = /\b(terraform|tofu) init\b/;
/** Default output folder of cdktf. */
const OUTPUT = 'cdktf.out';

/** A place that a state is read from. */
interface StateSource {
  readonly name: string;
  readonly read: () => Promise<State>;
}

/**
 * All resources of the deployed stacks.
 *
 * @throws CommandError when a state cannot be read, or all of them are empty
 */
export async function readState(options: StateOptions, console: Console): Promise<StateResource[]> {
  const states = await Promise.all(
    sourcesOf(options, console).map(async ({ name, read }) => ({
      name,
      resources: resourcesOf(await read(), name),
    })),
  );
  const empty = states.filter(({ resources }) => resources.length === 0).map(({ name }) => name);
  if (empty.length === states.length) {
    throw CommandError.usage(`The state of ${empty.join(', ')} is empty`, 'Deploy the stack first.');
  }
  if (empty.length > 0) {
    console.note(`The state of ${empty.join(', ')} is empty: not deployed.`);
  }
  return states.flatMap(({ resources }) => resources);
}

function sourcesOf(options: StateOptions, console: Console): StateSource[] {
  const { state: files = [], chdir } = options;
  const { cwd } = console.io;
  if (chdir) {
    return [{ name: chdir, read: () => readFolder(resolve(cwd, chdir), console) }];
  }
  if (files.length > 0) {
    return files.map((file) => ({ name: file, read: async () => readStateFile(resolve(cwd, file)) }));
  }
  return stackFolders(options, cwd).map(({ name, folder }) => ({
    name,
    read: () =>
      options.stacks.length > 0 ? readFolder(folder, console) : readIfInitialized(folder, console),
  }));
}

async function readFolder(folder: string, console: Console): Promise<State> {
  return parse(await show(folder, console), folder);
}

/** Skips a stack without `terraform init`, unless it was named: an app may have stacks that are deployed later. */
async function readIfInitialized(folder: string, console: Console): Promise<State> {
  try {
    return await readFolder(folder, console);
  } catch (error) {
    if (!(error instanceof CommandError) || !UNINITIALIZED.test(error.message)) {
      throw error;
    }
    console.note(
      `The stack in ${folder} is skipped, because it is not initialized here. Deploy it, or name it to see the error.`,
    );
    return {};
  }
}

function readStateFile(file: string): State {
  if (!existsSync(file)) {
    throw CommandError.usage(
      `File not found: ${file}`,
      'Write it with `terraform show -json > state.json` in the folder of the stack.',
    );
  }
  return parse(readFileSync(file, 'utf8'), file);
}

/** Working folders of the stacks in the synthesized app. @throws CommandError if there is no app or no such stack */
export function stackFolders(
  { stacks, output }: Pick<StateOptions, 'stacks' | 'output'>,
  cwd: string,
): { readonly name: string; readonly folder: string }[] {
  // CDKTF_OUTDIR may be set and empty.
  const app = resolve(cwd, output || OUTPUT);
  const manifest = join(app, 'manifest.json');
  if (!existsSync(manifest)) {
    throw CommandError.usage(
      `No synthesized app in ${app}`,
      'Run this in the folder of the app after cdktf synth or deploy, or name the folder with --output. Without cdktf, use --chdir or --state.',
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
  return names.map((name) => ({ name, folder: join(app, known[name].workingDirectory) }));
}

/** Runs TERRAFORM_BINARY_NAME as cdktf does, by default terraform or tofu. */
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
          `${binary} show -json failed in ${folder}: ${String(stderr ?? code).trim()}`,
          existsSync(join(folder, 'cdk.tf')) && existsSync(join(folder, 'cdk.tf.json'))
            ? 'Delete cdk.tf, which repeats cdk.tf.json. Write HCL to another folder: cdktf synth --hcl --output hcl.out.'
            : 'Deploy the stack first, with cdktf deploy or terraform init and apply, in the same environment.',
        );
      }
      console.debug(`${binary} is not on the PATH`);
    }
  }
  throw CommandError.unreachable(
    `Found no ${named ?? 'terraform or tofu'} on the PATH, or no folder ${folder}`,
    'Install Terraform 1.5 or newer, or OpenTofu, or pass a file with --state.',
  );
}

function parse(json: string, source: string): State {
  let state: State | undefined;
  try {
    state = JSON.parse(json) as State;
  } catch {
    // Reported below, as any other JSON is.
  }
  if (typeof state?.format_version !== 'string') {
    throw CommandError.usage(
      `${source} is not the output of terraform show -json`,
      'Write it with `terraform show -json > state.json` in the folder of the stack. A .tfstate file has another format.',
    );
  }
  return state;
}

function resourcesOf({ values }: State, source: string): StateResource[] {
  const collect = ({ resources = [], child_modules: children = [] }: Module): StateResource[] => [
    ...resources.map((resource) => ({ ...resource, source })),
    ...children.flatMap(collect),
  ];
  return values?.root_module ? collect(values.root_module) : [];
}
