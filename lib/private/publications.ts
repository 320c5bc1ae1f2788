import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { IDevPortal } from '../konnect/dev-portal';
import type { IPortalApi } from '../konnect/portal-api';

/** Publications of each app, by API and portal. */
const publications = new WeakMap<IConstruct, Set<string>>();

/** Remembers that the API is published to the portal; false when it was already, anywhere in the app. */
export function registerPublication(api: IPortalApi, portal: IDevPortal): boolean {
  const root = portal.node.root;
  const known = publications.get(root) ?? new Set<string>();
  publications.set(root, known);
  const key = `${identity(api.apiId, api)}\n${identity(portal.portalId, portal)}`;
  const isNew = !known.has(key);
  known.add(key);
  return isNew;
}

/** A literal id is the same thing wherever it is imported; an id known at apply belongs to its construct. */
function identity(id: string, construct: IConstruct): string {
  return Token.isUnresolved(id) ? construct.node.path : id;
}
