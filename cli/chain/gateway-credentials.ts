import type { OidcStrategy } from '../auth-strategy';
import type { Client } from '../deployment';
import type { IssuerLinks } from './issuer-links';

/** A client and its secret. */
interface ClientCredentials {
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
  /** `Authorization` header of another client. @throws IssuerError when it gets no token */
  readonly forClient: (clientId: string, clientSecret: string) => Promise<string>;
}

/** Credentials that a strategy accepts, or undefined when it accepts none that a command can send. */
export function credentialsFor(
  { authMethods }: OidcStrategy,
  client: ClientCredentials,
  issuer: IssuerLinks,
): Credentials | undefined {
  if (authMethods.includes('client_credentials')) {
    return basicCredentials(client);
  }
  return authMethods.includes('bearer') ? bearerTokens(issuer) : undefined;
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

function bearerTokens(issuer: IssuerLinks): Credentials {
  return {
    title: 'the token',
    invalidTitle: 'a forged token',
    needs: [issuer.tokenLink],
    valid: () => `Bearer ${issuer.clientToken}`,
    // Changes the first letter of the signature. Some bits of the last letter do not count.
    invalid: () => `Bearer ${changeLetter(issuer.clientToken, issuer.clientToken.lastIndexOf('.') + 1)}`,
    forClient: async (id, secret) => `Bearer ${await issuer.requestToken(id, secret)}`,
  };
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

function changeLetter(text: string, index: number): string {
  return `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`;
}
