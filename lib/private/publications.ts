import { TerraformStack, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ApiPublication } from '../konnect/api-publication';
import type { IDevPortal } from '../konnect/dev-portal';
import type { IPortalApi } from '../konnect/portal-api';
import { isManaged } from './replacement';

/** Publications of each app, by API and portal. */
const publications = new WeakMap<IConstruct, Map<string, ApiPublication>>();

/** What is to look at publications of each app that are not made yet, by API and portal. */
const awaited = new WeakMap<IConstruct, Map<string, Look[]>>();

type Look = (publication: ApiPublication) => void;

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
  for (const look of awaited.get(root)?.get(key(api, portal)) ?? []) {
    look(publication);
  }
}

/** Looks at the publication of the API to the portal, now or when it is made. */
export function whenPublished(api: IPortalApi, portal: IDevPortal, look: Look): void {
  const publication = publicationOf(api, portal);
  if (publication) {
    look(publication);
    return;
  }
  const { root } = portal.node;
  const looks = awaited.get(root) ?? new Map<string, Look[]>();
  awaited.set(root, looks);
  looks.set(key(api, portal), [...(looks.get(key(api, portal)) ?? []), look]);
}

/** Whether a publication of another stack refers to what this one creates, so that nothing here can refer to it. */
export function needsStack(publication: ApiPublication, stack: TerraformStack): boolean {
  return (
    TerraformStack.of(publication) !== stack &&
    [publication.strategy, publication.portal].some(
      (part) => isManaged(part) && TerraformStack.of(part) === stack,
    )
  );
}

/** Ids of the APIs that each application is registered for. */
const registered = new WeakMap<IConstruct, Set<string>>();

/** Remembers that the application is registered for the API. */
export function noteRegistration(application: IConstruct, api: IPortalApi): void {
  const ids = registered.get(application) ?? new Set<string>();
  registered.set(application, ids.add(api.apiId));
}

/** Whether the application is registered for the API. */
export function isRegistered(application: IConstruct, api: IPortalApi): boolean {
  return registered.get(application)?.has(api.apiId) ?? false;
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
