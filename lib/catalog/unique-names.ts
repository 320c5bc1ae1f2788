import { identityKey } from '../core/registry';
import { isPlainObject } from '../core/tokens';
import type { IControlPlane } from '../konnect/control-plane';
import { DEFAULT_NAME } from '../okta-dev-portal-oidc-base';
import type { CatalogData, Keyed } from './catalog-spec';
import type { Diagnostics } from './diagnostics';

/** An entry with a name, or with a default name. */
interface NamedEntry {
  readonly path: string;
  readonly name: unknown;
  readonly defaultName?: string;
}

/** Default name of a strategy. */
export function strategyName(key: string): string {
  return `${DEFAULT_NAME} ${key}`;
}

/**
 * Reports names that entries of a file share although Konnect or Okta allow them once only. The data may be invalid in
 * other ways.
 */
export function checkNames(
  diagnostics: Diagnostics,
  data: unknown,
  controlPlanes: Keyed<IControlPlane>,
): void {
  const { strategies, apis }: Partial<Record<keyof CatalogData, unknown>> = Object(data);
  const names = new UniqueNames(diagnostics);
  for (const [key, { name }] of entriesOf(strategies)) {
    names.add('strategy', 'Okta, Konnect', [], {
      path: `strategies.${key}`,
      name,
      defaultName: strategyName(key),
    });
  }
  for (const [key, { name, version, service }] of entriesOf(apis)) {
    names.add('API in the same version', 'Konnect', [version], { path: `apis.${key}`, name });
    for (const [, { id, name: serviceName, controlPlane, routes }] of entriesOf({ service })) {
      const path = `apis.${key}.service`;
      const scope = identityOf(controlPlane, controlPlanes);
      if (id === undefined) {
        names.add('gateway service in the control plane', 'Konnect', scope, {
          path,
          name: serviceName,
          defaultName: key,
        });
      }
      for (const [routeKey, { name: routeName }] of entriesOf(routes)) {
        names.add('route in the control plane', 'Konnect', scope, {
          path: `${path}.routes.${routeKey}`,
          name: routeName,
          defaultName: routeKey,
        });
      }
    }
  }
}

class UniqueNames {
  private readonly first = new Map<string, string>();

  public constructor(private readonly diagnostics: Diagnostics) {}

  /** Adds the name of an entry, or reports that another entry has it. A name is unique in its scope if that is known. */
  public add(
    what: string,
    source: string,
    scope: readonly unknown[] | undefined,
    { path, name, defaultName }: NamedEntry,
  ): void {
    const used = name === undefined ? defaultName : name;
    if (typeof used !== 'string' || scope === undefined) {
      return;
    }
    const id = JSON.stringify([what, used, ...scope]);
    const first = this.first.get(id);
    this.first.set(id, first ?? path);
    if (first !== undefined) {
      this.diagnostics.add(name === undefined ? path : `${path}.name`, used, {
        rule: `must not be the name of another ${what}: ${first} has it (${source})`,
        remedy: 'Set another name for one of the two',
      });
    }
  }
}

/** Identifies the control plane of a key. Two keys may be one control plane. `undefined` for a key that is invalid. */
function identityOf(key: unknown, controlPlanes: Keyed<IControlPlane>): readonly string[] | undefined {
  const keys = Object.keys(controlPlanes);
  const used = key === undefined && keys.length === 1 ? keys[0] : key;
  return typeof used === 'string' && keys.includes(used)
    ? [identityKey(controlPlanes[used].controlPlaneId, controlPlanes[used])]
    : undefined;
}

/** The entries that are mappings. */
function entriesOf(value: unknown): [string, Keyed<unknown>][] {
  return isPlainObject(value)
    ? Object.entries(value).filter((entry): entry is [string, Keyed<unknown>] => isPlainObject(entry[1]))
    : [];
}
