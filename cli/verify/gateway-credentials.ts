import type { OidcStrategy } from '../auth-strategy';
import type { Client } from '../deployment';
import type { OktaLinks } from './okta-links';

/** A client and its secret. */
export interface ClientCredentials {
  readonly client: Client;
  readonly clientSecret: string;
}

/** A way to authenticate requests to the gateway. */
export interface Credentials {
  /** Title of the valid and of the invalid credentials. */
  readonly title: string;
  readonly invalidTitle: string;
  /** Names of the links that must be OK first. */
  readonly needs: readonly string[];
  /** `Authorization` header of the client. */
  readonly valid: () => string;
  /** The same header with one wrong letter. */
  readonly invalid: () => string;
  /** `Authorization` header of another client. @throws OktaError when Okta issues it no token */
  readonly forClient: (clientId: string, clientSecret: string) => Promise<string>;
}

/** Credentials that a strategy accepts, or undefined when it accepts none that a command can send. */
export function credentialsFor(
  { authMethods }: OidcStrategy,
  client: ClientCredentials,
  okta: OktaLinks,
): Credentials | undefined {
  if (authMethods.includes('client_credentials')) {
    return basicCredentials(client);
  }
  return authMethods.includes('bearer') ? bearerTokens(okta) : undefined;
}

function basicCredentials({ client: { clientId }, clientSecret }: ClientCredentials): Credentials {
  return {
    title: 'the credentials',
    invalidTitle: 'a wrong secret',
    needs: [],
    valid: () => basic(clientId, clientSecret),
    invalid: () => basic(clientId, changeLetter(clientSecret, clientSecret.length - 1)),
    forClient: async (id, secret) => basic(id, secret),
  };
}

function bearerTokens(okta: OktaLinks): Credentials {
  return {
    title: 'the token',
    invalidTitle: 'a forged token',
    needs: [okta.tokenLink],
    valid: () => `Bearer ${okta.clientToken}`,
    // Changes the first letter of the signature. Some bits of the last letter do not count.
    invalid: () => `Bearer ${changeLetter(okta.clientToken, okta.clientToken.lastIndexOf('.') + 1)}`,
    forClient: async (id, secret) => `Bearer ${await okta.requestToken(id, secret)}`,
  };
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

function changeLetter(text: string, index: number): string {
  return `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`;
}
