import { createHash } from 'node:crypto';
import { text } from '../core/specs';

/** Id of a resource in Konnect. */
export const UUID = text().check({
  rule: 'must be a UUID (Konnect)',
  remedy: 'Copy the id from Konnect',
  isValid: (id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id),
  schema: { pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' },
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
