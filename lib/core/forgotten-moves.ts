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

/** Lost resources and suggestions that a warning names: one rename may concern many resources. */
const WARNED = new EntryKind<Set<string>>('forgotten moves');

/**
 * Warns if a resource is new while one of its type is gone since the last synthesis in the same folder: perhaps the
 * construct was renamed. What was never deployed to a state file in the folder does not count.
 */
export function warnAboutForgottenMove(construct: IConstruct, resource: TerraformResource): void {
  addLazyWarning(construct, () => {
    const stack = TerraformStack.of(resource);
    const before = once(stack, BEFORE, () => lastSynthesis(stack));
    if (before.size === 0 || addressesOf(resource, stack).some((each) => before.has(each))) {
      return undefined;
    }
    const lost = once(stack, LOST, () => without(before, stack));
    const warned = once(stack, WARNED, () => new Set<string>());
    const candidates = [...lost].filter(
      ([address]) => address.startsWith(`${resource.terraformResourceType}.`) && !warned.has(address),
    );
    if (candidates.length === 0) {
      return undefined;
    }
    const path = pathInStack(resource);
    const [lostAddress, lostPath] = candidates.reduce((best, each) =>
      commonEnd(each[1], path) > commonEnd(best[1], path) ? each : best,
    );
    const [from, to] = withoutCommonEnd(lostPath, path);
    const isRepeated = warned.has(`${from}\n${to}`);
    warned.add(lostAddress).add(`${from}\n${to}`);
    if (isRepeated) {
      return undefined;
    }
    return (
      `${lostAddress} is gone since the last synthesis, and ${addressOf(resource)} is new. If you renamed or nested ` +
      `${stack.node.path}/${to}, call Moves.from(…, '${from}') with it. Otherwise Terraform destroys the old resource.`
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
  const configuration = parse<WrittenStack>(json);
  const stateFile = configuration?.terraform?.backend?.local?.path;
  const isDeployed = stateFile === undefined ? () => true : resourcesOfState(stateFile);
  const written = Object.entries(configuration?.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => [`${type}.${name}`, block['//']?.metadata?.path] as const),
  );
  return new Map(
    written.flatMap(([address, path]) =>
      path !== undefined && isDeployed(address) ? [[address, path.slice(stackPath.length + 1)] as const] : [],
    ),
  );
}

/** Whether a state file has a resource. A file that cannot be read may have it. */
function resourcesOfState(file: string): (address: string) => boolean {
  if (!existsSync(file)) {
    return () => false;
  }
  const resources = parse<State>(readFileSync(file, 'utf8'))?.resources;
  const addresses = new Set(resources?.map(({ type, name }) => `${type}.${name}`));
  return (address) => resources === undefined || addresses.has(address);
}

/** `undefined` for a file that was cut off when its writer was killed. */
function parse<T>(json: string): T | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Terraform JSON with cdktf's metadata. */
interface WrittenStack {
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
  readonly resource?: {
    readonly [type: string]: {
      readonly [name: string]: { readonly '//'?: { readonly metadata?: { readonly path: string } } };
    };
  };
}

/** A state file of Terraform. */
interface State {
  readonly resources?: readonly { readonly type: string; readonly name: string }[];
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
