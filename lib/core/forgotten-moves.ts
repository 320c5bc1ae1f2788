import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { App, TerraformBackend, type TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { addressOf, elementsIn, pathInStack } from './elements';
import { addressesOf, logicalIdAt } from './former-paths';
import { EntryKind, Registry } from './registry';
import { releasedAddresses } from './release';
import { addLazyWarning } from './validation';

/** Resources of one stack: path in the stack by address. */
type Resources = ReadonlyMap<string, string>;

/** Path of a resource whose address does not tell it. It ends like those of other resources. */
const UNKNOWN_PATH = '<its former path>/Resource';

/** Resources that may be deployed, by path of the stack. */
const BEFORE = new EntryKind<Resources>('resources before this synthesis');

/** Those that the stack does not have any more. */
const LOST = new EntryKind<Resources>('lost resources');

/** Lost resources and suggestions that a warning names: one rename may concern many resources. */
const WARNED = new EntryKind<Set<string>>('forgotten moves');

/**
 * Warns if a resource is new while one of its type is gone from the stack: perhaps the construct was renamed. Compares
 * with the state if it is a file, otherwise with the last synthesis in the same folder.
 */
export function warnAboutForgottenMove(construct: IConstruct, resource: TerraformResource): void {
  addLazyWarning(construct, () => {
    const stack = TerraformStack.of(resource);
    const before = once(stack, BEFORE, () => resourcesBefore(stack));
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
      `${lostAddress} is gone from the stack, and ${addressOf(resource)} is new. If you renamed or nested ` +
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

/** The resources that may be deployed: those in the state if it is a file here, otherwise those of the last synthesis. */
function resourcesBefore(stack: TerraformStack): Resources {
  const { root } = stack.node;
  if (!App.isApp(root)) {
    return new Map();
  }
  const synthesized = join(root.outdir, root.manifest.forStack(stack).synthesizedStackPath);
  const stateFile = stateFileOf(stack);
  return stateFile === undefined
    ? resourcesOfSynthesis(synthesized, stack)
    : resourcesOfState(resolve(dirname(synthesized), stateFile), stack);
}

/** Path of the state file, `undefined` for a remote state. */
function stateFileOf(stack: TerraformStack): string | undefined {
  const backend = stack.node.children.find(TerraformBackend.isBackend);
  return backend?.toTerraform().terraform.backend.local?.path;
}

function resourcesOfState(file: string, stack: TerraformStack): Resources {
  const { resources = [] } = parse<State>(file) ?? {};
  const managed = resources.filter(({ mode }) => mode === 'managed');
  return new Map(
    managed.map(
      ({ type, name }) => [`${type}.${name}`, pathOfLogicalId(stack, name) ?? UNKNOWN_PATH] as const,
    ),
  );
}

/** The path in the stack that a logical id is made of. `undefined` if ids on the way have other characters. */
function pathOfLogicalId(stack: TerraformStack, logicalId: string): string | undefined {
  const ids = logicalId.replace(/_[0-9A-F]{8}$/, '').replaceAll('_', '/');
  return [ids, `${ids}/Resource`].find((path) => logicalIdAt(stack, path) === logicalId);
}

function resourcesOfSynthesis(file: string, stack: TerraformStack): Resources {
  const { resource = {} } = parse<WrittenStack>(file) ?? {};
  const written = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => [`${type}.${name}`, block['//']?.metadata?.path] as const),
  );
  return new Map(
    written.flatMap(([address, path]) =>
      path === undefined ? [] : [[address, path.slice(stack.node.path.length + 1)] as const],
    ),
  );
}

/** `undefined` for a file that is missing, was cut off when its writer was killed, or is HCL. */
function parse<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Terraform JSON with cdktf's metadata. */
interface WrittenStack {
  readonly resource?: {
    readonly [type: string]: {
      readonly [name: string]: { readonly '//'?: { readonly metadata?: { readonly path: string } } };
    };
  };
}

/** A state file of Terraform. */
interface State {
  readonly resources?: readonly { readonly mode: string; readonly type: string; readonly name: string }[];
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
