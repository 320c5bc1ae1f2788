import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { IDevPortal } from '../konnect/dev-portal';
import { identity } from './publications';

/** Teams of each app, by portal and name. */
const teams = new WeakMap<IConstruct, Set<string>>();

/** Whether the portal has a team of that name already, anywhere in the app. */
export function isTeam(portal: IDevPortal, name: string): boolean {
  return teams.get(portal.node.root)?.has(key(portal, name)) ?? false;
}

/** Remembers that the portal has a team of that name; names known at apply are not remembered. */
export function registerTeam(portal: IDevPortal, name: string): void {
  if (Token.isUnresolved(name)) {
    return;
  }
  const { root } = portal.node;
  const known = teams.get(root) ?? new Set<string>();
  teams.set(root, known.add(key(portal, name)));
}

function key(portal: IDevPortal, name: string): string {
  return `${identity(portal.portalId, portal)}\n${name}`;
}
