import { identityKey } from '../core/registry';
import { isPlainObject } from '../core/tokens';
import type { IControlPlane } from '../konnect/control-plane';
import { DEFAULT_NAME } from '../okta-dev-portal-oidc-base';
import type { CatalogData, Keyed } from './catalog-spec';
import type { Diagnostics } from './diagnostics';

/** Default name of a strategy. */
export function strategyName(key: string): string {
  return `${DEFAULT_NAME} ${key}`;
}

/** Reports names that Konnect or Okta allow once only. Entries may be invalid in other ways. */
export function checkNames(
  diagnostics: Diagnostics,
  data: CatalogData,
  controlPlanes: Keyed<IControlPlane>,
): void {
  const paths = new Map<string, string>();
  const check = (what: string, path: string, name: unknown, defaultName?: string, scope?: unknown) => {
    const used = name === undefined ? defaultName : name;
    const id = JSON.stringify([what, scope, used]);
    const first = paths.get(id);
    if (typeof used === 'string' && first !== undefined) {
      diagnostics.add(name === undefined ? path : `${path}.name`, used, {
        rule: `must not be the name of another ${what}: ${first} has it`,
        remedy: 'Set another name for one of the two',
      });
    }
    paths.set(id, first ?? path);
  };
  for (const [key, { name }] of mappingsOf(data.strategies)) {
    check('strategy (Konnect) and access policy (Okta)', `strategies.${key}`, name, strategyName(key));
  }
  for (const [key, { name, version, service }] of mappingsOf(data.apis)) {
    check('API of this version (Konnect)', `apis.${key}`, name, undefined, version);
    const owner = isPlainObject(service) ? ownerOf(service.controlPlane, controlPlanes) : undefined;
    if (!isPlainObject(service) || !owner) {
      continue;
    }
    const path = `apis.${key}.service`;
    const scope = identityKey(owner.controlPlaneId, owner);
    if (service.id === undefined) {
      check('gateway service of the control plane (Konnect)', path, service.name, key, scope);
    }
    for (const [routeKey, route] of mappingsOf(service.routes)) {
      check(
        'route of the control plane (Konnect)',
        `${path}.routes.${routeKey}`,
        route.name,
        routeKey,
        scope,
      );
    }
  }
}

/** The control plane of a key, `undefined` for an invalid key. */
function ownerOf(key: unknown, controlPlanes: Keyed<IControlPlane>): IControlPlane | undefined {
  const keys = Object.keys(controlPlanes);
  return key === undefined && keys.length === 1
    ? controlPlanes[keys[0]]
    : controlPlanes[keys.find((each) => each === key) ?? ''];
}

/** The entries that are mappings. */
function mappingsOf(value: unknown): [string, Keyed<unknown>][] {
  const entries = isPlainObject(value) ? Object.entries(value) : [];
  return entries.filter((entry): entry is [string, Keyed<unknown>] => isPlainObject(entry[1]));
}
