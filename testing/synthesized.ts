import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { isConfiguration } from './schema/language';
import { isObject } from './schema/types';
import { TestKitError } from './test-kit-error';

/** A stack as Terraform gets it. */
export interface SynthesizedStack {
  /** Its id in the app. */
  readonly name: string;

  /** Terraform JSON. */
  readonly json: string;
}

/** What the kit takes: an app, one stack, or what somebody synthesized before. */
export type Testable = App | TerraformStack | SynthesizedStack | readonly SynthesizedStack[];

/** A stack among others, as a manifest has it. */
export interface OrderedStack {
  readonly constructPath: string;

  /** Construct paths of the stacks that are deployed before. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: {
    readonly [name: string]: OrderedStack & { readonly name: string; readonly synthesizedStackPath: string };
  };
}

const ACCEPTED = 'an App, a TerraformStack, or what synthesizedStacks or readStacks returned';

/**
 * The stacks of an app, those that others depend on first.
 *
 * @throws TestKitError when it is something else, or has no stack
 * @throws whatever the app's validations find
 */
export function synthesizedStacks(source: Testable): SynthesizedStack[] {
  const stacks = testableStacks(source);
  if (!stacks) {
    throw new TestKitError(`Expected ${ACCEPTED}; got ${described(source)}`);
  }
  return stacks;
}

/**
 * What was synthesized into a folder, for example `cdktf.out`, those that others depend on first.
 *
 * @throws TestKitError when nothing was synthesized there
 */
export function readStacks(outdir: string): SynthesizedStack[] {
  const manifest = join(outdir, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new TestKitError(
      `There is no synthesized app in ${outdir}: run cdktf synth before, or name its folder`,
    );
  }
  const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  return inOrder(Object.values(stacks)).map(({ name, synthesizedStackPath }) => ({
    name,
    json: readFileSync(join(outdir, synthesizedStackPath), 'utf8'),
  }));
}

/** Sorted so that nothing stands in front of what it depends on. */
export function inOrder<T extends OrderedStack>(stacks: readonly T[]): T[] {
  const ordered: T[] = [];
  while (ordered.length < stacks.length) {
    const before = ordered.map(({ constructPath }) => constructPath);
    const next = stacks.find(
      (stack) => !ordered.includes(stack) && stack.dependencies.every((each) => before.includes(each)),
    );
    if (!next) {
      throw new TestKitError('The stacks depend on each other in a circle');
    }
    ordered.push(next);
  }
  return ordered;
}

/**
 * Terraform JSON of whatever a matcher is given: what the kit takes, and JSON as object or text.
 *
 * @throws TestKitError for everything else, so that nothing passes because there is nothing in it
 */
export function configurations(source: unknown): object[] {
  const stacks = testableStacks(source);
  const texts = stacks?.map(({ json }) => json) ?? (typeof source === 'string' ? [source] : []);
  const parsed = texts.length > 0 ? texts.map(parse) : [source];
  const found = parsed.filter(isConfiguration);
  if (found.length < parsed.length) {
    throw new TestKitError(`Expected ${ACCEPTED}, or Terraform JSON; got ${described(source)}`);
  }
  return found;
}

/** Undefined for what is no testable. */
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
    return [{ name: source.node.id, json: Testing.synth(source, true) }];
  }
  if (isSynthesizedStack(source)) {
    return [source];
  }
  return Array.isArray(source) && source.length > 0 && source.every(isSynthesizedStack)
    ? [...source]
    : undefined;
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

/** What came instead, and what to do about the likeliest mistakes. */
function described(source: unknown): string {
  if (App.isApp(source)) {
    return 'an app';
  }
  if (TerraformStack.isStack(source)) {
    return `the stack ${source.node.path}, which is empty`;
  }
  if (Construct.isConstruct(source)) {
    return `the construct ${source.node.path}, which is no stack: pass TerraformStack.of(construct)`;
  }
  if (Array.isArray(source)) {
    const wrong: unknown = source.find((each) => !isSynthesizedStack(each));
    return source.length === 0 ? 'an empty list' : `a list with ${described(wrong)}`;
  }
  if (typeof source === 'string') {
    const shown = source.length > 40 ? `${source.slice(0, 40)}…` : source;
    return `the text ${JSON.stringify(shown)}; a folder is read with readStacks`;
  }
  if (!isObject(source)) {
    return String(source);
  }
  const keys = Object.keys(source);
  return 'then' in source
    ? 'a promise: await it'
    : `an object ${keys.length === 0 ? 'without anything in it' : `with ${keys.join(', ')}`}`;
}
