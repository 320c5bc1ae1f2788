import { type TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { AppRules } from './app-rules';
import { requireSameFramework } from './framework';
import { TenantNames } from './tenant-names';
import { type ConstructCheck, Failures } from './validation';
import { ValidationError, type ValidationFailure } from './validation-error';

/** Which existing resources a stack adopts. */
export interface ImportIds {
  /** Whether the stack creates resources that are not listed. */
  readonly isPartial: boolean;

  /** Import id of the resource with this address, `undefined` if it is not adopted. */
  idOf(address: string): string | undefined;
}

/** Key of the registry on the root node. All copies of this package with this registry format share it. */
const REGISTRY = Symbol.for('okta-dev-portal-oidc/registry/1');

/** A kind of entries of the registry, for example publications by API and portal. */
export class EntryKind<T> {
  public constructor(
    public readonly name: string,
    /** Only for the compiler. */
    protected readonly type?: T,
  ) {}
}

/** Formats the failures that synthesis finds in a construct. */
type ErrorFormatter = (failures: ValidationFailure[]) => ValidationError;

/** State that all stacks of one app share. */
export class Registry {
  /** The registry of the app that the construct is in. */
  public static of(scope: IConstruct): Registry {
    const { root } = scope.node;
    const known = Reflect.get(root, REGISTRY);
    if (known) {
      return known as Registry;
    }
    requireSameFramework(root);
    const registry = new Registry();
    Object.defineProperty(root, REGISTRY, { value: registry });
    return registry;
  }

  /** Rules that look at the whole app. */
  public readonly rules = new AppRules((checks) => this.formatChecks(checks));

  /** Names that are unique in an Okta org or a Konnect region. */
  public readonly tenantNames = new TenantNames();

  /** Former paths that `Moves.from` declared, by construct. */
  public readonly formerPaths = new Map<IConstruct, readonly string[]>();

  /** Version constraints of kong/konnect that `ProviderVersions.require` set, by stack. */
  public readonly konnectVersions = new Map<TerraformStack, string>();

  /** Existing resources that stacks adopt. */
  public readonly imports = new Map<TerraformStack, ImportIds>();

  private readonly entries = new Map<string, Map<string, unknown>>();
  private readonly listeners = new Map<string, (() => void)[]>();
  private readonly errorFormatters = new Map<IConstruct, ErrorFormatter>();

  private constructor() {}

  /** Adds an entry unless the key has one. Returns the entry of the key. */
  public add<T>(kind: EntryKind<T>, key: string, value: T): T {
    const known = this.find(kind, key);
    if (known !== undefined) {
      return known;
    }
    this.entriesOf(kind).set(key, value);
    for (const listener of this.listeners.get(listenerKey(kind, key)) ?? []) {
      listener();
    }
    return value;
  }

  public find<T>(kind: EntryKind<T>, key: string): T | undefined {
    return this.entriesOf(kind).get(key);
  }

  /** Calls back with the entry of the key, now or when it is added. */
  public onAdded<T>(kind: EntryKind<T>, key: string, callback: (value: T) => void): void {
    const known = this.find(kind, key);
    if (known !== undefined) {
      callback(known);
      return;
    }
    const listeners = this.listeners.get(listenerKey(kind, key)) ?? [];
    this.listeners.set(listenerKey(kind, key), [...listeners, () => this.onAdded(kind, key, callback)]);
  }

  /** Sets how failures of a construct and its children are formatted, for props that were not written in code. */
  public setErrorFormatter(construct: IConstruct, formatter: ErrorFormatter): void {
    this.errorFormatters.set(construct, formatter);
  }

  /** Error messages of the checks that are not valid, one for each construct. */
  public formatChecks(checks: readonly ConstructCheck[]): string[] {
    const invalid = new Map<IConstruct, Failures>();
    for (const [construct, check] of checks.filter(([, { isValid }]) => !isValid)) {
      const failures = invalid.get(construct) ?? new Failures(construct);
      failures.addChecks([check]);
      invalid.set(construct, failures);
    }
    return [...invalid].map(([construct, failures]) => this.formatError(construct, failures.all()));
  }

  private formatError(construct: IConstruct, failures: ValidationFailure[]): string {
    const origin = construct.node.scopes.filter((each) => this.errorFormatters.has(each)).at(-1);
    const formatter = origin && this.errorFormatters.get(origin);
    return (formatter?.(failures) ?? new ValidationError(construct, failures)).message;
  }

  private entriesOf<T>({ name }: EntryKind<T>): Map<string, T> {
    const known = this.entries.get(name) ?? new Map<string, unknown>();
    this.entries.set(name, known);
    return known as Map<string, T>;
  }
}

function listenerKey({ name }: EntryKind<unknown>, key: string): string {
  return `${name}\n${key}`;
}

/** Key of the resource of a construct. A literal id is the same everywhere, a token is unique to its construct. */
export function identityKey(id: string, construct: IConstruct): string {
  return Token.isUnresolved(id) ? construct.node.path : id.toLowerCase();
}
