import type { Client } from './deployment';
import { CommandError } from './exit';

/** Auth methods of clients without a secret, which cannot send Basic credentials. */
const METHODS_WITHOUT_SECRET = ['private_key_jwt', 'none'];

/** @throws CommandError when the client has no secret by its auth method */
export function requireSecretMethod({ label, authMethod = '' }: Client): void {
  if (METHODS_WITHOUT_SECRET.includes(authMethod)) {
    throw CommandError.usage(
      `Client ${label} authenticates with ${authMethod} and has no secret, but the gateway needs client id and secret`,
      'Name a client with a secret: --client.',
    );
  }
}
