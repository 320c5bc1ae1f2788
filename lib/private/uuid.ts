import { createHash } from 'node:crypto';

/** Namespace of the ids that this library derives; never to be changed, or every derived id does. */
const NAMESPACE = '6f1d1b6e0c0a4c0f9d5a3c1b7e2a8f40';

/** A name-based UUID (RFC 9562, version 5): the same name gives the same id everywhere. */
export function uuidFromName(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE, 'hex').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
