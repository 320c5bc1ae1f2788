import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addressOf, elementsIn, pathInStack } from './elements';
import { addressesOf } from './former-paths';
import { EntryKind, Registry } from './registry';
import { releasedAddresses } from './release';
import { addLazyWarning } from './validation';

/** Resources of one stack: path in the stack by address. */
type Resources = ReadonlyMap<string, string>;

/** Resources that the last synthesis wrote, by path of the stack. */
const BEFORE = new EntryKind<Resources>('resources of the last synthesis');

/** Those that this one does not write. */
const LOST = new EntryKind<Resources>('lost resources');

/** The construct that warned, by stack and suggestion: one rename may concern many resources. */
const WARNED = new EntryKind<IConstruct>('forgotten moves');

/**
 * Warns if a resource is new while one of its type is gone since the last synthesis in the same folder: perhaps the
 * construct was renamed. The state would tell for certain, but only Terraform knows it.
 */
export function warnAboutForgottenMove(construct: IConstruct, resource: TerraformResource): void {
  addLazyWarning(construct, () => {
    const stack = TerraformStack.of(resource);
    const before = once(stack, BEFORE, () => lastSynthesis(stack));
    if (before.size === 0 || addressesOf(resource, stack).some((each) => before.has(each))) {
      return undefined;
    }
    const lost = once(stack, LOST, () => without(before, stack));
    const sameType = [...lost].filter(([each]) => each.startsWith(`${resource.terraformResourceType}.`));
    if (sameType.length === 0) {
      return undefined;
    }
    const path = pathInStack(resource);
    const [lostAddress, lostPath] = sameType.reduce((best, each) =>
      commonEnd(each[1], path) > commonEnd(best[1], path) ? each : best,
    );
    const [from, to] = withoutCommonEnd(lostPath, path);
    const renamed = `${stack.node.path}/${to}`;
    if (Registry.of(stack).add(WARNED, `${renamed}\n${from}`, construct) !== construct) {
      return undefined;
    }
    return (
      `${lostAddress} is gone since the last synthesis, and ${addressOf(resource)} is new. If you renamed or nested ` +
      `${renamed}, call Moves.from(…, '${from}') with it. Otherwise Terraform destroys the old resource.`
    );
  });
}

/** A value that is computed once for a stack. */
function once<T>(stack: TerraformStack, kind: EntryKind<T>, compute: () => T): T {
  const registry = Registry.of(stack);
  return registry.find(kind, stack.node.path) ?? registry.add(kind, stack.node.path, compute());
}

/** The resources that the stack neither has, also not at another path, nor releases. */
function without(resources: Resources, stack: TerraformStack): Resources {
  const now = new Set([
    ...elementsIn(stack).flatMap((element) => addressesOf(element, stack)),
    ...releasedAddresses(stack),
  ]);
  return new Map([...resources].filter(([address]) => !now.has(address)));
}

/** The resources in the JSON that the last synthesis of the stack wrote, if there was one. */
function lastSynthesis(stack: TerraformStack): Resources {
  const { root } = stack.node;
  if (!App.isApp(root)) {
    return new Map();
  }
  const file = join(root.outdir, root.manifest.forStack(stack).synthesizedStackPath);
  return file.endsWith('.json') && existsSync(file)
    ? resourcesIn(readFileSync(file, 'utf8'), stack.node.path)
    : new Map();
}

function resourcesIn(json: string, stackPath: string): Resources {
  let configuration: WrittenStack;
  try {
    configuration = JSON.parse(json);
  } catch {
    // A synthesis that was killed.
    return new Map();
  }
  const entries = Object.entries(configuration.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => [`${type}.${name}`, block['//']?.metadata?.path] as const),
  );
  return new Map(
    entries.flatMap(([address, path]) =>
      path === undefined ? [] : [[address, path.slice(stackPath.length + 1)] as const],
    ),
  );
}

/** Terraform JSON with cdktf's metadata. */
interface WrittenStack {
  readonly resource?: {
    readonly [type: string]: {
      readonly [name: string]: { readonly '//'?: { readonly metadata?: { readonly path: string } } };
    };
  };
}

/** How many ids two paths have in common at their end. */
function commonEnd(one: string, other: string): number {
  const [ids, others] = [one, other].map((path) => path.split('/').reverse());
  const differs = ids.findIndex((id, index) => id !== others[index]);
  return differs < 0 ? ids.length : differs;
}

/** The parts of two paths that differ, each with at least one id. */
function withoutCommonEnd(one: string, other: string): readonly string[] {
  const common = commonEnd(one, other);
  const [ids, others] = [one, other].map((path) => path.split('/'));
  const count = Math.min(common, ids.length - 1, others.length - 1);
  return [ids, others].map((each) => each.slice(0, each.length - count).join('/'));
}
