import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ApiPublication } from '../konnect/api-publication';
import type { IDevPortal } from '../konnect/dev-portal';
import type { IPortalApi } from '../konnect/portal-api';

/** Publications of each app, by API and portal. */
const publications = new WeakMap<IConstruct, Map<string, ApiPublication>>();

/** Whether the API is published to the portal already, anywhere in the app. */
export function isPublished(api: IPortalApi, portal: IDevPortal): boolean {
  return publicationOf(api, portal) !== undefined;
}

/** The publication of the API to the portal, anywhere in the app. */
export function publicationOf(api: IPortalApi, portal: IDevPortal): ApiPublication | undefined {
  return publications.get(portal.node.root)?.get(key(api, portal));
}

/** Remembers that the API is published to the portal. */
export function registerPublication(publication: ApiPublication): void {
  const { api, portal } = publication;
  const { root } = portal.node;
  const known = publications.get(root) ?? new Map<string, ApiPublication>();
  publications.set(root, known.set(key(api, portal), publication));
}

/** Applications that are registered for an API. */
const registered = new WeakSet<IConstruct>();

/** Remembers that the application is registered for an API. */
export function noteRegistration(application: IConstruct): void {
  registered.add(application);
}

/** Whether the application is registered for an API. */
export function hasRegistration(application: IConstruct): boolean {
  return registered.has(application);
}

function key(api: IPortalApi, portal: IDevPortal): string {
  return `${identity(api.apiId, api)}\n${identity(portal.portalId, portal)}`;
}

/** A literal id is the same thing wherever it is imported; an id known at apply belongs to its construct. */
export function identity(id: string, construct: IConstruct): string {
  return Token.isUnresolved(id) ? construct.node.path : id.toLowerCase();
}

/** Whether two constructs stand for the same portal. */
export function isSamePortal(left: IDevPortal, right: IDevPortal): boolean {
  return identity(left.portalId, left) === identity(right.portalId, right);
}
