import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, TerraformAsset, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { isConfiguration } from './schema/language';
import { isObject } from './schema/types';
import { TestKitError } from './test-kit-error';

/** Folder of the assets in the folder of a stack, as cdktf writes and references it. */
export const ASSETS_FOLDER = 'assets';

/** A synthesized stack. */
export interface SynthesizedStack {
  /** Id of the stack in the app. */
  readonly name: string;

  /** Terraform JSON. */
  readonly json: string;

  /**
   * Folder with the files of the stack's assets (`TerraformAsset`, `TerraformModuleAsset`).
   *
   * @default - the stack has no assets
   */
  readonly assets?: string;
}

/** Subject of a test: an app, a stack, or synthesized stacks. */
export type Testable = App | TerraformStack | SynthesizedStack | readonly SynthesizedStack[];

/** A stack in a manifest. */
export interface OrderedStack {
  readonly constructPath: string;

  /** Construct paths of the stacks that are deployed first. */
  readonly dependencies: readonly string[];
}

interface ManifestStack extends OrderedStack {
  readonly name: string;
  readonly synthesizedStackPath: string;
}

interface Manifest {
  readonly stacks: { readonly [name: string]: ManifestStack };
}

const ACCEPTED = 'an App, a TerraformStack, or the result of synthesizedStacks or readStacks';

/**
 * Synthesizes the stacks of an app. A stack comes after those that it depends on.
 *
 * @throws TestKitError if `source` is something else, or has no stack
 * @throws Error with what the app's validations find
 */
export function synthesizedStacks(source: Testable): SynthesizedStack[] {
  const stacks = testableStacks(source);
  if (!stacks) {
    throw new TestKitError(`Expected ${ACCEPTED}. Received ${describe(source)}`);
  }
  return stacks;
}

/**
 * Reads the stacks in an output folder, for example `cdktf.out`. A stack comes after those that it depends on.
 *
 * @throws TestKitError if the folder has no synthesized app
 */
export function readStacks(outdir: string): SynthesizedStack[] {
  const manifest = join(outdir, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new TestKitError(
      `There is no synthesized app in ${outdir}. Run cdktf synth first, or pass its output folder`,
    );
  }
  const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  return sortByDependencies(Object.values(stacks)).map(({ name, synthesizedStackPath }) => {
    const file = join(outdir, synthesizedStackPath);
    const assets = join(dirname(file), ASSETS_FOLDER);
    return { name, json: readFileSync(file, 'utf8'), ...(existsSync(assets) && { assets }) };
  });
}

/** Sorts stacks so that each comes after those that it depends on. */
export function sortByDependencies<T extends OrderedStack>(stacks: readonly T[]): T[] {
  const ordered: T[] = [];
  while (ordered.length < stacks.length) {
    const before = ordered.map(({ constructPath }) => constructPath);
    const next = stacks.find(
      (stack) => !ordered.includes(stack) && stack.dependencies.every((each) => before.includes(each)),
    );
    if (!next) {
      throw new TestKitError('The stacks depend on each other');
    }
    ordered.push(next);
  }
  return ordered;
}

/**
 * Terraform JSON of the argument of a matcher: what the kit tests, or Terraform JSON as object or text.
 *
 * @throws TestKitError for anything else, so that no test passes because it has nothing to test
 */
export function configurations(source: unknown): object[] {
  const stacks = testableStacks(source);
  const texts = stacks?.map(({ json }) => json) ?? (typeof source === 'string' ? [source] : []);
  const parsed = texts.length > 0 ? texts.map(parse) : [source];
  const found = parsed.filter(isConfiguration);
  if (found.length < parsed.length) {
    throw new TestKitError(`Expected ${ACCEPTED}, or Terraform JSON. Received ${describe(source)}`);
  }
  return found;
}

/** The stacks of a testable, `undefined` for anything else. */
function testableStacks(source: unknown): SynthesizedStack[] | undefined {
  if (App.isApp(source)) {
    source.synth();
    const stacks = readStacks(source.outdir);
    if (stacks.length === 0) {
      throw new TestKitError('The app has no stacks');
    }
    return stacks;
  }
  if (TerraformStack.isStack(source)) {
    return [synthesizeStack(source)];
  }
  if (isSynthesizedStack(source)) {
    return [source];
  }
  return Array.isArray(source) && source.length > 0 && source.every(isSynthesizedStack)
    ? [...source]
    : undefined;
}

/** `Testing.synth` writes no assets. */
function synthesizeStack(stack: TerraformStack): SynthesizedStack {
  const synthesized = { name: stack.node.id, json: Testing.synth(stack, true) };
  const hasAssets = stack.node.findAll().some((each) => each instanceof TerraformAsset);
  const assets = hasAssets ? readStacks(Testing.fullSynth(stack))[0].assets : undefined;
  return assets === undefined ? synthesized : { ...synthesized, assets };
}

function isSynthesizedStack(source: unknown): source is SynthesizedStack {
  return (
    isObject(source) &&
    typeof source.name === 'string' &&
    typeof source.json === 'string' &&
    isConfiguration(parse(source.json))
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Describes an unexpected argument, with the fix of likely mistakes. */
function describe(source: unknown): string {
  if (App.isApp(source)) {
    return 'an app';
  }
  if (TerraformStack.isStack(source)) {
    return `the empty stack ${source.node.path}`;
  }
  if (Construct.isConstruct(source)) {
    return `the construct ${source.node.path}. Pass its stack: TerraformStack.of(construct)`;
  }
  if (Array.isArray(source)) {
    const wrong: unknown = source.find((each) => !isSynthesizedStack(each));
    return source.length === 0 ? 'an empty list' : `a list with ${describe(wrong)}`;
  }
  if (typeof source === 'string') {
    const shown = source.length > 40 ? `${source.slice(0, 40)}…` : source;
    return `the text ${JSON.stringify(shown)}. Read an output folder with readStacks`;
  }
  if (!isObject(source)) {
    return String(source);
  }
  const keys = Object.keys(source);
  return 'then' in source
    ? 'a promise. Await it'
    : keys.length === 0
      ? 'an empty object'
      : `an object with ${keys.join(', ')}`;
}
