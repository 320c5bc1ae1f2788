import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack, Testing } from 'cdktf';
import { TestKitError } from './sandbox-package';

/** A stack as Terraform gets it. */
export interface SynthesizedStack {
  readonly name: string;

  /** Terraform JSON. */
  readonly json: string;
}

/** What the kit takes: an app, one stack, or what somebody synthesized before. */
export type Testable = App | TerraformStack | readonly SynthesizedStack[];

interface Manifest {
  readonly stacks: {
    readonly [name: string]: {
      readonly name: string;
      readonly dependencies: readonly string[];
      readonly synthesizedStackPath: string;
    };
  };
}

/**
 * The stacks of an app, those that others depend on first.
 *
 * @throws whatever the app's validations find
 */
export function synthesizedStacks(source: Testable): SynthesizedStack[] {
  if (App.isApp(source)) {
    source.synth();
    return readStacks(source.outdir);
  }
  if (TerraformStack.isStack(source)) {
    return [{ name: source.node.id, json: Testing.synth(source, true) }];
  }
  return [...(source as readonly SynthesizedStack[])];
}

/** What was synthesized into a folder, for example `cdktf.out`, those that others depend on first. */
export function readStacks(outdir: string): SynthesizedStack[] {
  const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
  return inOrder(Object.values(stacks)).map(({ name, synthesizedStackPath }) => ({
    name,
    json: readFileSync(join(outdir, synthesizedStackPath), 'utf8'),
  }));
}

/** Sorted so that nothing stands in front of what it depends on. */
export function inOrder<T extends { readonly name: string; readonly dependencies: readonly string[] }>(
  stacks: readonly T[],
): T[] {
  const ordered: T[] = [];
  while (ordered.length < stacks.length) {
    const names = ordered.map(({ name }) => name);
    const next = stacks.find(
      (stack) => !ordered.includes(stack) && stack.dependencies.every((each) => names.includes(each)),
    );
    if (!next) {
      throw new TestKitError('The stacks depend on each other in a circle');
    }
    ordered.push(next);
  }
  return ordered;
}

/** Terraform JSON of whatever a matcher is given: what the kit takes, and JSON as object or text. */
export function configurations(source: Testable | object | string): object[] {
  if (typeof source === 'string') {
    return [JSON.parse(source) as object];
  }
  const isTestable = App.isApp(source) || TerraformStack.isStack(source) || Array.isArray(source);
  return isTestable
    ? synthesizedStacks(source as Testable).map(({ json }) => JSON.parse(json) as object)
    : [source];
}
