import type { GatewayChain } from './gateway-links';

/** A way in which requests to the gateway prove who sends them. */
export interface Credentials {
  /** How people call the right ones and the wrong ones. */
  readonly title: string;
  readonly wrongTitle: string;
  /** Links that must hold before there are any. */
  readonly needs: readonly string[];
  /** `Authorization` of the client. */
  readonly right: () => string;
  /** The same, with nothing wrong but what proves it. */
  readonly wrong: () => string;
  /** `Authorization` of another client. @throws OktaError when it gets no token */
  readonly of: (clientId: string, clientSecret: string) => Promise<string>;
}

/** How to prove it to the gateway of this strategy; undefined when it takes nothing that a command can send. */
export function credentialsFor(chain: GatewayChain): Credentials | undefined {
  const { authMethods } = chain.strategy;
  if (authMethods.includes('client_credentials')) {
    return basicCredentials(chain);
  }
  return authMethods.includes('bearer') ? bearerTokens(chain) : undefined;
}

function basicCredentials({ client: { clientId }, clientSecret }: GatewayChain): Credentials {
  return {
    title: 'the credentials',
    wrongTitle: 'a wrong secret',
    needs: [],
    right: () => basic(clientId, clientSecret),
    wrong: () => basic(clientId, withOtherLetter(clientSecret, clientSecret.length - 1)),
    of: async (id, secret) => basic(id, secret),
  };
}

function bearerTokens({ tokens, tokenLink }: GatewayChain): Credentials {
  return {
    title: 'the token',
    wrongTitle: 'a forged token',
    needs: [tokenLink],
    right: () => `Bearer ${tokens.own()}`,
    // The first letter of the signature: not every bit of the last one counts.
    wrong: () => `Bearer ${withOtherLetter(tokens.own(), tokens.own().lastIndexOf('.') + 1)}`,
    of: async (id, secret) => `Bearer ${await tokens.of(id, secret)}`,
  };
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/** As long as the right one, so that nothing but its value is wrong. */
function withOtherLetter(text: string, at: number): string {
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}
