import { createHash } from 'node:crypto';
import { enumOf, mapOf, text } from '../core/specs';

/** Labels of resources in Konnect. */
export const LABELS = mapOf(
  text({ maxLength: 63, source: 'Konnect' }).check({
    rule: 'must have a value of a-z, A-Z, 0-9, -, _ and ., starting and ending with a letter or digit (Konnect)',
    remedy: 'Rewrite the value with these characters',
    isValid: (value) => /^[a-z0-9A-Z]([a-z0-9A-Z\-._]*[a-z0-9A-Z])?$/.test(value),
    schema: { pattern: '^[a-z0-9A-Z]([a-z0-9A-Z\\-._]*[a-z0-9A-Z])?$' },
  }),
  text({ minLength: 1, maxLength: 63, source: 'Konnect' }).check({
    rule: 'must have a key that does not start with kong, konnect, insomnia, mesh, kic, kuma or _ (Konnect)',
    remedy: 'Rename the label',
    isValid: (key) => !/^(kong|konnect|insomnia|mesh|kic|kuma|_)/.test(key),
    schema: { pattern: '^(?!kong|konnect|insomnia|mesh|kic|kuma|_)' },
  }),
  { maxItems: 50, source: 'Konnect' },
);

/** Labels to write. The provider does not remove labels, so an empty map would be planned again at every deployment. */
export function nonEmptyLabels(
  labels: { readonly [key: string]: string } | undefined,
): { readonly [key: string]: string } | undefined {
  return labels !== undefined && Object.keys(labels).length > 0 ? labels : undefined;
}

/** Id of a resource in Konnect. */
export const UUID = text().check({
  rule: 'must be a UUID (Konnect)',
  remedy: 'Copy the id from Konnect',
  isValid: (id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id),
  schema: { pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
});

/** Name of an entity in URLs. */
export const SLUG = text().check({
  rule: 'must contain only letters, digits, _ and - (Konnect)',
  remedy: 'Replace the other characters',
  isValid: (slug) => /^[\w-]+$/.test(slug),
  schema: { pattern: '^[\\w-]+$' },
});

/** Namespace of derived ids. Never change it: every derived id would change. */
const NAMESPACE = '6f1d1b6e0c0a4c0f9d5a3c1b7e2a8f40';

/** A name-based UUID (RFC 9562, version 5): the same name always gives the same id. */
export function uuidFromName(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE, 'hex').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Who sees a page or an API on a Dev Portal. */
export enum Visibility {
  /** Everyone, signed in or not. */
  PUBLIC = 'public',
  /** Signed-in developers. With RBAC only those whose team has a role. */
  PRIVATE = 'private',
}

export const VISIBILITY = enumOf(Visibility);
