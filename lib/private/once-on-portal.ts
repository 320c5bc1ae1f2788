import type { IConstruct } from 'constructs';
import type { IDevPortal } from '../konnect/dev-portal';
import { identity } from './publications';

/** What each app has on portals that a portal takes once. */
const taken = new WeakMap<IConstruct, Set<string>>();

/**
 * Whether a portal has a thing with these marks already, anywhere in the app. It has from then on.
 *
 * @param kind what takes the marks once
 * @param marks texts; a token is the same as itself only
 */
export function isAgainOnPortal(portal: IDevPortal, kind: string, ...marks: readonly string[]): boolean {
  const { root } = portal.node;
  const known = taken.get(root) ?? new Set<string>();
  taken.set(root, known);
  const key = [kind, identity(portal.portalId, portal), ...marks].join('\n');
  const isAgain = known.has(key);
  known.add(key);
  return isAgain;
}
